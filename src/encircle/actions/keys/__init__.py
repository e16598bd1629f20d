"""What is sealed beside the records: a form that somebody typed, a second factor. Knows no child and stores nothing."""

import base64
import binascii
import json
import zlib
from dataclasses import dataclass

from encircle.crypto.keyring import KeyUse
from encircle.crypto.sealed import SealBroken, open_sealed, place, seal, seal_broken
from encircle.records.seal import keyring

_MARK, _KEPT, _FACTOR = b"encircle/form-mark", b"encircle/kept-form", b"encircle/second-factor"
_QUESTION = b"encircle/provider-question"


@dataclass(frozen=True, slots=True)
class FormMark:
    """Whose form it is, and on which page it stood."""

    account: str
    page: str


@dataclass(frozen=True, slots=True)
class KeptForm:
    """What was typed. `page`: where the form stood; `sent_to`: the address that did not take it."""

    page: str
    sent_to: str
    values: tuple[tuple[str, tuple[str, ...]], ...]
    files: bool
    """Whether files were chosen too: those cannot be kept."""


def seal_mark(mark: FormMark) -> str:
    """The mark as a form carries it: tells nobody whose it is, and cannot be made elsewhere."""
    return _seal(json.dumps([mark.account, mark.page]).encode(), KeyUse.KEPT_FORM, place(_MARK))


def open_mark(text: str) -> FormMark | None:
    """The mark of a form; None for what is no mark of ours."""
    try:
        account, page = json.loads(_open(text, KeyUse.KEPT_FORM, place(_MARK)))
    except SealBroken:
        return None
    return FormMark(account, page)


def seal_kept(form: KeptForm, *, account: str) -> str:
    """What was typed, sealed to that account: nobody else can have it shown."""
    values = [form.page, form.sent_to, form.values, form.files]
    return _seal(zlib.compress(json.dumps(values).encode()), KeyUse.KEPT_FORM, place(_KEPT, account.encode()))


def open_kept(text: str, *, account: str) -> KeptForm | None:
    """What was typed, for the account that typed it; None for every other account, and for altered text."""
    try:
        opened = _open(text, KeyUse.KEPT_FORM, place(_KEPT, account.encode()))
    except SealBroken:
        return None
    page, sent_to, values, files = json.loads(zlib.decompress(opened))
    return KeptForm(page, sent_to, tuple((name, tuple(each)) for name, each in values), files)


def seal_question(text: str) -> str:
    """What a browser takes along to an identity provider, so that its answer is held to it."""
    return _seal(text.encode(), KeyUse.KEPT_FORM, place(_QUESTION))


def open_question(sealed: str) -> str | None:
    """The same when the browser is back; None for what is none of ours."""
    try:
        return _open(sealed, KeyUse.KEPT_FORM, place(_QUESTION)).decode()
    except SealBroken:
        return None


def seal_second_factor(secret: str) -> str:
    """The secret of a second factor as it lies in the database."""
    return _seal(secret.encode(), KeyUse.SECOND_FACTOR, place(_FACTOR))


def open_second_factor(sealed: str) -> str:
    """The secret of a second factor. Refuses: SealBroken."""
    return _open(sealed, KeyUse.SECOND_FACTOR, place(_FACTOR)).decode()


def is_under_current_key(sealed: str) -> bool:
    """Whether the secret of a second factor is sealed under the current installation key already."""
    try:
        open_sealed(
            base64.urlsafe_b64decode(sealed.encode()),
            key=keyring().derived(KeyUse.SECOND_FACTOR)[0],
            aad=place(_FACTOR),
        )
    except (SealBroken, binascii.Error, ValueError):
        return False
    return True


def _seal(plain: bytes, use: KeyUse, aad: bytes) -> str:
    return base64.urlsafe_b64encode(seal(plain, key=keyring().derived(use)[0], aad=aad)).decode()


def _open(text: str, use: KeyUse, aad: bytes) -> bytes:
    """With the current key, else with one of the older ones."""
    try:
        sealed = base64.urlsafe_b64decode(text.encode())
    except (binascii.Error, ValueError) as wrong:
        raise seal_broken() from wrong
    for key in keyring().derived(use):
        try:
            return open_sealed(sealed, key=key, aad=aad)
        except SealBroken:
            continue
    raise seal_broken()
