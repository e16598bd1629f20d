"""Concerns by the API: registered by professionals, decided on by those who sit at the board; and the case that follows."""

from datetime import datetime
from typing import Annotated, Literal

from ninja.responses import Status
from pydantic import Field

from encircle.actions import triage as board_of
from encircle.actions.case import NewCase, open_case
from encircle.actions.concern import ACCOUNT, Concern, recipients, register
from encircle.actions.triage import ConcernCard, board, concern_seen
from encircle.vocabulary.certainty import Certainty
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.purpose import Purpose
from encircle.web.api.act import ActSaved, told
from encircle.web.api.caller import Asking, token_for
from encircle.web.api.fact import FactTold, facts_told
from encircle.web.api.operation import reading, writing
from encircle.web.api.record import AgencyTold
from encircle.web.api.shape import NUMBER_SHAPE, Answer, Code, Given, Id, Number, Sign, Text, Time

How = Literal["observed", "reported", "inferred"]
MaybeNumber = Annotated[str, Field(pattern=NUMBER_SHAPE)]
Word = Annotated[str, Field(min_length=1, max_length=200)]


class AccountGiven(Given):
    """The first account, so that nobody has to ask the child again."""

    exact_words: Text | None = None
    who_was_present: Text | None = None
    where_noticed: Text | None = None
    questions_asked: Text | None = None


class ConcernGiven(Given):
    """What somebody noticed. `signs`: indicators of the common list; nobody adds them up. `about`: a known record."""

    text: Text
    recipient: Id
    danger_now: bool | None = None
    certainty: How = "observed"
    account: AccountGiven | None = None
    signs: dict[Sign, How] = Field(default_factory=dict, max_length=40)
    happened: Time | None = None
    about: MaybeNumber | None = None


class Opened(Answer):
    """The number of the record that is open now."""

    number: str


class RecipientsTold(Answer):
    """To whom a concern can be sent."""

    agencies: list[AgencyTold]


class ConcernCardTold(Answer):
    """One concern on the board, without its words. `asked`: how many agencies were asked what they know."""

    number: str
    stage: str
    came: datetime
    due: datetime | None
    asked: int


class BoardTold(Answer):
    """The concerns that wait."""

    concerns: list[ConcernCardTold]
    at: datetime


class ConcernTold(Answer):
    """One concern: where it stands, what is open of it, who was asked, whether the caller may decide."""

    number: str
    stage: str
    facts: list[FactTold]
    asked: list[str]
    linked: list[str]
    may_decide: bool
    is_second: bool


class AskGiven(Given):
    """Which agency is asked what it knows."""

    agency: Id


class AskedTold(Answer):
    """The agencies that are asked now."""

    asked: list[str]


class AnswerGiven(Given):
    """What one's own agency knows, on its own legal basis."""

    answer: Code
    legal_basis: Text | None = None
    information: Text | None = None


class DecisionGiven(Given):
    """What follows from the concern, and why."""

    outcome: Code
    reasons: Text
    priority: Code | None = None


class ReviewGiven(Given):
    """What a second person says of the decision that nothing follows."""

    outcome: Code
    reasons: Text


class CaseGiven(Given):
    """What is known when a case is opened. `concern`: from which it comes; `lead`: the person who leads it."""

    name: Word | None = None
    years: Annotated[int, Field(ge=0, le=120)] | None = None
    birth: Time | None = None
    language: Code | None = None
    danger_now: bool | None = None
    why: Text | None = None
    concern: MaybeNumber | None = None
    agencies: Annotated[list[Id], Field(max_length=40)] = Field(default_factory=list)
    lead: Id | None = None


@reading(
    "/concerns/recipients", Purpose.RECORD, RecipientsTold, title="Who receives concerns", tag="concerns"
)
def concern_recipients(request: Asking) -> RecipientsTold:
    """The agencies to which a concern can be sent, those of the own region first."""
    found = recipients(request.auth.who)
    return RecipientsTold(
        agencies=[AgencyTold(id=one.id, name=one.name, role=one.role, country=one.country) for one in found]
    )


@writing("/concerns", Purpose.RECORD, Opened, title="Register a concern", tag="concerns")
def register_concern(request: Asking, concern: ConcernGiven) -> Status[Opened]:
    """Register what was noticed and send it to those who decide what follows."""
    given = concern.account or AccountGiven()
    account = {name: words for name in ACCOUNT if (words := getattr(given, name)) is not None}
    new = Concern(
        text=concern.text,
        recipient=AgencyId(concern.recipient),
        danger_now=concern.danger_now,
        certainty=Certainty(concern.certainty),
        account=account,
        signs={sign: Certainty(how) for sign, how in concern.signs.items()},
        happened=concern.happened,
        about=concern.about or "",
    )
    return Status(201, Opened(number=register(request.auth.who, new, token=token_for(request))))


@writing("/records", Purpose.OPEN_CASE, Opened, title="Open a case", tag="record")
def open_record(request: Asking, case: CaseGiven) -> Status[Opened]:
    """Open the record of a child; what its concern says is not typed again."""
    new = NewCase(
        name=case.name or "",
        years=case.years,
        birth=case.birth or "",
        language=case.language or "",
        danger_now=case.danger_now,
        why=case.why or "",
        concern=case.concern or "",
        agencies=tuple(map(AgencyId, case.agencies)),
        lead=case.lead or "",
    )
    return Status(201, Opened(number=open_case(request.auth.who, new, token=token_for(request))))


@reading("/triage", Purpose.TRIAGE, BoardTold, title="Concerns that wait", tag="concerns")
def triage(request: Asking) -> BoardTold:
    """The concerns that have not left the board."""
    found = board(request.auth.who)
    return BoardTold(concerns=[_card(card) for card in found.cards], at=found.at)


@reading("/triage/{number}", Purpose.TRIAGE, ConcernTold, title="One concern", tag="concerns")
def concern(request: Asking, number: Number) -> ConcernTold:
    """One concern with all that is open of it."""
    found = concern_seen(request.auth.who, number)
    return ConcernTold(
        number=found.number,
        stage=found.triage.stage.value,
        facts=facts_told(found.facts, found.allowed),
        asked=list(found.asked),
        linked=list(found.triage.linked),
        may_decide=found.may_decide,
        is_second=found.is_second,
    )


@writing(
    "/triage/{number}/ask", Purpose.TRIAGE, AskedTold, title="Ask an agency what it knows", tag="concerns"
)
def ask_about_concern(request: Asking, number: Number, ask: AskGiven) -> Status[AskedTold]:
    """Let an agency take part in the concern, so that it can say what it knows. Twice is once."""
    token_for(request)
    board_of.ask_agency(request.auth.who, number, AgencyId(ask.agency))
    return Status(201, AskedTold(asked=[ask.agency]))


@writing("/triage/{number}/answer", Purpose.RECORD, ActSaved, title="Answer for the agency", tag="concerns")
def answer_about_concern(request: Asking, number: Number, answer: AnswerGiven) -> Status[ActSaved]:
    """Say what the own agency knows, on its own legal basis."""
    done = board_of.answer_for_agency(
        request.auth.who,
        number,
        answer=answer.answer,
        legal_basis=answer.legal_basis or "",
        information=answer.information or "",
        token=token_for(request),
    )
    return told(done)


@writing("/triage/{number}/decision", Purpose.TRIAGE, ActSaved, title="Decide what follows", tag="concerns")
def decide_on_concern(request: Asking, number: Number, decision: DecisionGiven) -> Status[ActSaved]:
    """Say what follows from the concern, and why."""
    done = board_of.decide_concern(
        request.auth.who,
        number,
        outcome=decision.outcome,
        priority=decision.priority or "",
        reasons=decision.reasons,
        token=token_for(request),
    )
    return told(done)


@writing("/triage/{number}/review", Purpose.TRIAGE, ActSaved, title="Look at it as a second", tag="concerns")
def review_decision(request: Asking, number: Number, review: ReviewGiven) -> Status[ActSaved]:
    """As a second person, confirm that nothing follows, or bring the concern back."""
    done = board_of.review_concern(
        request.auth.who,
        number,
        outcome=review.outcome,
        reasons=review.reasons,
        token=token_for(request),
    )
    return told(done)


def _card(card: ConcernCard) -> ConcernCardTold:
    return ConcernCardTold(
        number=card.number,
        stage=card.triage.stage.value,
        came=card.came,
        due=card.due,
        asked=card.asked,
    )
