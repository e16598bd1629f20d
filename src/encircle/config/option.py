"""One option, and how the text of each kind is read. A text that cannot be read is a ValueError or a KeyError."""

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Option:
    """One option. `read` makes the value of its text; `default` is a text too, None where there is none."""

    name: str
    meaning: str
    read: Callable[[str], object]
    expected: str
    default: str | None
    default_words: str = ""
    """How the documentation tells a default that is no plain text."""
    secret: bool = False
    """May also be given as a file: NAME_FILE."""
    old_names: tuple[str, ...] = ()


def a_word(*choices: str) -> Callable[[str], str]:
    """One of these words."""

    def read(text: str) -> str:
        if text not in choices:
            raise ValueError
        return text

    return read


def a_country(text: str) -> str:
    """The code of a country in small letters."""
    if len(text) < 2 or not text.isascii() or not text.isalpha() or text != text.lower():
        raise ValueError
    return text


def a_folder(text: str) -> Path:
    """A path, made absolute."""
    if not text or "\0" in text:
        raise ValueError
    return Path(text).expanduser().absolute()


def names(text: str) -> tuple[str, ...]:
    """Names joined by commas."""
    names = tuple(part.strip() for part in text.split(",") if part.strip())
    if any(name == "*" or "/" in name for name in names):
        raise ValueError
    return names


def an_onion(text: str) -> str:
    """An onion address of the third version."""
    if re.fullmatch(r"[a-z2-7]{56}\.onion", text) is None:
        raise ValueError
    return text


def a_whole(least: int, most: int) -> Callable[[str], int]:
    """A whole number between two."""

    def read(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
            raise ValueError
        return int(text)

    return read


def yes_or_no(text: str) -> bool:
    """yes or no."""
    return {"yes": True, "no": False}[text]


def a_secret(text: str) -> str:
    """A text of forty characters or more."""
    if len(text) < 40 or text.strip() != text:
        raise ValueError
    return text


def a_name(text: str) -> str:
    """A word without spaces or plus."""
    if not text or any(sign.isspace() or sign == "+" for sign in text):
        raise ValueError
    return text


def a_database(text: str) -> str:
    """The address of a database."""
    if not text.startswith(("postgresql://", "postgres://")):
        raise ValueError
    return text


def a_key(text: str) -> str:
    """Thirty-two bytes in base64."""
    if len(base64.b64decode(text, validate=True)) != 32:
        raise ValueError
    return text


def a_site(text: str) -> str:
    """The address of a site."""
    if not text.startswith(("https://", "http://")) or any(sign.isspace() for sign in text):
        raise ValueError
    return text.rstrip("/") + "/"


def a_mailbox(text: str) -> str:
    """One address of mail, without a name."""
    name, at, host = text.partition("@")
    if not (name and at and host) or not text.isascii() or any(sign in text for sign in ' ,;<>"\r\n\t'):
        raise ValueError
    return text
