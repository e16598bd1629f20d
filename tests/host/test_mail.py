"""Mail is handed over only to a server that shows a certificate which is trusted and is its own."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from encircle.host.mail import MailServer, NotSent, send

ANSWERS = ("250 hello", "250 from", "250 to", "354 go on", "250 taken", "221 bye")


def certificate(folder: Path, *, name: str) -> Path:
    """A key with a certificate that it signed itself, for this address."""
    key, now = generate_private_key(SECP256R1()), datetime.now(UTC)
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail")])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(name))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, SHA256())
    )
    path = folder / f"{name}.pem"
    path.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + made.public_bytes(Encoding.PEM)
    )
    return path


@contextmanager
def serving(pem: Path, heard: list[str]) -> Iterator[int]:
    """A mail server that speaks TLS from the first word, for one caller."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def talk() -> None:
            plain, _ = listening.accept()
            with plain:
                try:
                    way = context.wrap_socket(plain, server_side=True)
                except OSError:
                    return
                with way, way.makefile("rwb", buffering=0) as lines:
                    lines.write(b"220 mail\r\n")
                    for answer in ANSWERS:
                        line = lines.readline()
                        while answer == "250 taken" and line.strip() != b".":
                            heard.append(line.decode())
                            line = lines.readline()
                        lines.write(f"{answer}\r\n".encode())

        thread = threading.Thread(target=talk)
        thread.start()
        yield listening.getsockname()[1]
        thread.join()


@pytest.mark.parametrize(
    ("named", "trusted", "taken"),
    [("127.0.0.1", True, True), ("127.0.0.1", False, False), ("127.0.0.2", True, False)],
    ids=["trusted and its own", "signed by nobody known", "of another server"],
)
def test_mail_is_handed_over_only_to_a_server_whose_certificate_is_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str, trusted: bool, taken: bool
):
    pem, heard = certificate(tmp_path, name=named), list[str]()
    monkeypatch.setenv("SSL_CERT_FILE", str(pem if trusted else tmp_path / "none"))
    with serving(pem, heard) as port:
        server = MailServer("127.0.0.1", port, "tls", None, None, "encircle@localhost")
        try:
            send(server, to="carla@agency.example", subject="Something waits", text="Look into Encircle.")
        except NotSent:
            assert not taken
    assert ("Look into Encircle." in "".join(heard)) is taken
