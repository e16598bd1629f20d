"""Who sees what: the table of actors of the domain, held against the rule for each role, relation and part of a record.

Written from what each actor must not see, not from the mandates: so that a mandate which opens too much is found.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from encircle.actions.law import law_of
from encircle.core.access import NOTHING, Allowed, Denied, Doing, Opened, decide
from encircle.law.mandate import LedgerSeen, Mandate
from encircle.law.texts import Texts
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.relation import Relation
from encircle.vocabulary.role import Role

COUNTRIES = ("coe", "dk", "ee", "eu", "fi", "gb")
MANDATES = law_of("ee").mandates_by_role
TABLE: Mapping[str, str] = yaml.safe_load(
    Path(__file__).with_name("mandates.yaml").read_text(encoding="utf-8")
)
EVERYTHING = "MFLHRAXVI"

MUST_NOT: Mapping[Role, str] = {
    # M minimum, F account, L location, H health, R criminal, A asylum, X requests abroad, V views, I indicators
    # Around the child
    Role.GUARDIAN: "R",
    Role.LAWYER: "LHVI",
    Role.PARENT: EVERYTHING,
    Role.CHILD_PROTECTION_SERVICE: "RA",
    Role.CASE_LEAD: "RA",
    Role.SUPERVISOR: "RA",
    Role.TRIAGE_TEAM: "LHRAXV",
    Role.IDENTIFICATION_AUTHORITY: "LHRAXV",
    Role.SUPPORT_PERSON: "FLHRAXVI",
    Role.CARER: "FHRAXVI",
    Role.NGO: "FRAXI",
    Role.RECEPTION_CENTRE: "FHRAXVI",
    Role.GUARDIANSHIP_AUTHORITY: "FLHRAXI",
    Role.MUNICIPALITY: "FHRAXVI",
    # Police and justice
    Role.POLICE: "HAV",
    Role.GENERAL_POLICE: "FLHRAXVI",
    Role.BORDER_GUARD: "FLHRAXVI",
    Role.PROSECUTOR: "LHAXV",
    Role.COURT: "LHRAI",
    Role.REVIEW_BODY: "LHRAXI",
    Role.INTERVIEWER: "RA",
    Role.BARNAHUS: "RA",
    # Health and school
    Role.HEALTH_SERVICE: "FLRAXVI",
    Role.THERAPIST: "FLRAXVI",
    Role.SCHOOL: "FLHRAXVI",
    Role.EDUCATION_AUTHORITY: "FLHRAXVI",
    Role.VICTIM_SUPPORT: "FLHRAXVI",
    Role.LEGAL_AID_BODY: "FLHRAXVI",
    # Asylum and migration
    Role.ASYLUM_AUTHORITY: "FLHRXVI",
    Role.RESPONSIBILITY_UNIT: "FLHRXVI",
    Role.MIGRATION_AUTHORITY: "FLHRAXVI",
    # Who reports, and who is told whom to call
    Role.FIRST_CONTACT: "FLHRAXVI",
    Role.REPORTING_CHANNEL: "MFLHRAXV",
    Role.HELPLINE: EVERYTHING,
    Role.YOUTH_WORK: EVERYTHING,
    Role.PROFESSIONAL: EVERYTHING,
    Role.PUBLIC: EVERYTHING,
    Role.LABOUR_INSPECTORATE: EVERYTHING,
    Role.INTERPRETER: EVERYTHING,
    # Across borders
    Role.CENTRAL_AUTHORITY: "FLHRAVI",
    Role.FOCAL_POINT: "MFLHRAVI",
    Role.CONSULATE: EVERYTHING,
    Role.TRACING_ORGANISATION: EVERYTHING,
    # Oversight: no identities
    Role.COORDINATOR: EVERYTHING,
    Role.RAPPORTEUR: EVERYTHING,
    Role.MINISTRY: EVERYTHING,
    Role.OPERATOR: EVERYTHING,
    Role.DATA_PROTECTION_OFFICER: EVERYTHING,
    Role.OMBUDSPERSON: "FLHRAXVI",
    # The child reads on a page of its own, not in the record of the agencies.
    Role.CHILD: EVERYTHING,
}

MAY_ALSO_BE: Mapping[Role, frozenset[Relation]] = {
    Role.CASE_LEAD: frozenset({Relation.GUARDIAN, Relation.SUPERVISOR}),
    Role.CHILD_PROTECTION_SERVICE: frozenset({Relation.CASE_LEAD, Relation.GUARDIAN, Relation.SUPERVISOR}),
    Role.MUNICIPALITY: frozenset({Relation.CASE_LEAD, Relation.GUARDIAN, Relation.SUPERVISOR}),
    Role.IDENTIFICATION_AUTHORITY: frozenset({Relation.CASE_LEAD, Relation.SUPERVISOR}),
    Role.NGO: frozenset({Relation.CASE_LEAD, Relation.GUARDIAN}),
    Role.GUARDIANSHIP_AUTHORITY: frozenset({Relation.GUARDIAN}),
    Role.RECEPTION_CENTRE: frozenset({Relation.GUARDIAN}),
    Role.LEGAL_AID_BODY: frozenset({Relation.LAWYER}),
}
"""Who may be, for one child, what the relation says too. Police, school, health ... stay what they are."""

PROTECTS = [role for role in Role if Purpose.PROTECT in MANDATES[role].purposes]


def asked(
    role: Role,
    *relations: Relation,
    doing: Doing = Doing.LOOK,
    purpose: Purpose = Purpose.PROTECT,
    mandates: Mapping[Role, Mandate] = MANDATES,
    opened: Opened = NOTHING,
) -> Allowed | Denied:
    return decide(
        doing,
        role=role,
        relations=frozenset(relations),
        purpose=purpose,
        mandates=mandates,
        opened=opened,
    )


def letters(answer: Allowed) -> str:
    return "".join(
        "." if group not in answer.groups else group.value.lower() if group in answer.summary else group.value
        for group in FieldGroup
    )


def together(rows: Iterator[str]) -> str:
    """A part is open where any row opens it, and with its words where any row opens those."""
    return "".join(
        next((one for one in sorted(column) if one != "."), ".") for column in zip(*rows, strict=True)
    )


def test_every_actor_is_in_the_table_of_what_must_not_be_seen():
    assert set(MUST_NOT) == set(Role)


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("role", Role)
def test_no_mandate_opens_what_the_actor_must_not_see(role: Role, country: str):
    mandates = law_of(country).mandates_by_role
    answer = asked(role, Relation.TEAM, mandates=mandates)
    seen = {group.value for group in answer.groups} if isinstance(answer, Allowed) else set()
    assert seen & set(MUST_NOT[role]) == set()
    assert {group.value for group in mandates[role].sees} & set(MUST_NOT[role]) == set()


def test_a_mandate_that_opens_too_much_is_found():
    opened = replace(MANDATES[Role.SCHOOL], sees=MANDATES[Role.SCHOOL].sees | {FieldGroup.ACCOUNT})
    answer = asked(Role.SCHOOL, Relation.TEAM, mandates={**MANDATES, Role.SCHOOL: opened})
    assert isinstance(answer, Allowed)
    assert {group.value for group in answer.groups} & set(MUST_NOT[Role.SCHOOL]) == {"F"}


@pytest.mark.parametrize("role", PROTECTS)
def test_each_role_in_each_relation_sees_its_own_parts_and_those_that_the_relation_gives(role: Role):
    for relation in set(Relation) - {Relation.ADVERSE, Relation.EMERGENCY, Relation.OFFERED}:
        answer = asked(role, relation)
        assert isinstance(answer, Allowed)
        gives = relation in MAY_ALSO_BE.get(role, ())
        rows = (TABLE[role.value], *((TABLE[relation.value],) if gives else ()))
        assert (relation, letters(answer)) == (relation, together(iter(rows)))
        assert answer.roles == ({role, Role(relation.value)} if gives else {role})


@pytest.mark.parametrize("role", Role)
def test_an_offer_opens_nothing_of_the_record_and_who_has_a_mandate_weighs_it(role: Role):
    looks = [asked(role, Relation.OFFERED, doing=doing) for doing in Doing if doing is not Doing.WEIGH]
    weighs = asked(role, Relation.OFFERED, doing=Doing.WEIGH)
    member = asked(role, Relation.TEAM)
    assert {answer.hidden for answer in looks if isinstance(answer, Denied)} == {True}
    assert len(looks) == sum(isinstance(answer, Denied) for answer in looks)
    assert isinstance(weighs, Allowed) == isinstance(member, Allowed)
    if isinstance(weighs, Allowed):
        assert (weighs.groups, weighs.adds, weighs.decides) == (frozenset(), frozenset(), frozenset())


@pytest.mark.parametrize("role", Role)
def test_an_emergency_opens_at_most_where_the_child_is_of_what_is_closed_else(role: Role):
    answer = asked(role, Relation.EMERGENCY)
    seen = {group.value for group in answer.groups} if isinstance(answer, Allowed) else set()
    assert seen & set(MUST_NOT[role]) <= {FieldGroup.LOCATION.value}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("doing", Doing)
def test_nobody_outside_and_nobody_adverse_learns_that_there_is_a_record(role: Role, doing: Doing):
    outside = asked(role, doing=doing)
    against = [
        asked(role, Relation.ADVERSE, more, doing=doing) for more in (Relation.TEAM, Relation.CASE_LEAD)
    ]
    assert outside == Denied(
        code="no_relation",
        reason="You take no part in this record.",
        source="A record is open to those who take part in it.",
        instead="Ask the case lead to let you take part.",
        hidden=True,
    )
    assert against == 2 * [
        Denied(
            code="adverse",
            reason="You stand against the child's interests in this record.",
            source="Nobody whose interests conflict with the child's sees its record.",
            instead="Ask the case lead.",
            hidden=True,
        )
    ]


def test_a_role_of_which_the_packs_say_nothing_is_told_whom_to_ask():
    held = {role: mandate for role, mandate in MANDATES.items() if role is not Role.POLICE}
    assert asked(Role.POLICE, Relation.TEAM, mandates=held) == Denied(
        code="no_mandate",
        reason="Your role has no mandate in this country.",
        source="No pack of this country has a mandate for the role police.",
        instead="Ask the coordinator of your agency.",
    )


@pytest.mark.parametrize(
    ("role", "more", "code", "reason"),
    [
        (Role.POLICE, {"purpose": Purpose.STATISTICS}, None, None),
        (
            Role.CARER,
            {"purpose": Purpose.STATISTICS},
            "purpose",
            "This is not among the purposes of your role.",
        ),
        (Role.COORDINATOR, {"doing": Doing.ADD}, "adds_nothing", "Your role states no facts on a record."),
        (Role.CARER, {"doing": Doing.DECIDE}, "decides_nothing", "Your role does not decide on a record."),
        (Role.CARER, {"doing": Doing.DISCLOSE}, "decides_nothing", "Your role does not decide on a record."),
        (Role.CARER, {"doing": Doing.ADD}, None, None),
        (Role.CARER, {"doing": Doing.LOOK}, None, None),
        (Role.COURT, {"doing": Doing.DECIDE}, None, None),
        (Role.COURT, {"doing": Doing.DISCLOSE}, None, None),
    ],
)
def test_who_is_refused_is_told_why_by_which_source_and_what_to_do(
    role: Role, more: Mapping[str, object], code: str | None, reason: str | None
):
    answer = asked(role, Relation.TEAM, **more)
    if code is None or reason is None:
        assert isinstance(answer, Allowed)
        return
    assert answer == Denied(
        code=code,
        reason=reason,
        source="; ".join(source.cite() for source in MANDATES[role].sources),
        instead="Ask the case lead to do it, or to tell you what you need for your part.",
    )


@pytest.mark.parametrize("practice", [None, Texts.english("the practice of the network")])
def test_a_mandate_without_a_source_is_cited_by_whose_practice_it_is(practice: Texts | None):
    unsourced = replace(MANDATES[Role.CARER], sources=(), set_by=practice)
    answer = asked(Role.CARER, Relation.TEAM, mandates={Role.CARER: unsourced})
    assert isinstance(answer, Allowed)
    assert answer.source == ("" if practice is None else "the practice of the network")


def test_of_the_duties_the_widest_view_that_any_mandate_gives_is_open():
    found = {
        role: answer.ledger
        for role in (Role.COORDINATOR, Role.CARER, Role.CHILD_PROTECTION_SERVICE)
        if isinstance(answer := asked(role, Relation.TEAM), Allowed)
    }
    assert found == {
        Role.COORDINATOR: LedgerSeen.FIGURES,
        Role.CARER: LedgerSeen.OWN,
        Role.CHILD_PROTECTION_SERVICE: LedgerSeen.ALL,
    }
    lead = asked(Role.NGO, Relation.CASE_LEAD)
    assert isinstance(lead, Allowed)
    assert lead.ledger is LedgerSeen.ALL


def test_a_relation_adds_what_its_mandate_may_decide_and_state():
    alone, lead = asked(Role.NGO, Relation.TEAM), asked(Role.NGO, Relation.CASE_LEAD)
    assert isinstance(alone, Allowed)
    assert isinstance(lead, Allowed)
    assert lead.decides == alone.decides | MANDATES[Role.CASE_LEAD].decides
    assert lead.adds == alone.adds | MANDATES[Role.CASE_LEAD].adds
    assert (lead.basis, lead.source, lead.regime) == (alone.basis, alone.source, alone.regime)
