"""A real mail server of the tests: it speaks SMTP on a socket, keeps what it is given, and can refuse or be cut off."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Letter:
    """One message as it came over the line."""

    sender: str
    to: tuple[str, ...]
    content: str


@dataclass
class PostOffice:
    """What arrived. `refuses`: answers every recipient with a refusal."""

    port: int = 0
    refuses: bool = False
    letters: list[Letter] = field(default_factory=list)


class _Talk(socketserver.StreamRequestHandler):
    office: PostOffice

    def handle(self) -> None:
        self._say("220 post.example")
        sender, to = "", list[str]()
        while line := self.rfile.readline().decode().rstrip("\r\n"):
            word = line[:4].upper()
            if word in ("EHLO", "HELO"):
                self._say("250 post.example")
            elif word == "MAIL":
                sender, to = line.split("<")[1].split(">")[0], []
                self._say("250 ok")
            elif word == "RCPT":
                if self.office.refuses:
                    self._say("550 no such box")
                    continue
                to.append(line.split("<")[1].split(">")[0])
                self._say("250 ok")
            elif word == "DATA":
                self._say("354 go on")
                content = []
                while (row := self.rfile.readline().decode().rstrip("\r\n")) != ".":
                    content.append(row)
                self.office.letters.append(Letter(sender, tuple(to), "\n".join(content)))
                self._say("250 taken")
            elif word == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def post_office() -> Iterator[PostOffice]:
    """A server on a port of its own for as long as this lasts."""
    office = PostOffice()
    talk = type("Talk", (_Talk,), {"office": office})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), talk) as server:
        office.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield office
        finally:
            server.shutdown()
            thread.join()
