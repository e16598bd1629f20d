"""A complaint about an agency: sealed to bodies that are not complained of, and answered by the code or on the child's page.

What the people of a record may see of it is nothing: no table ties it to a child. See decision 0071.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import uuid4, uuid5

from encircle.actions.permit import mandates
from encircle.actions.reports import door
from encircle.actions.reports.door import Account, Code, Said
from encircle.crypto import report as sealing
from encircle.crypto import way_back
from encircle.records import complaints as rows
from encircle.records import reports
from encircle.records.complaints import Standing
from encircle.records.context import Context, with_context
from encircle.records.refusal import RuleBroken, rules_told
from encircle.records.report_files import standing_at
from encircle.records.reports import Recipient, Seal
from encircle.records.seal import peppers_of_codes
from encircle.vocabulary.identifier import RootId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import Refused
from encircle.vocabulary.role import Role

ABOUT: Final = (
    Role.CHILD_PROTECTION_SERVICE,
    Role.GUARDIAN,
    Role.LAWYER,
    Role.CARER,
    Role.POLICE,
    Role.BORDER_GUARD,
    Role.ASYLUM_AUTHORITY,
    Role.COURT,
    Role.HEALTH_SERVICE,
    Role.SCHOOL,
    Role.INTERPRETER,
    Role.OMBUDSPERSON,
)
"""Of whom one can complain; else it is not said of whom."""
NOT_SAID: Final = "not_said"
COMPLAINANTS: Final = ("child", "guardian", "other")
MOST: Final = 50
"""So many complaints of one child are kept apart; further ones join the last."""
_FORM, _CHILD = b"encircle/complaint/1/", b"encircle/childs-complaint/1/"


class NobodyReceives(Refused):
    """No body that is not the one complained of receives complaints here."""

    def __init__(self) -> None:
        super().__init__(
            code="no_complaint_body",
            reason="Nobody receives complaints about this agency here yet.",
            instead="Tell a lawyer, a guardian or another adult whom you trust.",
        )


@dataclass(frozen=True, slots=True)
class Complaint:
    """What somebody complains of. `about`: the role complained of, or `not_said`; `record`: its number, if told."""

    text: str
    about: str = NOT_SAID
    complainant: str = "other"
    language: str = "en"
    record: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """One complaint as the child sees it: the hour, what became of it, what the body wrote; never its own words."""

    hour: datetime
    is_read: bool
    standing: Standing
    answers: tuple[Said, ...]


def complaint_roles() -> frozenset[Role]:
    """The roles whose mandate answers complaints."""
    return frozenset(role for role, one in mandates().items() if Purpose.COMPLAINTS in one.purposes)


def somebody_receives(about: str = NOT_SAID) -> bool:
    """Whether any body that is not complained of has its key in use."""
    with with_context(agency=None, actor=reports.ACTOR, purpose=Purpose.DOOR.value):
        return bool(_bodies(about))


def complain(form: str, complaint: Complaint) -> Code:
    """Seal it to all such bodies and to a code; the code. Sent twice it is one, with all that was said.

    The code is another than that of a report of the same form. Refuses: NobodyReceives, FormTooOld.
    """
    pepper = peppers_of_codes()[0]
    code = way_back.drawn_code(_FORM + door.nonce_of(form), key=pepper)
    _sent_once_more(code, pepper, complaint)
    return Code(way_back.in_words(code), way_back.in_digits(code))


def complain_on_page(root: RootId, complaint: Complaint, *, token: str) -> None:
    """The same from the child's page of that record: the page finds it again, nobody else. `token`: of its form, sent once.

    Refuses: NobodyReceives.
    """
    pepper = peppers_of_codes()[0]
    code = _next(root, pepper, token)
    if code is not None:
        _sent_once_more(code, pepper, complaint, token=token)


def complaints_on_page(root: RootId) -> tuple[Told, ...]:
    """What the child of that record has complained of on its page, the newest first."""
    return tuple(sorted(_told(root), key=lambda one: one.hour, reverse=True))


def _next(root: RootId, pepper: bytes, token: str) -> bytes | None:
    """The first secret of that child that no complaint has, or the last; None, where that form was sent already."""
    code = b""
    for code in _codes(root, pepper):
        with reports.at_the_door(way_back.code_index(code, pepper=pepper)):
            found = reports.report_at_the_door()
            if found is None:
                return code
            if any(one.id == _part(found.id, token) for one in reports.parts_of(found.id)):
                return None
    return code


def _told(root: RootId) -> Iterator[Told]:
    """At each place: one that was erased leaves a gap, and the same is asked whether there are any or none."""
    for pepper in peppers_of_codes():
        with with_context(agency=None, actor=reports.ACTOR, purpose=Purpose.DOOR.value):
            for code in _codes(root, pepper):
                with standing_at(way_back.code_index(code, pepper=pepper)):
                    told = _told_at(code)
                if told is not None:
                    yield told


def _told_at(code: bytes) -> Told | None:
    found = reports.report_at_the_door()
    standing = None if found is None else rows.standing_of(found.id)
    if found is None or standing is None:
        return None
    said = door.said_in(found.id, door.key_of(found.id, way_back.pair_of_code(code)))
    return Told(found.hour, found.state != "arrived", standing, tuple(one for one in said if one.theirs))


def _codes(root: RootId, pepper: bytes) -> Iterator[bytes]:
    return (_code(root, place, pepper) for place in range(MOST))


def _code(root: RootId, place: int, pepper: bytes) -> bytes:
    """The secret of the child's complaint at that place: it follows from the record and the installation's key alone."""
    return way_back.drawn_code(_CHILD + hashlib.sha256(f"{root}/{place}".encode()).digest(), key=pepper)


def _sent_once_more(code: bytes, pepper: bytes, complaint: Complaint, *, token: str = "") -> None:
    try:
        _sent(code, pepper, complaint, token)
    except RuleBroken:  # a body took a new key in this moment: the next reading has it
        _sent(code, pepper, complaint, token)


def _sent(code: bytes, pepper: bytes, complaint: Complaint, token: str) -> None:
    index, pair = way_back.code_index(code, pepper=pepper), way_back.pair_of_code(code)
    with reports.at_the_door(index) as context:
        before = reports.report_at_the_door()
        begun = before is None and _begin(index, pair.public, complaint, context)
        found = before or reports.report_at_the_door()
        assert found is not None, "It was written just now."
        key = sealing.new_report_key() if begun else door.key_of(found.id, pair)
        if begun:
            _seal(found.id, key, pair.public, complaint, context)
        told = Account(text=complaint.text, who=complaint.complainant, picked=_record(complaint))
        plain = door.plain_of(told)
        part = _part(found.id, token or hashlib.sha256(key + plain).hexdigest())
        if door.add_part(found.id, part, "account", plain, key, context) and not begun:
            reports.wait_again()


def _record(complaint: Complaint) -> tuple[str, ...]:
    return (complaint.record,) if complaint.record else ()


def _begin(index: bytes, public: bytes, complaint: Complaint, context: Context) -> bool:
    """Write down what is open of it; False, where the same form has begun it in this moment. Refuses: NobodyReceives."""
    report = str(uuid4())
    enrolled = _bodies(complaint.about)
    if not enrolled:
        raise NobodyReceives
    return reports.add_report(
        report,
        index=index,
        reply_key=public,
        language=complaint.language,
        danger="unknown",
        owner=door.owner_of(report, enrolled),
        ctx=context,
    )


def _seal(report: str, key: bytes, public: bytes, complaint: Complaint, context: Context) -> None:
    """That it is a complaint comes first: what was sealed as a report never becomes one."""
    about = complaint.about if complaint.about in ABOUT else NOT_SAID
    complainant = complaint.complainant if complaint.complainant in COMPLAINANTS else "other"
    to = [(one.agency, one.public_key) for one in _bodies(about)]
    sealed = [(None, public), *to]
    made = [(agency, sealing.seal_report_key(key, one, report=report)) for agency, one in sealed]
    with rules_told():
        rows.add_complaint(report, about=about, complainant=complainant)
        reports.add_seals(report, tuple(Seal(agency, one.recipient_key, one.sealed) for agency, one in made))


def _bodies(about: str) -> tuple[Recipient, ...]:
    return rows.bodies({role.value for role in complaint_roles()}, about=about)


def _part(report: str, token: str) -> str:
    return str(uuid5(door.SPACE, f"{report}/{token}"))
