"""Mail: one message without content to one address, through the server that the operator named."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage

from encircle.vocabulary.refusal import Refused

PATIENCE_SECONDS = 5
_AWAY = (smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError)
"""It said nothing in time, or cut the line: the next message would wait as long."""


class NotSent(Refused):
    """The server did not take the message. It may have been heard all the same."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over. `security`: starttls, tls or none."""

    host: str
    port: int
    security: str
    login: str | None
    password: str | None
    sender: str


def send(server: MailServer, *, to: str, subject: str, text: str) -> None:
    """Hand one message over. Refuses: NotSent, with a code and never with what the server said, which may name people."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = server.sender, to, subject
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    try:
        with _open(server) as way:
            way.send_message(message)
    except OSError as failed:  # what smtplib raises is one too
        refused = isinstance(failed, smtplib.SMTPException) and not isinstance(failed, _AWAY)
        raise NotSent(
            code="mail_refused" if refused else "mail_server_away",
            reason="The mail server did not take a notice."
            if refused
            else "The mail server does not answer.",
        ) from failed


@contextmanager
def _open(server: MailServer) -> Iterator[smtplib.SMTP]:
    trusted = ssl.create_default_context()
    if server.security == "tls":
        way: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=PATIENCE_SECONDS, context=trusted
        )
    else:
        way = smtplib.SMTP(server.host, server.port, timeout=PATIENCE_SECONDS)
    with way:
        if server.security == "starttls":
            way.starttls(context=trusted)
        if server.login is not None:
            way.login(server.login, server.password or "")
        yield way
