"""The form of a proposal: what is to be changed, to what, from when and why; the difference; then it is proposed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from encircle.actions.context import Who
from encircle.actions.law import law_of
from encircle.actions.practice.draft import FIELDS, LONGEST_TEXT, LONGEST_WHY, Draft, Examined, words_of_rule
from encircle.actions.practice.proposing import NotTaken, examine, propose
from encircle.actions.practice.reading import packs_of_practice, seen
from encircle.law.counting import Counting, Unit
from encircle.law.law import Law
from encircle.law.practice import Amendment, Part
from encircle.law.texts import ENGLISH
from encircle.records.practice import Proposal
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role
from encircle.web.gate import purpose, purpose_of
from encircle.web.law import words
from encircle.web.law.practice import words as said
from encircle.web.law.room import Room, entered
from encircle.web.page import errors, wording
from encircle.web.page.field import Field, FieldKind, Option, TypedDay, TypedTime, problems_of, typed_time
from encircle.web.page.html import filled
from encircle.web.page.kept import typed as given_back
from encircle.web.page.staff import for_staff

_PARTS = {part.value: part for part in Part}


@dataclass(frozen=True, slots=True)
class Choice:
    """One kind of change, and of what it can be."""

    part: str
    title: str | Promise
    field: Field


@dataclass(frozen=True, slots=True)
class FormPage:
    """The form. `before`, `after`: the difference, once it was checked; `warnings`: what the check says beside it."""

    room: Room
    part: str
    code: str
    pack: str
    replaces: str
    title: SafeString
    heading: str | Promise
    stands: said.Side | None
    fields: tuple[Field, ...]
    problems: tuple[tuple[str, object], ...]
    before: said.Side | None = None
    after: said.Side | None = None
    warnings: tuple[str, ...] = ()
    refused: str = ""

    @property
    def is_checked(self) -> bool:
        """Whether the difference is shown."""
        return self.after is not None


@purpose(Purpose.LAW)
@require_safe
@for_staff
def practice_new(request: HttpRequest, who: Who) -> HttpResponse:
    """What is to be changed."""
    room = entered(request, who)
    pack = room.code if room.code in packs_of_practice() else packs_of_practice()[0]
    law = law_of(pack)
    choices = (
        Choice(Part.NUMBER.value, said.PARTS[Part.NUMBER], _select(_("Which number"), _numbers(law))),
        Choice(Part.OWNER.value, said.PARTS[Part.OWNER], _select(_("Which role"), _roles(law))),
        Choice(Part.TEXT.value, said.PARTS[Part.TEXT], _select(_("Which rule"), _rules(law))),
    )
    shown = {"room": room, "choices": choices, "pack": pack, "country": _country(pack)}
    return render(request, "law/practice/new.html", {"page": shown})


@purpose(Purpose.LAW)
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def practice_form(request: HttpRequest, who: Who, part: str) -> HttpResponse:
    """The form; what is wrong beside its fields; the difference; or the proposal that was made."""
    room = entered(request, who)
    sent = request.POST if request.method == "POST" else given_back(request)
    asked = request.GET if sent is None else sent
    pack = asked.get("pack", "") if asked.get("pack", "") in packs_of_practice() else packs_of_practice()[0]
    law, code, replaces = law_of(pack), asked.get("code", "")[:64], asked.get("replaces", "")[:9]
    if part not in _PARTS or code not in {one for one, _title in _codes(_PARTS[part], law)}:
        return errors.not_found(request)
    if sent is None:
        draft = _begun(who, part, code, pack, law, replaces, purpose_of(request))
        return _shown(request, room, draft, law, replaces, Examined(draft, None, None))
    draft = _typed(sent, part, code, pack)
    if request.method != "POST":
        return _shown(request, room, draft, law, replaces, Examined(draft, None, None))
    if request.POST.get("do") != "propose":
        return _shown(request, room, draft, law, replaces, examine(who, draft, purpose=purpose_of(request)))
    number = int(replaces) if replaces.isascii() and replaces.isdigit() else None
    try:
        found = propose(who, draft, purpose=purpose_of(request), replaces=number)
    except NotTaken as refused:
        return _shown(request, room, draft, law, replaces, Examined(draft, None, None), refused=refused.code)
    if isinstance(found, Proposal):
        return redirect("practice_proposal", number=found.number)
    return _shown(request, room, draft, law, replaces, found)


def _shown(
    request: HttpRequest,
    room: Room,
    draft: Draft,
    law: Law,
    replaces: str,
    found: Examined,
    *,
    refused: str = "",
) -> HttpResponse:
    fields = tuple(
        _fields(draft, law, {name: said.problem(name, one) for name, one in found.problems.items()})
    )
    part = _PARTS[draft.part]
    checked = found.amendment is not None and not found.problems
    page = FormPage(
        room=room,
        part=draft.part,
        code=draft.code,
        pack=draft.pack,
        replaces=replaces,
        title=_title(part, draft.code, law),
        heading=said.PARTS[part],
        stands=_stands(part, draft, law),
        fields=fields,
        problems=problems_of(fields),
        before=said.side(found.amendment, found.before) if checked and found.amendment else None,
        after=said.side(found.amendment, found.after) if checked and found.amendment else None,
        warnings=tuple(f"{one.origin}: {one.what}" for one in found.warnings),
        refused=str(said.REFUSED.get(refused, "")) if refused else "",
    )
    return render(request, "law/practice/form.html", {"page": page}, status=400 if found.problems else 200)


def _begun(who: Who, part: str, code: str, pack: str, law: Law, replaces: str, looked_at: Purpose) -> Draft:
    """An empty form; with what was proposed before, where that is corrected."""
    earlier = None
    if replaces.isascii() and replaces.isdigit():
        earlier = seen(who, int(replaces), purpose=looked_at)
    own = law.languages[0]
    if earlier is None or earlier.proposal.amendment.code != code:
        sop = next((one for one in law.sops if one.code == code), None)
        if sop is None or sop.period is None:
            return Draft(pack, part, code)
        counting = Counting.REG_1182_71 if sop.period.counting is Counting.REG_1182_71 else Counting.PLAIN
        return Draft(pack, part, code, unit=sop.period.unit.value, counting=counting.value)
    given = earlier.proposal.amendment
    texts, basis = dict(given.texts), dict(given.basis)
    language = next(iter(texts), ENGLISH) if given.part is Part.TEXT else ENGLISH
    return Draft(
        pack,
        part,
        code,
        field=given.field,
        language=language,
        amount="" if given.amount is None else str(given.amount),
        unit=Unit.WORKING_DAYS.value if given.unit is None else given.unit.value,
        counting=Counting.PLAIN.value if given.counting is None else given.counting.value,
        text=texts.get(language, ""),
        own="" if own == ENGLISH else texts.get(own, ""),
        basis=basis.get(ENGLISH, ""),
        basis_own="" if own == ENGLISH else basis.get(own, ""),
        why=earlier.proposal.why,
        valid_from=earlier.proposal.valid_from.isoformat(),
    )


def _typed(sent: QueryDict, part: str, code: str, pack: str) -> Draft:
    def one(name: str, longest: int = LONGEST_TEXT + 1) -> str:
        return sent.get(name, "").replace("\0", "")[:longest]

    return Draft(
        pack,
        part,
        code,
        field=one("field"),
        language=one("language") or ENGLISH,
        amount=one("amount", 12),
        unit=one("unit", 20),
        counting=one("counting", 20),
        text=one("text"),
        own=one("own"),
        basis=one("basis"),
        basis_own=one("basis_own"),
        why=one("why", LONGEST_WHY + 1),
        valid_from=typed_time(sent, "valid_from").first.text,
    )


def _fields(draft: Draft, law: Law, wrong: Mapping[str, SafeString | str]) -> Iterator[Field]:
    part, own = _PARTS[draft.part], law.languages[0]
    if part is Part.NUMBER:
        yield from _number(draft, wrong)
    elif part is Part.OWNER:
        name = _("Name of the agency, in English")
        yield Field("text", name, value=draft.text, problem=wrong.get("text", ""), longest=LONGEST_TEXT)
        if own != ENGLISH:
            yield _own("own", _("Name of the agency"), draft.own, own, wrong)
    else:
        yield from _plain_words(draft, law, wrong)
    if part is not Part.TEXT:
        yield Field(
            "basis",
            _("By whose decision, or on what it rests, in English"),
            hint=_(
                "For example the order of a ministry with its number. It is shown beside the number or the name."
            ),
            value=draft.basis,
            problem=wrong.get("basis", ""),
            longest=LONGEST_TEXT,
        )
        if own != ENGLISH:
            yield _own("basis_own", _("By whose decision, or on what it rests"), draft.basis_own, own, wrong)
    yield Field(
        "valid_from",
        _("From which day it is to hold"),
        kind=FieldKind.DATE,
        hint=_("Today or later. What was done before is measured by what held then."),
        typed=TypedTime(_day(draft.valid_from)),
        problem=wrong.get("valid_from", ""),
    )
    yield Field(
        "why",
        _("Why"),
        kind=FieldKind.LONG_TEXT,
        hint=_("For the second person, and for whoever reads this later. Never write about a child here."),
        value=draft.why,
        problem=wrong.get("why", ""),
        longest=LONGEST_WHY,
    )


def _number(draft: Draft, wrong: Mapping[str, SafeString | str]) -> Iterator[Field]:
    yield Field(
        "amount",
        _("The new number"),
        kind=FieldKind.NUMBER,
        hint=_("Leave it empty to set no number: the words of the law then stand alone."),
        value=draft.amount,
        problem=wrong.get("amount", ""),
        optional=True,
    )
    units = tuple(Option(unit.value, text, unit.value == draft.unit) for unit, text in said.UNITS.items())
    yield Field("unit", _("Unit"), kind=FieldKind.SELECT, options=units, problem=wrong.get("unit", ""))
    countings = tuple(
        Option(one.value, text, one.value == draft.counting) for one, text in said.COUNTINGS.items()
    )
    yield Field("counting", _("How it is counted"), kind=FieldKind.SELECT, options=countings)


def _plain_words(draft: Draft, law: Law, wrong: Mapping[str, SafeString | str]) -> Iterator[Field]:
    whom = tuple(Option(name, said.FIELDS[name], name == draft.field) for name in FIELDS)
    yield Field("field", _("For whom"), kind=FieldKind.SELECT, options=whom, problem=wrong.get("field", ""))
    languages = tuple(dict.fromkeys((ENGLISH, *law.languages)))
    options = tuple(Option(code, wording.language(code), code == draft.language) for code in languages)
    yield Field(
        "language", _("Language"), kind=FieldKind.SELECT, options=options, problem=wrong.get("language", "")
    )
    yield Field(
        "text",
        _("The new words"),
        kind=FieldKind.LONG_TEXT,
        hint=_("Say what adults must do. Short sentences; no number of days that the law does not name."),
        value=draft.text,
        problem=wrong.get("text", ""),
        longest=LONGEST_TEXT,
    )


def _own(name: str, label: str, value: str, language: str, wrong: Mapping[str, SafeString | str]) -> Field:
    """The same in the language of the country."""
    named = _("{what}, in the language of the country ({language})").format(
        what=label, language=wording.language(language)
    )
    return Field(name, named, value=value, problem=wrong.get(name, ""), optional=True, longest=LONGEST_TEXT)


def _day(iso: str) -> TypedDay:
    year, month, day = (*iso.split("-"), "", "", "")[:3]
    return TypedDay(day.lstrip("0"), month.lstrip("0"), year)


def _stands(part: Part, draft: Draft, law: Law) -> said.Side | None:
    """What holds now; of plain words each that there is."""
    if part is Part.TEXT:
        pairs = [
            (said.FIELDS[name], said.every_language(texts))
            for name in FIELDS
            if (texts := words_of_rule(law, draft.code, name)) is not None
        ]
        parts = "".join(filled("<dt>{}</dt><dd>{}</dd>", name, text) for name, text in pairs)
        return said.Side(SafeString(f'<dl class="plain">{parts}</dl>'), "", "")
    return said.side(Amendment(part, draft.code), law)


def _title(part: Part, code: str, law: Law) -> SafeString:
    if part is Part.TEXT:
        return filled('<span class="code">{}</span> {}', code, said.rule_title(code, law))
    return said.title(Amendment(part, code), law)


def _codes(part: Part, law: Law) -> Iterator[tuple[str, str]]:
    yield from {Part.NUMBER: _numbers, Part.OWNER: _roles, Part.TEXT: _rules}[part](law)


def _numbers(law: Law) -> Iterator[tuple[str, str]]:
    for sop in law.sops:
        yield sop.code, words.told(sop.title)


def _roles(law: Law) -> Iterator[tuple[str, str]]:
    roles = {rule.owner for rule in law.duties} | {owner.role for owner in law.owners}
    for role in sorted(roles, key=lambda one: wording.titled(one.value)):
        yield role.value, _role(role, law)


def _role(role: Role, law: Law) -> str:
    owner = law.owner(role)
    if owner is None:
        return wording.titled(role.value)
    return f"{wording.titled(role.value)} ({words.told(owner.agency)})"


def _rules(law: Law) -> Iterator[tuple[str, str]]:
    titles = {code: words.told(title) for code, title in said.rule_titles(law).items()}
    for saying in law.sayings:
        if saying.code in titles:
            yield saying.code, f"{saying.code} {titles[saying.code]}"


def _select(label: str, codes: Iterator[tuple[str, str]]) -> Field:
    return Field("code", label, kind=FieldKind.SELECT, options=tuple(Option(*pair) for pair in codes))


def _country(pack: str) -> str:
    return str(wording.COUNTRIES.get(pack, pack))
