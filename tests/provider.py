"""Identity providers of the tests: a real small one from PyPI, and a forging one that answers what a test wants.

Both speak https on 127.0.0.1, with a certificate of an authority that only these tests trust.
"""

import base64
import hmac
import ipaddress
import json
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from encircle.host.provider.known import forget
from encircle.host.provider.setting import Provider, read_providers

SECRET = "a secret of forty signs that nobody says".replace(" ", "-")
CLIENT = "encircle-of-the-tests"
KEY = RSAKey.generate_key(2048, {"kid": "first", "use": "sig"})
SECOND_KEY = ECKey.generate_key("P-256", {"kid": "second", "use": "sig"})
STRANGER = RSAKey.generate_key(2048, {"kid": "first", "use": "sig"})
"""A key that the provider does not have, under the name of one that it has."""


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 and localhost that is its own authority, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "provider of the tests")])
    now = datetime.now(UTC)
    names = x509.SubjectAlternativeName(
        [x509.IPAddress(ipaddress.ip_address("127.0.0.1")), x509.DNSName("localhost")]
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    written, secret = folder / "ca.pem", folder / "ca.key"
    written.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return written, secret


def context(folder: Path) -> ssl.SSLContext:
    """What a server of the tests speaks https with."""
    way = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    way.load_cert_chain(*certificate(folder))
    return way


def written(folder: Path, at: str, whose: Mapping[str, object], **more: object) -> Provider:
    """The provider as an operator writes it down, read back from the file."""
    (folder / "secret").write_text(SECRET + "\n", "utf-8")
    row: dict[str, object] = {
        "code": "state",
        "name": "State sign-in",
        "issuer": at,
        "client_id": CLIENT,
        "client_secret_file": str(folder / "secret"),
        "ca_file": str(folder / "ca.pem"),
        "agencies": whose,
        **more,
    }
    file = folder / "providers.yaml"
    file.write_text(json.dumps({"providers": [row]}), "utf-8")  # JSON is YAML
    (found,) = read_providers(file)
    forget()
    return found


REAL = """
import ssl, sys
import oidc_provider_mock
from werkzeug.serving import make_server
way = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
way.load_cert_chain(*sys.argv[1:])
app = oidc_provider_mock.app(require_nonce=True)
server = make_server("127.0.0.1", 0, app, threaded=True, ssl_context=way)
print(server.server_port, flush=True)
server.serve_forever()
"""


@contextmanager
def real_provider(folder: Path) -> Iterator[str]:
    """The provider of the package oidc-provider-mock, in a process of its own; its issuer."""
    words = [sys.executable, "-W", "ignore", "-c", REAL, *map(str, certificate(folder))]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None  # asked for
        port = process.stdout.readline().strip()
        assert port.isdecimal(), "the provider did not start"
        yield f"https://127.0.0.1:{port}"
        process.terminate()


@dataclass
class Forger:
    """A provider that answers as a test wants. Left alone, it answers rightly."""

    issuer: str = ""
    claims: dict[str, object] = field(default_factory=dict)
    """Beside those that are right; None takes one away."""
    sign: Callable[[Mapping[str, object]], str] | None = None
    about: dict[str, object] = field(default_factory=dict)
    """Beside what it rightly says of itself."""
    keys: list[Any] = field(default_factory=lambda: [KEY, SECOND_KEY])
    raw: dict[str, bytes | tuple[int, bytes]] = field(default_factory=dict)
    """Answers to whole paths, instead of the right ones."""
    slow_seconds: float = 0
    nonce: str = ""
    asked: list[tuple[str, dict[str, str], dict[str, str]]] = field(default_factory=list)

    def right_claims(self) -> dict[str, object]:
        """What a right token says now, but for what the test changed."""
        now = int(time.time())
        told = {
            "iss": self.issuer,
            "sub": "subject-1",
            "aud": CLIENT,
            "nonce": self.nonce,
            "iat": now,
            "exp": now + 300,
            **self.claims,
        }
        return {name: value for name, value in told.items() if value is not None}

    def answer(self, path: str) -> tuple[int, bytes]:
        """To one request."""
        if path in self.raw:
            said = self.raw[path]
            return said if isinstance(said, tuple) else (200, said)
        match path:
            case "/.well-known/openid-configuration":
                told: dict[str, object] = {
                    "issuer": self.issuer,
                    "authorization_endpoint": f"{self.issuer}/authorize",
                    "token_endpoint": f"{self.issuer}/token",
                    "jwks_uri": f"{self.issuer}/keys",
                    "code_challenge_methods_supported": ["S256"],
                    "authorization_response_iss_parameter_supported": True,
                    **self.about,
                }
                return 200, json.dumps(told).encode()
            case "/keys":
                return 200, json.dumps({"keys": [key.as_dict(private=False) for key in self.keys]}).encode()
            case "/token":
                token = (self.sign or signed)(self.right_claims())
                return 200, json.dumps(
                    {"id_token": token, "token_type": "Bearer", "access_token": "x"}
                ).encode()
        return 404, b"{}"


def signed(claims: Mapping[str, object], *, key: Any = KEY, alg: str = "RS256", **head: object) -> str:
    """A token as a provider makes it."""
    header = {"alg": alg, "kid": key.kid, **head}
    return jwt.encode(header, dict(claims), key, algorithms=[alg])


def unsigned(claims: Mapping[str, object]) -> str:
    """A token that says of itself that nobody signed it."""
    return f"{_part({'alg': 'none'})}.{_part(claims)}."


def confused(claims: Mapping[str, object]) -> str:
    """A token under a shared secret, which is the public key that everybody can read."""
    said = f"{_part({'alg': 'HS256', 'kid': 'first'})}.{_part(claims)}"
    return f"{said}.{_text(hmac.digest(KEY.as_pem(private=False), said.encode(), 'sha256'))}"


def _part(told: Mapping[str, object]) -> str:
    return _text(json.dumps(told).encode())


def _text(told: bytes) -> str:
    return base64.urlsafe_b64encode(told).rstrip(b"=").decode()


@contextmanager
def forging_provider(folder: Path) -> Iterator[Forger]:
    """One that runs while this lasts."""
    forger = Forger()

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """Any path."""
            length = int(self.headers.get("Content-Length", 0))
            sent = {name: values[0] for name, values in parse_qs(self.rfile.read(length).decode()).items()}
            path = self.path.partition("?")[0]
            forger.asked.append((path, dict(self.headers), sent))
            state, body = forger.answer(path)
            self.send_response(state)
            self.send_header("Content-Length", str(len(body)))
            if state == 302:
                self.send_header("Location", f"{forger.issuer}/keys")
            self.end_headers()
            half = len(body) // 2 if forger.slow_seconds else len(body)
            self.wfile.write(body[:half])
            time.sleep(forger.slow_seconds)
            self.wfile.write(body[half:])

        def do_POST(self) -> None:
            """The same."""
            self.do_GET()

        def log_message(self, *said: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    server.daemon_threads = True
    server.socket = context(folder).wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    forger.issuer = f"https://127.0.0.1:{server.server_port}"
    yield forger
    server.shutdown()
    thread.join()
    server.server_close()
