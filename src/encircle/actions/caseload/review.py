"""A review of a caseload: started, gone through child by child, answered, corrected. Marks are prompts; none is added up.

Somebody of an agency that cares for children goes through all of them: those of its records, and those of whom it gives no
more than its own number. What is sent to triage opens a concern with what was marked, and nothing is typed again.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from encircle.actions.concern import Concern, register
from encircle.actions.context import Who, at_work
from encircle.actions.form_token import id_of_form
from encircle.actions.indicators import forms
from encircle.actions.naming import called, name_in
from encircle.actions.permit import ask_for_purpose, look_at_many, mandates, opened_of_each, opens
from encircle.actions.whose_law import law_for
from encircle.core.journal.entry import EntryKind
from encircle.law.indicator import Setting
from encircle.records import caseload as rows
from encircle.records import journal
from encircle.records.caseload import Answered, Review, ReviewChild
from encircle.records.context import Context
from encircle.records.relations import kept_from
from encircle.records.seen import root_numbered
from encircle.vocabulary.caseload import CaseloadOutcome
from encircle.vocabulary.certainty import Certainty
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import AgencyId, RootId, is_random_id
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput, Refused

ON_A_PAGE = 20
LONGEST_WAIT = timedelta(days=366)


class NoSuchReview(Refused):
    """There is no such review or child of one: none, or one of others. Which is not told."""

    def __init__(self) -> None:
        super().__init__(
            code="no_such_review",
            reason="There is no such review of your agency, or no such child in it.",
            instead="Look at the list of reviews again.",
        )


class AnsweredMeanwhile(Refused):
    """Somebody else has answered for this child since who answers now has read the page."""

    def __init__(self) -> None:
        super().__init__(
            code="answered_meanwhile",
            reason="Somebody has answered for this child meanwhile. Your answer is not saved yet.",
            instead="Look at the answer that stands. Then save yours again if it is still right.",
        )


@dataclass(frozen=True, slots=True)
class Said:
    """What was said with an answer: the reason, what was marked, each with how it is known, and whether danger is now."""

    reason: str = ""
    marks: Mapping[str, Certainty] = field(default_factory=dict)
    danger_now: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is answered for a child. `recipient`: who gets the concern; `number_words`: how it says the own number."""

    outcome: CaseloadOutcome
    said: Said
    again_on: date | None = None
    recipient: AgencyId | None = None
    number_words: str = "Our own number: {number}"


@dataclass(frozen=True, slots=True)
class Listed:
    """A child as a list shows it. `name`: empty, where none is on record or none is open."""

    child: ReviewChild
    name: str
    said: Said | None


@dataclass(frozen=True, slots=True)
class Reviews:
    """The reviews of the agency, one page; the children to be looked at again today; what a new review would have."""

    items: tuple[Review, ...]
    page: int
    more: bool
    again: tuple[Listed, ...]
    again_more: bool
    records: int
    zone: str


@dataclass(frozen=True, slots=True)
class ReviewSeen:
    """One review with a page of its children. `go_on`: the child that comes next; None, each was looked at."""

    review: Review
    children: tuple[Listed, ...]
    page: int
    more: bool
    outcome: str
    go_on: str | None
    zone: str


@dataclass(frozen=True, slots=True)
class ChildSeen:
    """One child of a review, with all answers for it, the last first."""

    review: Review
    listed: Listed
    answers: tuple[tuple[Answered, Said | None], ...]
    zone: str
    today: date


def reviews(who: Who, *, page: int = 1) -> Reviews:
    """What the agency has gone through, and goes through now. Refuses: NotAllowed, a role that has no caseload to review."""
    ask_for_purpose(who, Purpose.CASELOAD)
    zone = law_for(settings.COUNTRY).zone
    with at_work(who, Purpose.CASELOAD) as context:
        without = kept_from(who.agency)
        found = rows.reviews_of(
            who.agency, without=without, skip=(page - 1) * ON_A_PAGE, at_most=ON_A_PAGE + 1
        )
        today = _today(context, zone)
        again = rows.due_again(who.agency, today=today, without=without, skip=0, at_most=ON_A_PAGE + 1)
        listed = _listed(who, again[:ON_A_PAGE], context)
        records = rows.records_to_review(who.agency, without)
        _look(who, context, "caseload_reviews", listed)
    return Reviews(
        found[:ON_A_PAGE], page, len(found) > ON_A_PAGE, listed, len(again) > ON_A_PAGE, records, zone
    )


def start_review(
    who: Who, *, setting: Setting, with_records: bool, numbers: Sequence[str], token: str
) -> str:
    """Begin to go through the caseload; the id of the review. The same form starts one.

    Refuses: NotAllowed; BadInput, with the field: a review without any child.
    """
    ask_for_purpose(who, Purpose.CASELOAD)
    with at_work(who, Purpose.CASELOAD) as context:
        review, without = id_of_form(token, f"{who.agency}/caseload"), kept_from(who.agency)
        if not numbers and not (with_records and rows.records_to_review(who.agency, without)):
            reason = "A review needs children: those of your records, or own numbers."
            raise BadInput(code="no_children", reason=reason, where="numbers")
        started = rows.start(
            review,
            who.agency,
            setting=setting.value,
            with_records=with_records,
            without=without,
            references=numbers,
        )
        if started:
            _write(who, context, "caseload_review_started", {"review": review}, None)
    return review


def review_seen(who: Who, review: str, *, page: int = 1, outcome: str = "") -> ReviewSeen:
    """One review: how far it is, and what came of it. Refuses: NotAllowed; NoSuchReview."""
    ask_for_purpose(who, Purpose.CASELOAD)
    asked = outcome if outcome in {one.value for one in CaseloadOutcome} else ""
    with at_work(who, Purpose.CASELOAD) as context:
        found, without = _review(who, review)
        children = rows.children_of(
            review, without=without, outcome=asked, skip=(page - 1) * ON_A_PAGE, at_most=ON_A_PAGE + 1
        )
        listed = _listed(who, children[:ON_A_PAGE], context)
        go_on = rows.next_to_look_at(review, after=0, without=without)
        _look(who, context, "caseload_review", listed)
    zone = law_for(settings.COUNTRY).zone
    return ReviewSeen(found, listed, page, len(children) > ON_A_PAGE, asked, go_on, zone)


def child_seen(who: Who, review: str, child: str) -> ChildSeen:
    """One child of a review, to be answered for. Refuses: NotAllowed; NoSuchReview."""
    ask_for_purpose(who, Purpose.CASELOAD)
    zone = law_for(settings.COUNTRY).zone
    with at_work(who, Purpose.CASELOAD) as context:
        found, without = _review(who, review)
        (listed,) = _listed(who, (_child(review, child, without),), context)
        answers = tuple((one, _said(one.said)) for one in rows.answers_of(listed.child))
        root = listed.child.root
        _look(who, context, "caseload_child", (listed,), None if root is None else root.id)
        return ChildSeen(found, listed, answers, zone, _today(context, zone))


def answer_child(who: Who, review: str, child: str, answer: Answer, *, read: int, token: str) -> str | None:
    """Answer for a child, or correct an answer; the next child to look at, None: there is none. The same form answers once.

    `read`: the number of the last answer that who answers has read; 0, none. Sent to triage, a concern opens with what was
    marked. Refuses: NotAllowed; NoSuchReview; AnsweredMeanwhile; BadInput, with the field; as `register`.
    """
    ask_for_purpose(who, Purpose.CASELOAD)
    made = id_of_form(token, f"{child}/answer")
    with at_work(who, Purpose.CASELOAD) as context:
        _found, without = _review(who, review)
        held = _child(review, child, without)
        if rows.answered_before(made):
            return rows.next_to_look_at(review, after=held.place, without=without)
        _ask(answer, today=_today(context, law_for(settings.COUNTRY).zone))
        if read != (0 if held.last is None else held.last.number):
            raise AnsweredMeanwhile
    number = "" if answer.outcome is not CaseloadOutcome.TRIAGE else _to_triage(who, held, answer, token)
    with at_work(who, Purpose.CASELOAD) as context:
        concern = root_numbered(number) if number else None
        rows.give_answer(
            made,
            held,
            who.agency,
            outcome=answer.outcome,
            again_on=answer.again_on,
            concern=None if concern is None else concern.id,
            said=_sealed(answer.said),
        )
        root = None if held.root is None else held.root.id
        _write(who, context, f"caseload_answered:{answer.outcome.value}", {"child": child}, root)
        return rows.next_to_look_at(review, after=held.place, without=without)


def forget_numbers(who: Who, review: str) -> int:
    """Delete the own numbers of a finished review for good; how many. Refuses: NotAllowed; NoSuchReview; BadInput."""
    ask_for_purpose(who, Purpose.CASELOAD)
    with at_work(who, Purpose.CASELOAD) as context:
        found, _without = _review(who, review)
        if not found.is_finished:
            reason = "The numbers are still needed: not every child has been looked at."
            raise BadInput(code="not_finished", reason=reason, where="do")
        deleted = rows.forget_numbers(review)
        if deleted:
            _write(who, context, "caseload_numbers_deleted", {"review": review}, None)
    return deleted


def _to_triage(who: Who, child: ReviewChild, answer: Answer, token: str) -> str:
    """Open the concern; its number."""
    if answer.recipient is None:
        raise BadInput(code="no_recipient", reason="Choose who gets the concern.", where="recipient")
    own = child.reference
    text = (
        answer.said.reason
        if own is None
        else f"{answer.said.reason}\n\n{answer.number_words.format(number=own)}"
    )
    certainties = set(answer.said.marks.values())
    concern = Concern(
        text=text,
        recipient=answer.recipient,
        danger_now=answer.said.danger_now,
        certainty=next(iter(certainties)) if len(certainties) == 1 else Certainty.INFERRED,
        signs=answer.said.marks,
        about="" if child.root is None else child.root.number,
    )
    return register(who, concern, token=token)


def _ask(answer: Answer, *, today: date) -> None:
    """Refuses: BadInput, with the field that cannot be right."""
    if not answer.said.reason.strip():
        raise BadInput(code="no_reason", reason="Write a short reason.", where="reason")
    known = {one.code for one in forms().indicators}
    if not set(answer.said.marks) <= known:
        raise BadInput(code="no_such_sign", reason="Choose signs of the list.", where="marks")
    if answer.outcome is CaseloadOutcome.NOTHING_SEEN and answer.said.marks:
        raise BadInput(
            code="signs_marked",
            reason="You have marked signs. Then look again on a day, or send the child to triage.",
            where="outcome",
        )
    if answer.outcome is CaseloadOutcome.LOOK_AGAIN:
        if answer.again_on is None or not today < answer.again_on <= today + LONGEST_WAIT:
            raise BadInput(
                code="no_day", reason="Choose a day from tomorrow on, within a year.", where="again_on"
            )
    elif answer.again_on is not None:
        raise BadInput(code="no_day", reason="A day belongs to looking again alone.", where="again_on")


def _review(who: Who, review: str) -> tuple[Review, tuple[RootId, ...]]:
    without = kept_from(who.agency)
    found = rows.review_numbered(review, who.agency, without=without) if is_random_id(review) else None
    if found is None:
        raise NoSuchReview
    return found, without


def _child(review: str, child: str, without: Sequence[RootId]) -> ReviewChild:
    found = rows.child_numbered(review, child, without=without) if is_random_id(child) else None
    if found is None:
        raise NoSuchReview
    return found


def _listed(who: Who, children: Sequence[ReviewChild], context: Context) -> tuple[Listed, ...]:
    """These children with what they are called, where that is open. A few queries, whatever their number."""
    roots = [one.root.id for one in children if one.root is not None]
    opened = opened_of_each(who, roots, context=context)
    open_roots = [root for root in dict.fromkeys(roots) if opens(opened[root], FieldGroup.MINIMUM)]
    names = {root: name_in(folded) for root, folded in called(open_roots, now=context.now).items()}
    return tuple(
        Listed(
            one,
            "" if one.root is None else names.get(one.root.id, ""),
            None if one.last is None else _said(one.last.said),
        )
        for one in children
    )


def _sealed(said: Said) -> bytes:
    marks = {code: known.value for code, known in said.marks.items()}
    told = {"reason": said.reason.strip(), "marks": marks, "danger_now": said.danger_now}
    return json.dumps(told, sort_keys=True).encode()


def _said(sealed: bytes | None) -> Said | None:
    """What was said; None, where it is erased."""
    if sealed is None:
        return None
    told = json.loads(sealed)
    marks = {str(code): Certainty(known) for code, known in told["marks"].items()}
    return Said(str(told["reason"]), marks, told["danger_now"])


def _today(context: Context, zone: str) -> date:
    return context.now.astimezone(ZoneInfo(zone)).date()


def _look(
    who: Who, context: Context, outcome: str, listed: Sequence[Listed], root: RootId | None = None
) -> None:
    """The journal has which records stood in the list; a look at one child stands on its record."""
    named = any(one.name for one in listed)
    act = look_at_many(who, outcome, {FieldGroup.MINIMUM} if named else ())
    numbers = [one.child.root.number for one in listed if one.child.root is not None]
    journal.enter(replace(act, root=root), ctx=context, body=json.dumps({"numbers": numbers}).encode())


def _write(who: Who, context: Context, outcome: str, said: Mapping[str, str], root: RootId | None) -> None:
    own = mandates()[who.role]
    act = journal.Act(
        kind=EntryKind.WRITE,
        outcome=outcome,
        root=root,
        role=who.role.value,
        legal_basis=own.basis,
        regime=own.regime,
    )
    journal.enter(act, ctx=context, body=json.dumps(dict(said), sort_keys=True).encode())
