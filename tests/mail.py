"""A real mail server of the tests: it speaks SMTP on a socket, keeps what it is given, and can refuse or be cut off."""

import socketserver
import threading
import time
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
    """What arrived. `refuses`: answers every recipient with a refusal.

    `mood`: slow, a while before each answer; silent, none at all; goes_away, the line is cut before anything is taken;
    breaks_off, it is cut when the letter was heard and before that is said.
    """

    port: int = 0
    refuses: bool = False
    mood: str = ""
    letters: list[Letter] = field(default_factory=list)


class _Talk(socketserver.StreamRequestHandler):
    office: PostOffice

    def handle(self) -> None:
        if self.office.mood == "silent":
            self.rfile.read()  # until the other side gives up
        else:
            self._talk()

    def _talk(self) -> None:
        self._say("220 post.example")
        sender, to = "", list[str]()
        while line := self.rfile.readline().decode().rstrip("\r\n"):
            word = line[:4].upper()
            if word in ("EHLO", "HELO"):
                self._say("250 post.example")
            elif word == "MAIL" and self.office.mood == "goes_away":
                return
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
                self.office.letters.append(Letter(sender, tuple(to), "\n".join(self._content())))
                if self.office.mood == "breaks_off":
                    return
                self._say("250 taken")
            elif word == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _content(self) -> Iterator[str]:
        while (row := self.rfile.readline().decode().rstrip("\r\n")) != ".":
            yield row

    def _say(self, line: str) -> None:
        if self.office.mood == "slow":
            time.sleep(0.2)
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
