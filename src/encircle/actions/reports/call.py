"""A call at a helpline, noted in the caller's own words. It becomes a report with a code to read out."""

import json
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from encircle.actions.context import Who, at_work
from encircle.actions.form_token import id_of_form, space_of_form
from encircle.actions.reports.desk import sits_at_desk
from encircle.actions.reports.door import ANSWERS, LONGEST, Account, Code, begun, code_in_words, code_of_form
from encircle.actions.reports.talk import RULE, add_line
from encircle.actions.reports.talk_desk import may_talk
from encircle.core.journal.entry import EntryKind
from encircle.records import journal, talks
from encircle.records import reports as rows
from encircle.records.refusal import RuleBroken
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput

_PARTS: Final = (("account", "heard"), ("note", "asked"), ("plan", "plan"), ("note", "summary"))
"""The kind of each part, and what it holds, in the order in which they are read."""


@dataclass(frozen=True, slots=True)
class Call:
    """What was noted. `heard`: the caller's own words; `asked`: what was asked, as it was asked; `plan`: made together.

    `rule_told`: the caller was told first what has to be done when a child is in danger.
    """

    heard: str
    asked: str = ""
    plan: str = ""
    summary: str = ""
    language: str = "en"
    danger: str = "unknown"
    rule_told: bool = False


def note_call(who: Who, call: Call, *, token: str) -> tuple[str, Code]:
    """Make a report of a call: its id, and the code that is read out to the caller. The same form makes one.

    Refuses: NotAllowed, DoorShut, TokenUnknown; BadInput, without the caller's words, with too many, without an answer
    on danger, or where the caller was not told the rule.
    """
    may_talk(who)
    _look_at(call)
    space_of_form(token)
    try:
        return _noted(who, call, token)
    except RuleBroken:  # an agency took a new key in this moment: the next reading has it
        return _noted(who, call, token)


def _noted(who: Who, call: Call, token: str) -> tuple[str, Code]:
    code = code_of_form(UUID(id_of_form(token, f"{who.agency}/call")).bytes)
    account = Account(language=call.language, danger=call.danger)
    with at_work(who, Purpose.TALK) as work, begun(code, account, context=work) as (report, key, is_new, ctx):
        if is_new:
            talks.begin_talk(report.id, kind="call", state=talks.GIVEN, rule=RULE, ctx=ctx)
            for kind, name in _PARTS:
                words = getattr(call, name).strip()
                if words:
                    place = talks.desk_writes(report.id, ctx=ctx)
                    part = id_of_form(token, f"{who.agency}/call/{name}")
                    add_line(report.id, part, kind, words, place=place, key=key, ctx=ctx)
            talks.mark_seen(report.id)
            if sits_at_desk(who):
                rows.set_owner(report.id, who.agency)
            act = journal.Act(kind=EntryKind.WRITE, outcome="call_noted", role=who.role.value)
            journal.enter(act, ctx=ctx, body=json.dumps({"talk": report.id}).encode())
        return report.id, code_in_words(code)


def _look_at(call: Call) -> None:
    """Refuses: BadInput."""
    if not call.rule_told:
        raise BadInput(
            code="rule_not_told",
            reason="Tell the caller first what you must do when a child is in danger. Then say here that you did.",
            where="rule_told",
        )
    if call.danger not in ANSWERS:
        raise BadInput(code="no_danger", reason="Say whether somebody is in danger now.", where="danger")
    if not call.heard.strip():
        raise BadInput(
            code="no_words", reason="Write what the caller said, in the caller's own words.", where="heard"
        )
    for _kind, name in _PARTS:
        if len(getattr(call, name)) > LONGEST:
            raise BadInput(code="too_long", reason="This is too long to be sent at once.", where=name)
