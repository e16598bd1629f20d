"""Options: what an operator decides, one typed table. A wrong value stops the start with one clear line.

What a lawyer or a coordinator decides is a pack; what a user decides is a row. Neither belongs here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from encircle.config.mail import MAIL
from encircle.config.option import (
    Option,
    a_country,
    a_database,
    a_folder,
    a_key,
    a_name,
    a_secret,
    a_whole,
    a_word,
    an_onion,
    names,
    yes_or_no,
)
from encircle.vocabulary.refusal import Refused


class OptionRefused(Refused):
    """An option has a value that cannot be used. The text names the option, never a secret value."""


_ADDRESS = "an address such as postgresql://name:password@host:5432/database"
_PATH = "a path"

OPTIONS: tuple[Option, ...] = (
    Option(
        "ENCIRCLE_DATA",
        "The folder of this installation: keys, checkpoints and, without DATABASE_URL, its database.",
        a_folder,
        _PATH,
        "var",
    ),
    Option(
        "ENCIRCLE_MODE",
        "live, or demo: cheap keys, stepping into any role, example children. Never with real data.",
        a_word("live", "demo"),
        "live or demo",
        "live",
    ),
    Option(
        "ENCIRCLE_COUNTRY",
        "The country pack of this installation; one installation is one country.",
        a_country,
        "the code of a country pack in small letters, such as ee",
        "ee",
    ),
    Option(
        "ENCIRCLE_PACKS",
        "A folder of packs. `encircle serve` checks them all, and runs by a copy of them in ENCIRCLE_DATA/packs;"
        " if one is bad, the packs that ran before stay.",
        a_folder,
        _PATH,
        None,
        default_words="the packs that come with the program",
    ),
    Option(
        "ENCIRCLE_ROLE",
        "The database role as which this process works. Set by `encircle` for the processes that it starts.",
        a_word("web", "door", "jobs", "owner"),
        "web, door, jobs or owner",
        "web",
    ),
    Option(
        "DATABASE_URL",
        "A PostgreSQL server of your own, version 15 or later; without it Encircle runs one itself.",
        a_database,
        _ADDRESS,
        None,
        default_words="the embedded database in ENCIRCLE_DATA",
        secret=True,
    ),
    *(
        Option(
            f"DATABASE_URL_{role}",
            f"Another sign-in for the role {role.lower()}.",
            a_database,
            _ADDRESS,
            None,
            default_words="DATABASE_URL, acting as that role",
            secret=True,
        )
        for role in ("OWNER", "WEB", "DOOR", "JOBS")
    ),
    Option(
        "ENCIRCLE_DATABASE_ACCOUNT",
        "Started by root: the account without privileges that runs the embedded database.",
        str,
        "the name of an account",
        None,
        default_words="encircle",
    ),
    Option(
        "ENCIRCLE_DATABASE_FOLDER",
        "Started by root: the system folder in which the embedded databases lie.",
        a_folder,
        _PATH,
        None,
        default_words="/var/lib/encircle",
    ),
    Option(
        "ENCIRCLE_DATABASE_MEMORY_MB",
        "How many megabytes the embedded database keeps for its pages. A large country: a quarter of the machine.",
        a_whole(32, 65_536),
        "a whole number from 32 to 65536",
        "32",
    ),
    Option(
        "ENCIRCLE_WEB_ACCOUNT",
        "Started by root: the account as which web, door and jobs run, so that none may be the owner.",
        str,
        "the name of an account",
        None,
        default_words="root itself, see docs/operator/database.md",
    ),
    Option(
        "ENCIRCLE_CONNECTION_SECONDS",
        "How long a thread keeps its connection to the database open between uses.",
        a_whole(0, 86_400),
        "a whole number from 0 to 86400",
        "600",
    ),
    Option(
        "ENCIRCLE_HOSTS",
        "The host names under which the pages are reached.",
        names,
        "names joined by commas; * is refused",
        "localhost,127.0.0.1",
    ),
    Option(
        "ENCIRCLE_BEHIND_TLS",
        "Whether a proxy in front speaks HTTPS and sets X-Forwarded-Proto.",
        yes_or_no,
        "yes or no",
        "no",
    ),
    Option(
        "ENCIRCLE_ONION",
        "The onion address under which the pages of the door are reached over Tor. See onion.md.",
        an_onion,
        "56 signs and .onion, as Tor wrote them into the file hostname",
        None,
        default_words="none",
    ),
    Option(
        "ENCIRCLE_IDLE_MINUTES",
        "After how long without a click somebody is signed out. A form that was open keeps what was typed.",
        a_whole(5, 240),
        "a whole number from 5 to 240",
        "30",
    ),
    Option(
        "ENCIRCLE_SESSION_HOURS",
        "After how long everybody signs in anew, however busy.",
        a_whole(1, 24),
        "a whole number from 1 to 24",
        "10",
    ),
    Option(
        "ENCIRCLE_AGAIN_MINUTES",
        "How long a second step opens what is sealed, such as where a child is. Then it is asked for once more.",
        a_whole(5, 600),
        "a whole number from 5 to 600",
        "30",
    ),
    Option(
        "ENCIRCLE_PROVIDERS",
        "A file that names the identity providers by which staff may sign in (OpenID Connect). See providers.md.",
        a_folder,
        _PATH,
        None,
        default_words="none: staff sign in with login and password",
    ),
    Option(
        "ENCIRCLE_SECRET_KEY",
        "Signs cookies and forms. Whoever has it can forge a session.",
        a_secret,
        "at least 40 characters",
        None,
        default_words="made at the first start, in ENCIRCLE_DATA/keys",
        secret=True,
    ),
    Option(
        "ENCIRCLE_INSTALLATION_KEY",
        "Wraps the data keys of all children. Keep a copy apart from the backups.",
        a_key,
        "the base64 text of 32 bytes",
        None,
        default_words="made at the first start, in ENCIRCLE_DATA/keys",
        secret=True,
    ),
    Option(
        "ENCIRCLE_PKCS11_MODULE",
        "The library of a PKCS#11 token (smart card, HSM) that keeps the installation key shut. See keys.md.",
        a_folder,
        _PATH,
        None,
        default_words="none: the key lies in its file as it is",
    ),
    Option("ENCIRCLE_PKCS11_TOKEN", "The label of that token.", str, "a label", "encircle"),
    Option(
        "ENCIRCLE_PKCS11_PIN_FILE",
        "A file with the PIN of that token, which this account alone may read.",
        a_folder,
        _PATH,
        None,
        default_words="none",
    ),
    Option(
        "ENCIRCLE_CLAMD",
        "The socket of clamd on this machine, which looks through files from the door for harmful programs. See door.md.",
        a_folder,
        _PATH,
        None,
        default_words="none: the page of a file says that nobody looked",
    ),
    Option(
        "ENCIRCLE_WITNESS",
        "Where the journal's signed heads and leaves are also written: on another owner's disk or host.",
        a_folder,
        _PATH,
        None,
        default_words="ENCIRCLE_DATA/witness, which guards only against others than this account",
    ),
    Option(
        "ENCIRCLE_JOURNAL_NAME",
        "The name of this installation in the signed heads of its journal.",
        a_name,
        "a name without spaces or plus",
        "encircle.invalid/journal",
    ),
    Option(
        "ENCIRCLE_BACKUP_DAYS",
        "For how many days backups are kept: the certificate of an erasure names the day on which the last one expires.",
        a_whole(1, 36_500),
        "a whole number from 1 to 36500",
        None,
        default_words="not said: a certificate says that nobody knows the day",
    ),
    Option(
        "ENCIRCLE_LOG",
        "How much is logged. Logs hold ids of events, never names and never text about a child.",
        a_word("error", "warning", "info", "debug"),
        "error, warning, info or debug",
        "info",
    ),
    *MAIL,
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The values of all options, each asked for by name and type. A wrong type here is a slip in the code."""

    values: Mapping[str, object]

    def text(self, name: str) -> str:
        """An option that always has a text."""
        value = self.values[name]
        if not isinstance(value, str):
            raise TypeError(name)
        return value

    def maybe_text(self, name: str) -> str | None:
        """An option that may be unset."""
        return None if self.values[name] is None else self.text(name)

    def path(self, name: str) -> Path:
        """An option that is a path."""
        value = self.values[name]
        if not isinstance(value, Path):
            raise TypeError(name)
        return value

    def maybe_path(self, name: str) -> Path | None:
        """A path that may be unset."""
        return None if self.values[name] is None else self.path(name)

    def number(self, name: str) -> int:
        """An option that is a whole number."""
        value = self.values[name]
        if not isinstance(value, int):
            raise TypeError(name)
        return value

    def names(self, name: str) -> tuple[str, ...]:
        """An option that is a list of names."""
        value = self.values[name]
        if not isinstance(value, tuple):
            raise TypeError(name)
        return value


def chosen(environ: Mapping[str, str]) -> Chosen:
    """The value of every option, None where it is not set and has no default.

    Refuses: OptionRefused, at the first value that cannot be used or option that does not exist.
    """
    known = {name for option in OPTIONS for name in (option.name, *option.old_names)}
    known |= {
        f"{name}_FILE" for option in OPTIONS if option.secret for name in (option.name, *option.old_names)
    }
    for name in environ:
        if name.startswith("ENCIRCLE_") and name not in known:
            raise _refused(name, "is not an option of Encircle", "See docs/operator/settings.md.")
    return Chosen({option.name: _value(option, environ) for option in OPTIONS})


def _value(option: Option, environ: Mapping[str, str]) -> object:
    text, where = _text(option, environ)
    if text is None:
        return None
    try:
        return option.read(text)
    except (ValueError, KeyError) as wrong:
        shown = "has a value that" if option.secret else f"is {text!r}, which"
        raise _refused(where, f"{shown} cannot be used", f"Expected {option.expected}.") from wrong


def _text(option: Option, environ: Mapping[str, str]) -> tuple[str | None, str]:
    """The text that is set, and the name under which it was."""
    for name in (option.name, *option.old_names):
        file = environ.get(f"{name}_FILE") if option.secret else None
        if environ.get(name) and file:
            raise _refused(name, f"and {name}_FILE are both set", "Keep one of them.")
        if file:
            return _content(file, f"{name}_FILE"), f"{name}_FILE"
        if environ.get(name):
            return environ[name], name
    return option.default, option.name


def _content(file: str, name: str) -> str:
    try:
        return Path(file).read_text(encoding="utf-8").removesuffix("\n")
    except (OSError, UnicodeDecodeError) as failed:
        why = failed.strerror if isinstance(failed, OSError) else "it is not a text"
        raise _refused(
            name, f"names {file}, which cannot be read ({why})", "Give a file that this account may read."
        ) from failed


def _refused(name: str, finding: str, instead: str) -> OptionRefused:
    return OptionRefused(code="option_refused", reason=f"{name} {finding}.", instead=instead)


def documentation() -> str:
    """The page docs/operator/settings.md, made of the table."""
    lines = [
        "# Settings",
        "",
        "What an operator decides. Given as environment variables; a secret may lie in a file instead, named",
        "by the same name with `_FILE` behind it. A wrong value, or an option that does not exist, stops the",
        "start with one line. What the law or a coordinator decides is a pack, not an option.",
        "",
        "This page is made from `src/encircle/config/options.py`; a test fails when it is stale.",
        "",
    ]
    for option in OPTIONS:
        default = option.default_words or f"`{option.default}`"
        lines += [
            f"## `{option.name}`",
            "",
            option.meaning,
            "",
            f"- Expected: {option.expected}",
            f"- Default: {default}",
        ]
        if option.secret:
            lines.append(f"- Secret: better given as `{option.name}_FILE`")
        if option.old_names:
            lines.append(f"- Earlier names: {', '.join(option.old_names)}")
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"
