"""What practice sets, by the API: proposals with difference and effect, and what holds as files. To read: people decide."""

import io
import zipfile
from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Path, Query

from encircle.actions.practice.reading import files_of, listed, packs_of_practice, seen
from encircle.actions.practice.telling import proposal_data, seen_data
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import Refused
from encircle.web.api.caller import Asking, Stopped
from encircle.web.api.failing import not_there
from encircle.web.api.operation import reading
from encircle.web.api.shape import CODE_SHAPE, Answer, Page

_LARGEST = 2_000_000_000
ProposalNumber = Annotated[int, Path(ge=1, le=_LARGEST, description="The number of the proposal.")]
Pack = Annotated[str, Path(pattern=CODE_SHAPE, description="The pack of the country: ee.")]
State = Annotated[
    Literal["", "waiting", "decided"], Query(description="Those that wait, or those that were decided.")
]
Day = Annotated[date | None, Query(description="As it holds at the end of that day; left out: now.")]


class SetTold(Answer):
    """What is to be set: a number, the agency behind a role, or plain words. `amount`: None where no number is to hold."""

    part: str
    code: str
    amount: int | None
    unit: str | None
    counting: str | None
    field: str | None
    texts: dict[str, str]
    basis: dict[str, str]


class StepTold(Answer):
    """What became of it, in which role somebody did it, and why. `since`: of an approval, from when it holds."""

    kind: str
    at: datetime
    role: str | None
    why: str
    since: datetime | None


class ProposalTold(Answer):
    """One proposal. `state`: waiting, approved, declined, withdrawn or replaced."""

    number: int
    pack: str
    state: str
    sets: SetTold
    why: str
    valid_from: date
    replaces: int | None
    proposed_as: str
    proposed_at: datetime
    steps: list[StepTold]


class ProposalPage(Answer):
    """One page of proposals, the newest first."""

    proposals: list[ProposalTold]
    page: int
    more: bool


class RuleChangeTold(Answer):
    """One line of a rule that is another with it."""

    code: str
    says: str
    before: str
    after: str


class ProblemTold(Answer):
    """What the check of the law says against it now, by field."""

    field: str
    what: str
    says: list[str]


class FigureTold(Answer):
    """About how many open records it would move, and how: rounded, so that no figure tells of a child."""

    code: str
    turn: str
    before: str
    after: str
    figure: int


class ProposalSeen(ProposalTold):
    """One proposal with its difference and its effect. `effect`: None while nobody has counted."""

    agency: str
    changes: list[RuleChangeTold]
    problems: list[ProblemTold]
    warnings: list[str]
    effect: list[FigureTold] | None
    superseded_by: int | None


class FileTold(Answer):
    """One file of a pack."""

    path: str
    text: str


class FilesTold(Answer):
    """What practice has set, as the files of a pack that lies beside the packs."""

    pack: str
    files: list[FileTold]


@reading("/practice", Purpose.LAW, ProposalPage, title="Changes of practice", tag="practice")
def practice(request: Asking, page: Page = 1, state: State = "") -> ProposalPage:
    """Proposals to change a number of practice, an agency behind a role, or plain words."""
    waiting = None if not state else state == "waiting"
    found = listed(request.auth.who, purpose=Purpose.LAW, page=page, waiting=waiting)
    told = [proposal_data(one) for one in found.proposals]
    return ProposalPage.model_validate({"proposals": told, "page": found.page, "more": found.more})


@reading("/practice/{proposal}", Purpose.LAW, ProposalSeen, title="One change of practice", tag="practice")
def practice_proposal(request: Asking, proposal: ProposalNumber) -> ProposalSeen:
    """What it sets, which lines of rules are others with it, what it would move, and what became of it."""
    found = seen(request.auth.who, proposal, purpose=Purpose.LAW)
    if found is None:
        raise _not_there("There is no proposal of that number.")
    return ProposalSeen.model_validate(seen_data(found))


@reading("/practice/files/{pack}", Purpose.LAW, FilesTold, title="What holds, as files", tag="practice")
def practice_files(request: Asking, pack: Pack, on: Day = None) -> FilesTold:
    """The files that give the same law when they lie beside the packs of the country."""
    found = None
    if pack in packs_of_practice() and (on is None or date.min < on < date.max):
        found = files_of(request.auth.who, pack, on, purpose=Purpose.LAW)
    if found is None:
        raise _not_there("Nothing that practice has set holds there.")
    name, data = found
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = [FileTold(path=path, text=archive.read(path).decode()) for path in archive.namelist()]
    return FilesTold(pack=name, files=files)


def _not_there(reason: str) -> Stopped:
    refused = Refused(code="not_there", reason=reason, instead="Look at the list of proposals.")
    return Stopped(not_there(refused))
