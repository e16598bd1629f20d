"""A passkey made of software: what a browser and a device answer together, and what they never would."""

import hmac
import json
import os
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

from tests.web.world import Staff, add_factor

HOST = "testserver"
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40
_RP = sha256(HOST.encode()).digest()


@dataclass
class SoftwarePasskey:
    """Its key to sign, its id, and the secret of its PRF."""

    name: str = "Blue key"
    id: bytes = field(default_factory=lambda: os.urandom(32))
    secret: bytes = field(default_factory=lambda: os.urandom(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def added_to(self, staff: Staff) -> int:
        """As if this person had added it on the page of passkeys; its row."""
        public = ES256.from_cryptography_key(self.key.public_key())
        whose = AttestedCredentialData.create(Aaguid(bytes(16)), self.id, public)
        data = AuthenticatorData.create(_RP, PRESENT | VERIFIED | ATTESTED, 0, bytes(whose))
        made = {
            "id": websafe_encode(self.id),
            "rawId": websafe_encode(self.id),
            "type": "public-key",
            "clientExtensionResults": {},
            "response": {
                "clientDataJSON": websafe_encode(_said("webauthn.create", "AAAA")),
                "attestationObject": websafe_encode(bytes(AttestationObject.create("none", data, {}))),
            },
        }
        row = add_factor(staff.account, "webauthn", {"name": self.name, "credential": made})
        return int(row.pk)

    def output(self, asked: dict[str, object]) -> bytes:
        """What its PRF gives for the salt that it is asked with."""
        return hmac.digest(self.secret, websafe_decode(asked["extensions"]["prf"]["eval"]["first"]), "sha256")

    def answer(
        self,
        asked: dict[str, object],
        *,
        flags: int = PRESENT | VERIFIED,
        origin: str = f"https://{HOST}",
        challenge: str | None = None,
    ) -> dict[str, str]:
        """The fields of the form: a signature of that challenge, and the output of the PRF."""
        said = _said("webauthn.get", challenge or str(asked["challenge"]), origin)
        data = _RP + bytes((flags,)) + bytes(4)
        signature = self.key.sign(data + sha256(said).digest(), ec.ECDSA(SHA256()))
        used = {
            "id": websafe_encode(self.id),
            "rawId": websafe_encode(self.id),
            "type": "public-key",
            "clientExtensionResults": {},
            "response": {
                "clientDataJSON": websafe_encode(said),
                "authenticatorData": websafe_encode(data),
                "signature": websafe_encode(signature),
                "userHandle": None,
            },
        }
        return {"credential": json.dumps(used), "prf": websafe_encode(self.output(asked))}


def _said(kind: str, challenge: str, origin: str = f"https://{HOST}") -> bytes:
    return json.dumps({"type": kind, "challenge": challenge, "origin": origin}).encode()
