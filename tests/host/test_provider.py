"""What an identity provider says is believed only if it signed it, for us, now, in answer to our question."""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from encircle.host.clock import now
from encircle.host.provider import fetch
from encircle.host.provider.claim import END_EVENT, Ended, Identity, step_of
from encircle.host.provider.fetch import MOST_BYTES, ProviderAway
from encircle.host.provider.known import forget
from encircle.host.provider.setting import Provider, ProvidersRefused, read_providers
from encircle.host.provider.token import NotBelieved, ended, identity
from tests.provider import (
    CLIENT,
    KEY,
    SECOND_KEY,
    SECRET,
    STRANGER,
    Forger,
    certificate,
    confused,
    forging_provider,
    signed,
    unsigned,
    written,
)

NONCE, BACK = "the nonce of this question", "https://encircle.example/sign-in/with/state/back/"
AGENCIES = {
    "ska": {"acr": {"gold": "passkey"}, "amr": {"otp": "second_step", "hwk": "passkey"}},
    "ppa": None,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("provider")


@pytest.fixture(scope="module")
def running(folder: Path) -> Iterator[Forger]:
    with forging_provider(folder) as forger:
        yield forger


@pytest.fixture
def forger(running: Forger) -> Forger:
    fresh = Forger(running.issuer, nonce=NONCE)
    for name, value in vars(fresh).items():
        setattr(running, name, value)
    forget()
    return running


@pytest.fixture
def state(forger: Forger, folder: Path) -> Provider:
    return written(folder, forger.issuer, AGENCIES)


def asked(provider: Provider) -> Identity:
    return identity(provider, code="one", verifier="v" * 43, nonce=NONCE, back=BACK, at=now())


def against(provider: Provider) -> str:
    """The code of the refusal."""
    with pytest.raises(NotBelieved) as refused:
        asked(provider)
    assert str(refused.value) == (
        "This sign-in could not be believed, so nobody was signed in. Begin again from the page of signing in."
    )
    return refused.value.code


def test_a_right_answer_is_believed_and_the_code_exchanged_with_secret_and_verifier(
    state: Provider, forger: Forger
):
    forger.claims = {"acr": "gold", "amr": ["otp"], "sid": "session-1", "email": "dmitri@police.example"}
    found = asked(state)
    assert found == Identity(forger.issuer, "subject-1", "gold", ("otp",), None, "session-1")
    path, headers, sent = forger.asked[-1]
    assert (path, sent) == (
        "/token",
        {"grant_type": "authorization_code", "code": "one", "redirect_uri": BACK, "code_verifier": "v" * 43},
    )
    assert headers["Authorization"].startswith("Basic ")
    assert SECRET not in json.dumps([path, sent])


@pytest.mark.parametrize(("key", "alg"), [(KEY, "PS256"), (SECOND_KEY, "ES256")])
def test_each_way_of_signing_that_is_set_is_taken(state: Provider, forger: Forger, key: object, alg: str):
    forger.sign = lambda claims: signed(claims, key=key, alg=alg)
    assert asked(state).subject == "subject-1"


SOON, LONG_AGO = time.time() + 3600, time.time() - 3600
FORGED: Mapping[str, tuple[dict[str, object], str]] = {
    "another nonce": ({"nonce": "of another question"}, "other_nonce"),
    "no nonce": ({"nonce": None}, "other_nonce"),
    "for another": ({"aud": "somebody-else"}, "other_audience"),
    "for us and another": ({"aud": [CLIENT, "somebody-else"]}, "other_audience"),
    "for nobody": ({"aud": None}, "other_audience"),
    "given to another": ({"azp": "somebody-else"}, "other_audience"),
    "of another issuer": ({"iss": "https://elsewhere.example"}, "other_issuer"),
    "of an issuer with a line more": ({"iss": "https://127.0.0.1/"}, "other_issuer"),
    "over": ({"exp": LONG_AGO}, "expired"),
    "without an end": ({"exp": None}, "expired"),
    "an end in words": ({"exp": "tomorrow"}, "expired"),
    "said long ago": ({"iat": LONG_AGO}, "expired"),
    "said by nobody knows when": ({"iat": None}, "expired"),
    "said tomorrow": ({"iat": SOON, "exp": SOON + 300}, "from_the_future"),
    "not yet": ({"nbf": SOON}, "from_the_future"),
    "signed in tomorrow": ({"auth_time": SOON}, "from_the_future"),
    "of nobody": ({"sub": None}, "no_subject"),
    "of a list": ({"sub": ["subject-1"]}, "no_subject"),
    "of a long name": ({"sub": "x" * 256}, "no_subject"),
    "of a name with a line": ({"sub": "subject-1\n"}, "no_subject"),
    "of a name in other letters": ({"sub": "subjеct-1"}, "no_subject"),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_token_that_says_something_else_is_not_believed(name: str, state: Provider, forger: Forger):
    forger.claims, code = FORGED[name]
    assert against(state) == code


def swapped(claims: Mapping[str, object]) -> str:
    """A right signature under other words."""
    head, _body, sign = signed(claims).split(".")
    return ".".join([head, signed({**claims, "sub": "subject-2"}).split(".")[1], sign])


SIGNATURES: Mapping[str, tuple[Callable[[Mapping[str, object]], str], str]] = {
    "none": (unsigned, "other_algorithm"),
    "the public key as a secret": (confused, "other_algorithm"),
    "a key of a stranger": (lambda claims: signed(claims, key=STRANGER), "not_signed"),
    "other words": (swapped, "not_signed"),
    "no signature": (lambda claims: signed(claims).rpartition(".")[0] + ".", "not_signed"),
    "a key that is not there": (lambda claims: signed(claims, key=STRANGER, kid="third"), "unknown_key"),
    "a way that is not set": (lambda claims: signed(claims, alg="RS512"), "other_algorithm"),
    "a key of another kind": (lambda claims: signed(claims, kid="second"), "unknown_key"),
    "the word of an end": (lambda claims: signed(claims, typ="logout+jwt"), "other_algorithm"),
    "two parts": (lambda claims: signed(claims).rpartition(".")[0], "no_token"),
    "no token": (lambda claims: "x", "no_token"),
    "a long one": (lambda claims: signed({**claims, "more": "x" * 20_000}), "no_token"),
}


@pytest.mark.parametrize("name", SIGNATURES)
def test_a_token_that_the_provider_did_not_sign_is_not_believed(name: str, state: Provider, forger: Forger):
    forger.sign, code = SIGNATURES[name]
    assert against(state) == code


def test_a_key_in_the_token_itself_is_not_asked(state: Provider, forger: Forger):
    forger.sign = lambda claims: signed(
        claims, key=STRANGER, jwk=STRANGER.as_dict(private=False), jku=f"{forger.issuer}/keys"
    )
    assert against(state) == "not_signed"


def test_a_new_key_is_asked_for_once_and_a_flood_of_unknown_ones_asks_no_more(
    state: Provider, forger: Forger, monkeypatch: pytest.MonkeyPatch
):
    assert asked(state).subject == "subject-1"
    new = type(KEY).generate_key(2048, {"kid": "new"})
    forger.keys, forger.sign = [KEY, new], lambda claims: signed(claims, key=new)
    assert against(state) == "unknown_key", "asked just now"
    monkeypatch.setattr("encircle.host.provider.known.ANEW_SECONDS", 0)
    assert asked(state).subject == "subject-1"
    monkeypatch.undo()
    forger.sign = lambda claims: signed(claims, key=STRANGER, kid="third")
    before = sum(path == "/keys" for path, *_ in forger.asked)
    assert [against(state) for _ in range(5)] == ["unknown_key"] * 5
    assert sum(path == "/keys" for path, *_ in forger.asked) == before


SAYS: Mapping[str, tuple[dict[str, object], str]] = {
    "another issuer": ({"issuer": "https://elsewhere.example"}, "other_issuer"),
    "a token elsewhere": ({"token_endpoint": "https://elsewhere.example/token"}, "elsewhere"),
    "a page elsewhere": ({"authorization_endpoint": "https://elsewhere.example/"}, "elsewhere"),
    "a page without tls": ({"authorization_endpoint": "http://127.0.0.1/"}, "elsewhere"),
    "keys in a file": ({"jwks_uri": "file:///etc/passwd"}, "elsewhere"),
    "keys of the inside": ({"jwks_uri": "https://169.254.169.254/keys"}, "elsewhere"),
    "no keys": ({"jwks_uri": None}, "elsewhere"),
    "no proof of the question": ({"code_challenge_methods_supported": ["plain"]}, "no_pkce"),
}


def away(provider: Provider) -> str:
    with pytest.raises(ProviderAway) as refused:
        asked(provider)
    assert str(refused.value).startswith("The sign-in of your organisation does not answer as it should.")
    return refused.value.code


@pytest.mark.parametrize("name", SAYS)
def test_what_a_provider_says_of_itself_is_held_to_what_was_set(name: str, state: Provider, forger: Forger):
    forger.about, code = SAYS[name]
    assert away(state) == code


@pytest.mark.parametrize(
    ("path", "said", "code"),
    [
        ("/keys", b'{"keys": []}', "no_keys"),
        ("/keys", b'{"keys": [{"kty": "oct", "k": "c2VjcmV0", "kid": "first"}]}', "no_keys"),
        ("/keys", b"<html>", "not_json"),
        ("/keys", b"[" * 100_000, "not_json"),
        ("/keys", b"[]", "not_json"),
        ("/keys", b" " * (MOST_BYTES + 1), "too_large"),
        ("/token", (302, b""), "not_ok"),
        ("/token", (400, b'{"error": "invalid_grant", "error_description": "secret words"}'), "not_ok"),
    ],
)
def test_an_answer_that_cannot_be_used_is_refused(
    path: str, said: bytes | tuple[int, bytes], code: str, state: Provider, forger: Forger
):
    forger.raw = {path: said}
    assert away(state) == code


def test_an_answer_that_trickles_has_an_end(state: Provider, forger: Forger, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(fetch, "PATIENCE_SECONDS", 0.3)
    forger.slow_seconds = 1.5
    begun = time.monotonic()
    assert away(state) == "no_answer"
    assert time.monotonic() - begun < 1.4


def test_a_certificate_of_a_stranger_is_not_believed(state: Provider, tmp_path: Path):
    stranger, _key = certificate(tmp_path)
    assert away(replace(state, ca_file=stranger)) == "no_answer"
    forget()
    assert away(replace(state, ca_file=None)) == "no_answer"


def test_the_words_of_a_provider_stand_for_a_second_step_as_each_agency_has_it(state: Provider):
    def step(agency: str, acr: str = "", *amr: str) -> str:
        return step_of(Identity(state.issuer, "s", acr, amr, None, ""), state, agency=agency)

    assert [step("ska", "gold"), step("ska", "", "otp"), step("ska", "", "otp", "hwk")] == [
        *("webauthn", "provider", "webauthn"),
    ]
    assert [step("ska", "silver", "pwd"), step("ppa", "gold", "hwk"), step("eva", "gold")] == ["", "", ""]


def an_end(forger: Forger, **claims: object) -> str:
    told = forger.right_claims() | {"events": {END_EVENT: {}}, "jti": "1", "sid": "session-1"}
    told |= claims
    return signed({k: v for k, v in told.items() if v is not None and k != "nonce"}, typ="logout+jwt")


def test_the_end_of_a_session_is_believed(state: Provider, forger: Forger):
    found = ended(state, an_end(forger), at=now())
    assert found == Ended(forger.issuer, "subject-1", "session-1", "1", found.said_at)


def test_an_end_that_was_not_said_so_is_not_believed(state: Provider, forger: Forger):
    def code(token: str) -> str:
        with pytest.raises(NotBelieved) as refused:
            ended(state, token, at=now())
        return refused.value.code

    told = forger.right_claims() | {"events": {END_EVENT: {}}, "jti": "1"}
    assert code(signed(told, typ="logout+jwt")) == "no_end", "with a nonce it is a sign-in"
    assert code(signed({k: v for k, v in told.items() if k != "nonce"})) == "other_algorithm"
    assert code(an_end(forger, events=None)) == "no_end"
    assert code(an_end(forger, events={END_EVENT: "yes"})) == "no_end"
    assert code(an_end(forger, sid=None, sub=None)) == "no_subject"
    assert code(an_end(forger, jti=None)) == "no_subject"
    assert code(an_end(forger, aud="somebody-else")) == "other_audience"
    assert code(an_end(forger, iat=time.time() - 200)) == "expired"


def test_the_file_says_in_one_line_what_is_wrong(state: Provider, forger: Forger, folder: Path):
    def line(**change: object) -> str:
        with pytest.raises(ProvidersRefused) as refused:
            written(folder, forger.issuer, AGENCIES, **change)
        text = str(refused.value)
        assert text.startswith("ENCIRCLE_PROVIDERS, providers.yaml: ")
        assert "\n" not in text
        return text.removeprefix("ENCIRCLE_PROVIDERS, providers.yaml: ").partition(". See")[0]

    short = folder / "short"
    short.write_text("short", "utf-8")
    assert [
        line(issuer="http://idp.example"),
        line(issuer="https://idp.example/?x=1"),
        line(code="State"),
        line(client_secret_file="/nowhere"),
        line(client_secret_file=str(short)),
        line(algorithms=["HS256"]),
        line(algorithms=["none"]),
        line(agencies={}),
        line(agencies={"ska": {"amr": {"otp": "yes"}}}),
        line(agencies={"ska": {"email": "x"}}),
        line(ca_file="/nowhere"),
        line(link_by_email=True),
    ] == [
        *["state, issuer is no address that begins with https:// and ends without ? or #"] * 2,
        "code is missing, or is no word of small letters, digits and lines",
        "state, client_secret_file names no file that this account may read",
        "state, client_secret_file holds fewer than 32 signs, or a space",
        *[
            "state, algorithms is no list of some of ES256, PS256, RS256, ES384, PS384, RS384, ES512, PS512, RS512"
        ]
        * 2,
        "state, agencies names no agency whose people may come by it",
        "state, ska, amr says for each word one of passkey, second_step",
        "state, ska may hold acr and amr, nothing else",
        "state, ca_file is not there",
        "state, link_by_email is not known here",
    ]
    assert SECRET not in repr(state)
    with pytest.raises(ProvidersRefused):
        read_providers(folder / "nothing.yaml")
