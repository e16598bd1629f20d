"""Words: how a proposal, its difference and its effect are said. One closed list for each."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from encircle.actions.practice.draft import PROFESSIONAL, Problem, Wrong, words_of_rule
from encircle.core.duty import DutyState
from encircle.law.counting import Counting, Period, Unit
from encircle.law.duty import Standing
from encircle.law.law import Law
from encircle.law.practice import Amendment, Part
from encircle.law.saying import Band
from encircle.law.texts import ENGLISH, Texts
from encircle.records.practice import Figure, Proposal
from encircle.vocabulary.role import Role
from encircle.web.law import words
from encircle.web.page import wording
from encircle.web.page.html import filled, isolated
from encircle.web.page.length import period as length_words

Words = str | Promise

PARTS: Mapping[Part, Words] = {
    Part.NUMBER: lazy("A number of practice"),
    Part.OWNER: lazy("The agency behind a role"),
    Part.TEXT: lazy("A rule in plain words"),
}
FIELDS: Mapping[str, Words] = {
    PROFESSIONAL: lazy("For professionals"),
    Band.YOUNG.value: lazy("For children of 6 to 9"),
    Band.MIDDLE.value: lazy("For children of 10 to 13"),
    Band.OLDER.value: lazy("For children of 14 to 17"),
}
UNITS: Mapping[Unit, Words] = {
    Unit.HOURS: lazy("hours"),
    Unit.DAYS: lazy("days"),
    Unit.WORKING_DAYS: lazy("working days"),
    Unit.WEEKS: lazy("weeks"),
    Unit.MONTHS: lazy("months"),
    Unit.YEARS: lazy("years"),
}
COUNTINGS: Mapping[Counting, Words] = {
    Counting.PLAIN: lazy("As the days come; hours minute by minute"),
    Counting.REG_1182_71: lazy("By Regulation 1182/71: an end on a day off moves to the next working day"),
}
STATES: Mapping[str, tuple[Words, str]] = {
    "waiting": (lazy("Waits for a second person"), "open"),
    "approved": (lazy("Approved"), "met"),
    "in_force": (lazy("In force"), "met"),
    "declined": (lazy("Declined"), "unknown"),
    "withdrawn": (lazy("Withdrawn"), "unknown"),
    "replaced": (lazy("Corrected by another proposal"), "unknown"),
}
STEPS: Mapping[str, Words] = {
    "approved": lazy("Approved"),
    "in_force": lazy("Came into force"),
    "declined": lazy("Declined"),
    "withdrawn": lazy("Withdrawn"),
    "replaced": lazy("Corrected by another proposal"),
}
PROBLEMS: Mapping[Wrong, Words] = {
    Wrong.MISSING: lazy("Write something here."),
    Wrong.TOO_LONG: lazy("This is too long. Say it in fewer words."),
    Wrong.NOT_TEXT: lazy("There is a sign in it that is not text. Type it anew."),
    Wrong.NOT_A_NUMBER: lazy("Write a whole number from 1 to 9999, or leave it empty."),
    Wrong.NOT_A_DAY: lazy("Write a day, a month and a year."),
    Wrong.IN_THE_PAST: lazy("Write today or a later day: nothing is changed backwards."),
    Wrong.NO_SUCH: lazy("Choose one of the list."),
    Wrong.SAME: lazy("This holds already. Change something, or go back."),
    Wrong.LOOSER: lazy("The check of the law refuses this."),
    Wrong.BAD_PACK: lazy("The law of this country cannot be read with it."),
}
ASKED: Mapping[str, Words] = {
    "valid_from": lazy("Write the day from which it is to hold."),
    "amount": lazy("Write a number."),
    "text": lazy("Write the text."),
    "basis": lazy("Write whose decision it is, or on what it rests."),
    "why": lazy("Say why."),
}
"""What is asked for where a field was left empty."""
REFUSED: Mapping[str, Words] = {
    "not_waiting": lazy("This proposal no longer waits for a decision. Look below at what became of it."),
    "not_your_own": lazy("Only who proposed this can change it or take it back."),
    "second_person": lazy("It takes a second person: nobody decides on what they proposed themselves."),
    "its_day_has_passed": lazy(
        "The day from which this was to hold has passed, and nothing is changed backwards. "
        "Decline it, or ask for another day."
    ),
    "no_longer_fits": lazy("This can no longer be set: the law has changed since it was proposed."),
    "no_reasons": lazy("Say why."),
    "too_long": lazy("This is too long. Say it in fewer words."),
}
"""Why a step was not taken, and what to do."""
KINDS: Mapping[str, Words] = {standing.value: words_ for standing, words_ in wording.STANDINGS.items()}
TURNS: Mapping[str, Words] = {
    "appears": lazy("comes to stand"),
    "disappears": lazy("no longer stands"),
    "state": lazy("its state"),
    "time": lazy("its time"),
    "kind_of_time": lazy("what its time is"),
    "owner": lazy("which agency owes it"),
    "missing_evidence": lazy("what proves it"),
    "basis": lazy("on what it rests"),
}
SIDES: Mapping[str, Words] = {
    "no_time": lazy("no time"),
    "a_time": lazy("a time"),
    "earlier": lazy("an earlier time"),
    "later": lazy("a later time"),
}


@dataclass(frozen=True, slots=True)
class Side:
    """What one law says of the thing: the value, whose practice it is, and where that stands."""

    value: SafeString | str
    by: SafeString | str
    place: str


def side(amendment: Amendment, law: Law | None) -> Side | None:
    """What that law says of what the amendment sets; None, where there is no law to ask."""
    if law is None:
        return None
    if amendment.part is Part.NUMBER:
        sop = next((one for one in law.sops if one.code == amendment.code), None)
        if sop is None:
            return None
        value = _("no number: the words of the law stand alone")
        if sop.period is not None:
            value = period(sop.period)
        return Side(value, "" if sop.set_by is None else words.shown(sop.set_by), str(sop.origins[-1]))
    if amendment.part is Part.OWNER:
        owner = law.owner(Role(amendment.code))
        if owner is None:
            return Side(_("no agency is named"), "", "")
        by = "" if owner.set_by is None else words.shown(owner.set_by)
        return Side(every_language(owner.agency), by, str(owner.origins[-1]))
    texts = words_of_rule(law, amendment.code, amendment.field)
    saying = next((one for one in law.sayings if one.code == amendment.code), None)
    if texts is None or saying is None:
        return None
    language = amendment.texts[0][0] if amendment.texts else ENGLISH
    return Side(said(texts, language), "", str(saying.origins[-1]))


def set_by(amendment: Amendment) -> Side:
    """What the amendment itself says."""
    by = "" if not amendment.basis else every_language(Texts(amendment.basis))
    if amendment.part is Part.NUMBER:
        if amendment.amount is None or amendment.unit is None or amendment.counting is None:
            return Side(_("no number: the words of the law stand alone"), by, "")
        return Side(period(Period(amendment.amount, amendment.unit, amendment.counting)), by, "")
    return Side(every_language(Texts(amendment.texts)), by, "")


def period(length: Period) -> str:
    """5 working days; and how that is counted, where it is by the Regulation."""
    if length.counting is Counting.REG_1182_71:
        return _("{length}, counted by Regulation 1182/71").format(length=length_words(length))
    return length_words(length)


def every_language(texts: Texts) -> SafeString:
    """The text in each of its languages, each marked with its own."""
    return SafeString(
        "<br>".join(filled('<span lang="{}" dir="auto">{}</span>', *pair) for pair in texts.by_language)
    )


def said(texts: Texts, language: str) -> SafeString | str:
    """The text in that language alone; that there is none, where it is not translated."""
    text = dict(texts.by_language).get(language)
    if text is None:
        return _("not said in this language yet")
    return filled('<span lang="{}" dir="auto">{}</span>', language, text)


def title(amendment: Amendment, law: Law) -> SafeString:
    """What the amendment is of, as one would call it."""
    if amendment.part is Part.NUMBER:
        sop = next((one for one in law.sops if one.code == amendment.code), None)
        return isolated(amendment.code) if sop is None else words.shown(sop.title)
    if amendment.part is Part.OWNER:
        return isolated(wording.titled(amendment.code))
    languages = ", ".join(wording.language(language) for language, _text in amendment.texts)
    return filled(
        '<span class="code">{}</span> {} <span class="soft">({}; {})</span>',
        amendment.code,
        rule_title(amendment.code, law),
        FIELDS.get(amendment.field, amendment.field),
        languages,
    )


def rule_title(code: str, law: Law) -> SafeString:
    """The title of a duty or prohibition; its code, where this law does not have it."""
    found = rule_titles(law).get(code)
    return isolated(code) if found is None else words.shown(found)


def rule_titles(law: Law) -> Mapping[str, Texts]:
    """The titles of all duties and prohibitions, by code."""
    return {
        **{rule.code: rule.title for rule in law.duties},
        **{rule.code: rule.title for rule in law.prohibitions},
    }


def state(proposal: Proposal) -> tuple[Words, str]:
    """Where the proposal stands, and the tone of its tag."""
    kinds = [step.kind for step in proposal.steps]
    return STATES[kinds[-1]] if kinds else STATES["waiting"]


def problem(name: str, found: Problem) -> SafeString | str:
    """What is wrong with that field, with what the check says in its own words."""
    what = ASKED.get(name, PROBLEMS[found.what]) if found.what is Wrong.MISSING else PROBLEMS[found.what]
    if not found.says:
        return str(what)
    return filled('{} <span lang="en" dir="ltr">{}</span>', what, " ".join(found.says))


def moved(figure: Figure) -> SafeString | str:
    """What moves of a duty: its state from open to overdue."""
    turn = str(TURNS.get(figure.turn, figure.turn))
    if not figure.before and not figure.after:
        return turn
    return filled("{}: {} → {}", turn, _side(figure, figure.before), _side(figure, figure.after))


def _side(figure: Figure, code: str) -> str:
    if figure.turn == "kind_of_time" and code in KINDS:
        return str(wording.STANDINGS[Standing(code)])
    if code in SIDES:
        return str(SIDES[code])
    if code in set(DutyState):
        return str(wording.STATES[DutyState(code)])
    return wording.plain(code) if code else "–"
