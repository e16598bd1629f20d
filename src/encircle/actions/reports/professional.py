"""A report of somebody who works with children: its parts kept apart, what of it a concern says, and its receipt.

Who reports stays with the desks that receive the report: a concern, and so the file of the family, has it only where the
reporter said so.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from encircle.actions.reports import door
from encircle.actions.reports.door import ANSWERS, Account, Code, Said
from encircle.actions.reports.form import form_of
from encircle.crypto.secret_file import KeyRefused
from encircle.law.question import About, AskedOf, Question, Takes
from encircle.records import reports as rows
from encircle.records.context import Context
from encircle.records.journal.signing import signed
from encircle.records.reports import Open
from encircle.vocabulary.role import Role

SETTING: Final = "pro_setting"
DANGER: Final = "pro_danger"
REPORTER: Final = "pro_reporter"
SEALED: Final = "pro_sealed"
IN_THE_FILE: Final = "file"
"""The answer by which a reporter lets the file of the family say who reported."""
ANYBODY: Final = "anybody"
LONGEST: Final = {Takes.WORDS: 4_000, Takes.LINE: 500}
"""So many signs of an answer are kept; all of them together are one message."""
_ACCOUNT: Final = {
    "pro_words": "exact_words",
    "pro_where": "where_noticed",
    "pro_present": "who_was_present",
    "pro_asked": "questions_asked",
}
"""What of it stands in a field of its own in a concern: what an interviewer needs to know of an earlier account."""
_ROLES: Final = {
    "school": Role.SCHOOL,
    "health": Role.HEALTH_SERVICE,
    "border": Role.BORDER_GUARD,
    "police": Role.GENERAL_POLICE,
    "street": Role.YOUTH_WORK,
    "labour": Role.LABOUR_INSPECTORATE,
}


@dataclass(frozen=True, slots=True)
class Part:
    """One answer under its question, in the language in which it is shown."""

    code: str
    asked: str
    text: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What can be shown of a report without its story. `note`: the signed lines; empty, where no key can sign here."""

    hour: datetime
    setting: str
    to: tuple[str, ...]
    digest: str
    note: str


def settings_of() -> Question:
    """The question for where one meets the child, whose answers are the ways in."""
    return next(one for one in form_of(AskedOf.PROFESSIONAL) if one.code == SETTING)


def questions() -> tuple[Question, ...]:
    """What is asked, after the setting."""
    return tuple(one for one in form_of(AskedOf.PROFESSIONAL) if one.code != SETTING)


def wrong_in(typed: Mapping[str, str]) -> Mapping[str, str]:
    """By question, what cannot be sent like this: unanswered, nothing, too_long. Empty, where it can."""
    found: dict[str, str] = {}
    for question in questions():
        said = typed.get(question.code, "")
        if question.needed and not said:
            found[question.code] = "unanswered"
        elif len(said) > LONGEST.get(question.takes, len(said)):
            found[question.code] = "too_long"
    told = [one.code for one in questions() if one.about is About.EVENT]
    if not any(typed.get(code, "").strip() for code in told):
        found.setdefault(told[0], "nothing")
    return found


def send(form: str, typed: Mapping[str, str], *, language: str) -> Code:
    """Seal it to the desks that receive reports, as any other; the code of the way back. Refuses: DoorShut, FormTooOld."""
    told = {one.code: typed[one.code].strip() for one in form_of(AskedOf.PROFESSIONAL) if one.code in typed}
    kept = {code: text for code, text in told.items() if text}
    danger = kept.get(DANGER, "unknown")
    account = Account(
        text="\n\n".join(f"{part.asked}\n{part.text}" for part in parts_of(kept, language)),
        language=language,
        danger=danger if danger in ANSWERS else "unknown",
        parts=kept,
    )
    return door.send(form, account)


def parts_of(kept: Mapping[str, str], language: str) -> tuple[Part, ...]:
    """The answers, each under its question, in the order of the form. What no question asks any more comes last."""
    form = form_of(AskedOf.PROFESSIONAL)
    known = [_part(one, kept[one.code], language) for one in form if kept.get(one.code)]
    others = sorted(set(kept) - {one.code for one in form})
    return (*known, *(Part(code, code, kept[code]) for code in others))


def concern(said: Iterable[Said], language: str) -> Mapping[str, object]:
    """What a concern says of such a report, nothing typed again; empty, where it is none."""
    messages = tuple(said)
    kept = next((one.parts for one in messages if one.parts), None)
    if kept is None:
        return {}
    named = bool(kept.get(REPORTER)) and kept.get(SEALED) == IN_THE_FILE
    left_out = {*_ACCOUNT, SETTING, DANGER, SEALED, *(() if named else (REPORTER,))}
    apart = [f"{one.asked}\n{one.text}" for one in parts_of(kept, language) if one.code not in left_out]
    later = [one.text for one in messages if one.text and not one.theirs and not one.parts]
    role = _ROLES.get(kept.get(SETTING, ""))
    text = "\n\n".join((*apart, *later))
    return {
        "raised_by": "public" if kept.get(SETTING) == ANYBODY else "professional",
        "anonymous": not named,
        **({"reporter_role": role.value} if role is not None else {}),
        **({"text": text} if text else {}),
        **{field: kept[code] for code, field in _ACCOUNT.items() if kept.get(code)},
    }


def receipt(typed: str) -> Receipt | None:
    """The receipt of the report that this code opens; None for each that opens none, and for one that is of a child."""
    return door.with_code(typed, _receipt)


def _receipt(report: Open, key: bytes, _context: Context) -> Receipt | None:
    said = next((one for one in door.said_in(report.id, key) if one.parts), None)
    if said is None:
        return None
    sealed = [part.sealed for part in rows.parts_of(report.id) if part.kind == "account"]
    digest = hashlib.sha256(b"".join(sealed)).hexdigest()
    setting, to = said.parts.get(SETTING, ANYBODY), rows.names_of_recipients(report.id)
    lines = (
        "encircle/report-receipt v1",
        f"hour {report.hour:%Y-%m-%dT%HZ}",
        f"kind professional {setting}",
        *(f"to {name}" for name in to),
        f"sealed-sha256 {digest}",
    )
    return Receipt(report.hour, setting, to, digest, _signed("\n".join(lines) + "\n"))


def _signed(text: str) -> str:
    try:
        return signed(text).decode()
    except KeyRefused:
        return ""


def _part(question: Question, text: str, language: str) -> Part:
    chosen = {answer.id: answer.text.in_(language) for answer in question.answers}
    return Part(question.code, question.ask.in_(language), chosen.get(text, text))
