"""Slow uploads to the door: so many that send 1 kB a second and do not come to their end."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

PIECE, EVERY_SECONDS, PATIENCE_SECONDS = b"x" * 1024, 1.0, 10.0
_SAID = 20 * 1024 * 1024
"""How long each says that it is."""


@contextmanager
def uploading(port: int, form: str, many: int) -> Iterator[None]:
    """Inside, so many add a file to that form."""
    over = threading.Event()
    sockets = [socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS) for _ in range(many)]
    fields = "".join(
        f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in (("form", form), ("step", "add"))
    )
    file = '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    head = (
        "POST /hello/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=b\r\n"
        f"Content-Length: {_SAID}\r\n\r\n"
    )

    def send() -> None:
        while not over.wait(EVERY_SECONDS):
            for one in sockets:
                one.sendall(PIECE)

    for one in sockets:
        one.sendall((head + fields + file).encode())
    sender = threading.Thread(target=send, daemon=True)
    sender.start()
    time.sleep(2 * EVERY_SECONDS)
    try:
        yield
    finally:
        over.set()
        sender.join()
        for one in sockets:
            one.close()
