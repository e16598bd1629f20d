"""A talk at the door: somebody asks before they decide to report, and comes back to it with a code. Never asks who they are.

Nothing can be written before the rule on danger was shown; that it was is kept with the talk.
"""

import hmac
import json
from dataclasses import dataclass
from datetime import time
from typing import Final

from encircle.actions.reports.door import (
    LONGEST,
    Account,
    Code,
    Said,
    begun,
    code_in_words,
    code_of_form,
    countersigned,
    nonce_of,
    part_of_form,
    said_in,
    with_code,
)
from encircle.actions.reports.receiving import hours_of, receivers, somebody_is_there
from encircle.crypto import report as sealing
from encircle.law.retention import KeptOf
from encircle.records import reports as rows
from encircle.records import talks
from encircle.records.context import Context, with_context
from encircle.records.refusal import RuleBroken
from encircle.records.reports import TALK, Open
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import Refused

RULE: Final = "must_act_1"
"""The words on danger that are shown first, by the name under which they are kept; other words, another name."""
_SHOWN: Final = b"/talk-rule/"


class RuleNotShown(Refused):
    """The form does not come from the page that states the rule on danger."""

    def __init__(self) -> None:
        super().__init__(
            code="rule_not_shown",
            reason="Before a talk it is shown what the other person must do when somebody is in danger.",
            instead="Read it first, then go on.",
        )


@dataclass(frozen=True, slots=True)
class Talking:
    """A talk as who asks sees it. `state`: see `records/talks.py`; `is_read`: a person has read the last words.

    `kept_as`: by which rule of keeping it is kept now; None, once a case came of it.
    """

    said: tuple[Said, ...]
    state: str
    is_read: bool
    kept_as: KeptOf | None = KeptOf.TALK


@dataclass(frozen=True, slots=True)
class Hours:
    """Whether somebody is at a desk that talks now; and from when until when on working days, where that is known."""

    is_there: bool
    opens: time | None
    closes: time | None


def hours() -> Hours:
    """When somebody answers talks, by the opening hours that the agencies have stated."""
    with with_context(agency=None, actor=rows.ACTOR, purpose=Purpose.DOOR.value) as context:
        enrolled = receivers(Purpose.TALK)
        opens, closes = hours_of(enrolled, context.now) or (None, None)
        return Hours(somebody_is_there(enrolled, context.now), opens, closes)


def rule_shown(form: str) -> str:
    """The word by which a form shows that it comes from the page with the rule. Refuses: FormTooOld."""
    return countersigned(form, _SHOWN + RULE.encode())


def was_shown(form: str, word: str) -> bool:
    """Whether that form carries it. Refuses: FormTooOld."""
    return hmac.compare_digest(rule_shown(form).encode(), word.encode("utf-8", "replace"))


def begin(form: str, words: str, *, shown: str, account: Account) -> tuple[Code, Talking]:
    """Begin a talk with these words, and the code to go on with it. The same form begins one, and says its words once.

    Refuses: DoorShut, FormTooOld, RuleNotShown.
    """
    if not was_shown(form, shown):
        raise RuleNotShown
    try:
        return _begun(form, words, account)
    except RuleBroken:  # an agency took a new key in this moment: the next reading has it
        return _begun(form, words, account)


def go_on(typed: str, words: str, *, form: str) -> Talking | None:
    """Say more; the talk with it. The same form says it once. None: the code opens no talk. Refuses: FormTooOld."""
    nonce_of(form)

    def say(report: Open, key: bytes, context: Context) -> Talking | None:
        if talks.talk_at_the_door() is not None:
            _say(form, words, report, key, context)
            if report.state != TALK:
                rows.wait_again()
        return _talking(report, key)

    return with_code(typed, say)


def look(typed: str) -> Talking | None:
    """The talk that this code opens; None, if it opens none, whatever the reason."""
    return with_code(typed, lambda report, key, _context: _talking(report, key))


def leave(typed: str) -> Talking | None:
    """Who asks leaves: the talk is over, and goes on when they write again. None: the code opens no talk."""

    def end(report: Open, key: bytes, _context: Context) -> Talking | None:
        if report.state == TALK:
            talks.end_talk(report.id, by="asker")
        return _talking(report, key)

    return with_code(typed, end)


def add_line(report: str, part: str, kind: str, words: str, *, place: int, key: bytes, ctx: Context) -> None:
    """One sealed line of a talk. Its place keeps the order, since only the hour is kept."""
    text = words[:LONGEST].encode("utf-8", "replace").decode()
    plain = json.dumps({"text": text, "place": place}).encode()
    sealed = sealing.seal_part(plain, key=key, report=report, part=part, kind=kind)
    rows.add_part(report, part, kind, sealed, ctx=ctx)


def _begun(form: str, words: str, account: Account) -> tuple[Code, Talking]:
    code = code_of_form(nonce_of(form))
    with begun(code, account, state=TALK) as (report, key, is_new, context):
        if is_new:
            talks.begin_talk(report.id, kind="chat", state=talks.WAITS, rule=RULE, ctx=context)
        if report.state == TALK:
            _say(form, words, report, key, context)
        talking = _talking(report, key)
        assert talking is not None, "The form has begun a talk."
        return code_in_words(code), talking


def _say(form: str, words: str, report: Open, key: bytes, context: Context) -> None:
    part = part_of_form(form, report.id)
    if talks.is_written(part):
        return
    place = talks.asker_writes(report.id, ctx=context)
    add_line(report.id, part, "message", words, place=place, key=key, ctx=context)


def _talking(report: Open, key: bytes) -> Talking | None:
    talk = talks.talk_at_the_door()
    if talk is None:
        return None
    kept_as = KeptOf.TALK if report.state == TALK else None if report.state == "concern" else KeptOf.REPORT
    return Talking(tuple(said_in(report.id, key)), talk.state, not talk.is_unseen, kept_as)
