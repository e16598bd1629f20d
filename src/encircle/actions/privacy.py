"""Data protection on paper: the record of processing and the file of the impact assessment, made from the configuration.

GDPR 30 and 35(7), LED 24 and 27 say what they hold. Written by hand is only what the program itself does; what the packs
leave open stands in the assessment as an open point. In English with the titles of the packs; holds nothing of a child.
"""

from collections.abc import Iterator

from encircle.actions.law import law_of
from encircle.host.document import Paper, Section
from encircle.law.finding import Lack
from encircle.law.law import Law
from encircle.law.mandate import Mandate
from encircle.law.retention import RetentionRule
from encircle.law.review import review
from encircle.law.source import Source
from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.field_group import MEANING, FieldGroup

MEASURES = (
    "One key for each child and part; what is sealed opens in no backup once its key is destroyed.",
    "Closed unless a mandate opens it: role, relation to the child, purpose and part are asked at each look.",
    "Row-level security in the database repeats who takes part in a record.",
    "Each look, writing, refusal and disclosure stands in a journal that nobody can alter unseen; it is signed.",
    "Two persons decide where something cannot be undone: prohibitions set aside, files given, parts erased.",
    "Where the child is, is a part of its own, with a key of its own, and in no list, notice, map or export.",
    "Whoever stands against the child's interests sees nothing, and is not told that there is a record.",
    "Notices carry no content. Statistics are rounded and published quarter by quarter, never as counts.",
    "No score and no automatic decision about a child.",
)
RISKS = (
    "A trafficker, or a relative who is one, learns where the child is.",
    "A member of staff looks out of curiosity, or for somebody else.",
    "A server or a backup is stolen.",
    "A database administrator alters or reads what was written.",
    "Another State uses what it was told for another purpose.",
    "A wrong entry follows the child for years.",
    "A table of figures lets somebody be recognised.",
)
NOT_SOLVED = (
    "Somebody who may look takes a picture of the screen.",
    "A live server that was taken over while people work opens what the installation key opens.",
    "A State compels its own authority.",
)
_OPEN = (Lack.WITHOUT_BASIS, Lack.UNVERIFIED, Lack.SOP_MISSING, Lack.OWNER_MISSING, Lack.NOT_IN_FORCE)


def record_of_processing(country: str) -> Paper:
    """What is processed of children: for what, by whom, on which basis, who receives it, how long it is kept. GDPR 30."""
    law = law_of(country)
    return Paper(
        title="Record of processing",
        language="en",
        lead=_lead(law),
        sections=(
            Section(
                "Who is responsible",
                (
                    "Each agency that takes part is a controller of what it writes; the agencies of a country together."
                    " Their names and contacts, and that of the data protection officer, are to be added here by hand.",
                ),
            ),
            Section(
                "Whose data",
                items=(
                    "Children of whom somebody is concerned that they are, or may become, victims of trafficking.",
                    "Persons around them: relatives, carers, companions, suspects.",
                    "Those who report, as far as they say who they are.",
                    "Staff of the agencies: name, role, sign-in and what they did.",
                ),
            ),
            Section(
                "Which data",
                items=tuple(f"{part.value}: {words}." for part, words in MEANING.items()),
            ),
            _mandates(law),
            _abroad(law),
            _kept(law),
            Section("How they are protected", items=MEASURES),
        ),
    )


def impact_assessment(country: str) -> Paper:
    """The file for an impact assessment: description, necessity, risks, measures, open points. GDPR 35(7)."""
    law = law_of(country)
    return Paper(
        title="File for the impact assessment",
        language="en",
        lead=(
            *_lead(law),
            "The program states what it does and what is open. Whether that is enough, people decide and sign.",
        ),
        sections=(
            Section(
                "What is done, and for what",
                (
                    "Agencies write down facts of a child; duties, prohibitions and views follow from facts, law and time."
                    f" {len(law.duties)} duties and {len(law.prohibitions)} prohibitions are in force here;"
                    f" {len(law.mandates)} roles have a mandate.",
                ),
                items=tuple(_widest(law)),
            ),
            Section(
                "Why it is necessary, and how far",
                (
                    "A role sees the minimum set and what its mandate names. These roles see nothing of a child's record:",
                ),
                items=tuple(one.role.value.replace("_", " ") for one in law.mandates if not one.sees),
            ),
            Section("Risks to the children", items=RISKS),
            Section("Measures", items=MEASURES),
            Section("What is not solved", items=NOT_SOLVED),
            _kept(law),
            _open_points(law),
            Section(
                "To be added by people",
                items=(
                    "What the data protection officer advises, and what children and those who speak for them say of it.",
                    "Whether each open point is accepted, by whom, and until when it is looked at again.",
                ),
            ),
        ),
    )


def _lead(law: Law) -> tuple[str, ...]:
    packs = ", ".join(f"{pack.code} {pack.version}" for pack in law.packs)
    return (
        f"Made from the packs {packs}" + ("." if law.on is None else f", as of {law.on}."),
        "A basis that nobody has read in the text of the law is marked as not read.",
    )


def _mandates(law: Law) -> Section:
    rows = tuple(
        (
            one.role.value.replace("_", " "),
            "".join(part.value for part in FieldGroup if part in one.sees) or "-",
            ", ".join(sorted(purpose.value for purpose in one.purposes)) or "-",
            one.regime.value.replace("_", " "),
            _basis(one, law),
        )
        for one in law.mandates
    )
    return Section(
        "Who receives what, for which purposes, on which basis",
        ("Beside a mandate, a named decision can open one part of one record to an agency for a time.",),
        head=("Role", "Parts", "Purposes", "Regime", "Basis"),
        rows=rows,
        widths=(3, 2, 5, 2, 5),
    )


def _basis(mandate: Mandate, law: Law) -> str:
    cited = [_cited(source) for source in mandate.sources if source.binds(law.country, law.on)]
    if cited:
        return "; ".join(cited)
    told = [_cited(source) for source in mandate.sources]
    if mandate.set_by is not None:
        told.append(mandate.set_by.in_("en"))
    return f"no law of the country is named yet ({'; '.join(told)})"


def _cited(source: Source) -> str:
    return source.cite() if source.is_read else f"{source.cite()} (not read)"


def _abroad(law: Law) -> Section:
    rows = tuple(
        (
            channel.title.in_("en"),
            ", ".join(sorted(role.value.replace("_", " ") for role in channel.from_roles)),
            channel.to_role.value.replace("_", " "),
            "; ".join(_cited(source) for source in channel.sources) or (str(channel.sop_source or "")),
        )
        for channel in law.channels
    )
    return Section(
        "Transfers to other countries",
        ("Nothing goes to a country or person under a do-not-contact flag.",),
        head=("Way", "From", "To", "Basis"),
        rows=rows,
        widths=(4, 3, 3, 5),
    )


def _kept(law: Law) -> Section:
    rows = tuple(
        (
            rule.title.in_("en"),
            ", ".join(part.value for part in Compartment if part in rule.parts) or "all of it",
            " and ".join(event.value.replace("_", " ") for event in rule.from_),
            _how_long(rule),
            "; ".join(_cited(source) for source in rule.sources) or str(rule.sop_source or ""),
        )
        for rule in law.retention
    )
    return Section(
        "How long it is kept",
        ("Counted from the last of the events. Two persons decide on each erasure.",),
        head=("What", "Parts", "From", "How long", "Basis"),
        rows=rows,
        widths=(4, 3, 2, 3, 4),
    )


def _how_long(rule: RetentionRule) -> str:
    if rule.period is None:
        return f"{rule.keep.words.in_('en')} (no number is set)"
    number = f"{rule.period.amount} {rule.period.unit.value.replace('_', ' ')}"
    return number if rule.may_be_due else f"{number} (not verified)"


def _widest(law: Law) -> Iterator[str]:
    """The roles that see most, by name: where an assessment looks first."""
    for one in sorted(law.mandates, key=lambda one: (-len(one.sees), one.role.value))[:5]:
        parts = "".join(part.value for part in FieldGroup if part in one.sees)
        yield f"{one.role.value.replace('_', ' ')} sees {parts} of records in which it takes part."


def _open_points(law: Law) -> Section:
    found = [one for one in review(law) if one.lack in _OPEN]
    counts = {lack: sum(one.lack is lack for one in found) for lack in _OPEN}
    unset = [rule.code for rule in law.retention if rule.period is None]
    named = tuple(
        f"{one.code}: {one.what}" for one in found if one.lack in (Lack.WITHOUT_BASIS, Lack.SOP_MISSING)
    )
    counted = tuple(f"{lack.value}: {count}." for lack, count in counts.items() if count)
    kept = (f"No number says how long these are kept: {', '.join(unset)}.",) if unset else ()
    return Section(
        "Open points of the configuration",
        ("`encircle pack lint` lists each of them with its file and line.",),
        items=(*counted, *kept, *named),
    )
