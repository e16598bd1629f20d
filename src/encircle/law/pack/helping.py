"""Helping: from the folder `help/` of packs to what a door says. Reads files; knows no child.

The highest pack that names an emergency number or a duty of the reader is heard; services and texts are those of all packs,
an upper one in the place of a lower one of the same code. Each text is said in other languages by the phrases of these packs.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from encircle.law.help import (
    READERS,
    Emergency,
    Help,
    Need,
    ReadersDuty,
    Rest,
    Seen,
    Service,
    Told,
    Topic,
    Way,
)
from encircle.law.origin import Origin
from encircle.law.pack.head import Head
from encircle.law.pack.layer import names_in
from encircle.law.pack.phrase import Phrasebook
from encircle.law.pack.problem import Problems, meant
from encircle.law.pack.read import read_file
from encircle.law.pack.shape import HELP_FOLDER
from encircle.law.pack.shelf import Shelf
from encircle.law.pack.take import Take
from encircle.law.pack.tree import Fields, Leaf
from encircle.law.texts import Texts

_PARTS = ("emergency", "duty", "services", "acts", "told")
_NUMBER = re.compile(r"\+?[0-9](?:[0-9 ]{0,18}[0-9])?")
_PAGE = re.compile(r"https?://[^\s\"'<>]+")
_MAIL = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+\.[a-z]+")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_CODE = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_SERVICE = (
    *("code", "name", "says", "number", "mail", "page", "hours", "always", "languages", "ways", "needs"),
    *("free", "anonymous", "keeps_picture", "places", "tells", "seen"),
)
_Coded = TypeVar("_Coded", Service, Told)


def has_help(folder: Path, chain: tuple[Head, ...]) -> bool:
    """Whether any pack of that chain says anything at a door."""
    return any((folder / head.pack / HELP_FOLDER).is_dir() for head in chain)


def help_in(folder: Path, chain: tuple[Head, ...]) -> Help:
    """What the door of the last pack of that chain says. Refuses: files with any problem (BadPack, which lists all)."""
    problems, read = Problems(), _Read()
    book = Shelf(folder).phrasebook(chain)
    for head in chain:
        _Pack(read, problems, book).take(folder, head.pack)
    name = f"{folder.name}/{chain[-1].pack}"
    for part, found in (("emergency", read.emergency), ("duty", read.duty)):
        if found is None:
            problems.add(
                Origin(f"{name}/{HELP_FOLDER}", 1), f"no pack of this country names {part!r}. Add it."
            )
    problems.stop_if_any(name)
    return Help(
        pack=chain[-1].pack,
        emergency=read.emergency or _NO_NUMBER,
        duty=read.duty or _NO_DUTY,
        services=tuple(read.services.values()),
        told=tuple(read.told.values()),
    )


_NOWHERE = Origin("", 0)
_NO_NUMBER = Emergency("", False, (), _NOWHERE)
_NO_DUTY = ReadersDuty(Texts.english(""), Texts.english(""), Texts.english(""), "", (), _NOWHERE)
"""Harmless stand-ins: a pack that lacks them was refused above."""


@dataclass(slots=True)
class _Read:
    """What the packs have said so far."""

    emergency: Emergency | None = None
    duty: ReadersDuty | None = None
    services: dict[str, Service] = field(default_factory=dict)
    told: dict[str, Told] = field(default_factory=dict)
    acts: dict[str, tuple[Texts, Seen]] = field(default_factory=dict)


class _Pack:
    """Takes what one pack says; notes what is wrong."""

    def __init__(self, read: _Read, problems: Problems, book: Phrasebook) -> None:
        self._read = read
        self._book = book
        self._problems = problems
        self._take = Take(problems)

    def take(self, folder: Path, pack: str) -> None:
        """Lay the files of that pack over what was read."""
        bodies = tuple(self._bodies(folder, pack))
        for body in bodies:
            self._acts(body)
        services = [self._service(one) for body in bodies for one in self._take.each(body, "services")]
        told = [self._told(one) for body in bodies for one in self._take.each(body, "told")]
        self._read.services = {**self._once(services), **_others(self._read.services, services)}
        self._read.told = {**self._read.told, **self._once(told)}
        for body in bodies:
            self._single(body)

    def _bodies(self, folder: Path, pack: str) -> Iterable[Fields]:
        for file in sorted((folder / pack / HELP_FOLDER).glob("*")):
            name = f"{folder.name}/{pack}/{HELP_FOLDER}/{file.name}"
            if file.suffix != ".yaml":
                self._problems.add(
                    Origin(name, 1), "not a .yaml file. Expected files that end in .yaml here."
                )
                continue
            tree = read_file(file, name=name, problems=self._problems)
            if isinstance(tree, Fields):
                self._take.only(tree, _PARTS)
                yield self._book.said(tree)
            elif tree is not None:
                self._problems.add(tree.origin, f"expected named fields: {', '.join(_PARTS)}.")

    def _single(self, body: Fields) -> None:
        """What a country says once: its emergency number, and the duty of the reader."""
        emergency, duty = body.fields.get("emergency"), body.fields.get("duty")
        if isinstance(emergency, Fields):
            self._take.only(emergency, ("number", "free", "seen"))
            number, free = self._number(emergency, needed=True), self._take.truth(emergency, "free")
            self._read.emergency = Emergency(number, free, self._seen(emergency), emergency.origin)
        if isinstance(duty, Fields):
            take = self._take
            take.only(duty, ("child", "adult", "act", "at", "seen"))
            child, adult, act = (take.texts(duty, name) for name in ("child", "adult", "act"))
            at = take.word(duty, "at")
            self._read.duty = ReadersDuty(child, adult, act, at, self._seen(duty), duty.origin)

    def _service(self, body: Fields) -> Service:
        take = self._take
        take.only(body, _SERVICE)
        made = Service(
            code=self._code(body),
            name=take.texts(body, "name"),
            says=take.texts(body, "says"),
            number=self._number(body),
            mail=self._matching(body, "mail", _MAIL, "an address such as help@example.org"),
            page=self._matching(body, "page", _PAGE, "an address such as https://example.org"),
            hours=take.maybe_texts(body, "hours"),
            always=take.truth(body, "always"),
            languages=self._words(body, "languages", _LANGUAGE),
            ways=take.choices(body, "ways", Way),
            needs=take.choices(body, "needs", Need),
            free=take.truth(body, "free"),
            anonymous=take.truth(body, "anonymous"),
            keeps_picture=take.truth(body, "keeps_picture"),
            places=self._words(body, "places", None),
            tells=take.maybe_texts(body, "tells"),
            seen=self._seen(body),
            origin=body.origin,
        )
        self._check(made, body)
        return made

    def _check(self, made: Service, body: Fields) -> None:
        if not (made.number or made.mail or made.page or Way.VISIT in made.ways):
            self._problems.add(
                body.origin, "nobody could reach it. Add a number, a mail, a page, or the way visit."
            )
        if made.always and made.hours is not None:
            self._problems.add(body.place("hours"), "hours and always. Keep one: always means day and night.")
        if not made.needs:
            self._problems.add(body.place("needs"), f"needs: say what it is for. {meant('', list(Need))}")
        if {Way.CALL, Way.MESSAGE} & made.ways and not made.number:
            self._problems.add(body.place("ways"), "ways: a call or message needs a number. Add it.")

    def _told(self, body: Fields) -> Told:
        take = self._take
        take.only(body, ("code", "topic", "rests", *READERS))
        return Told(
            code=self._code(body),
            topic=take.choice(body, "topic", Topic),
            words={reader: take.texts(body, reader) for reader in READERS},
            rests=tuple(self._rests(body)),
            origin=body.origin,
        )

    def _rests(self, body: Fields) -> Iterable[Rest]:
        given = self._take.each(body, "rests")
        if not given:
            self._problems.add(
                body.place("rests"), 'rests: name the right that it rests on, such as {act: CRC, at: "12"}.'
            )
        for one in given:
            self._take.only(one, ("act", "at"))
            code, at = self._take.word(one, "act"), self._take.word(one, "at")
            if code in self._read.acts:
                act, seen = self._read.acts[code]
                yield Rest(code, act, at, seen)
            else:
                known = meant(code, self._read.acts)
                self._problems.add(one.place("act"), f"act {code!r} is not among 'acts' here. {known}")

    def _acts(self, body: Fields) -> None:
        for one in self._take.each(body, "acts"):
            self._take.only(one, ("code", "title", "seen"))
            code, title, seen = self._take.word(one, "code"), self._take.texts(one, "title"), self._seen(one)
            if seen:
                self._read.acts[code] = title, seen[0]

    def _seen(self, body: Fields) -> tuple[Seen, ...]:
        given = self._take.each(body, "seen")
        if not given:
            self._problems.add(
                body.origin, "'seen' is missing. Name the page that says it, with 'read' and 'checked'."
            )
        return tuple(self._page(one) for one in given)

    def _page(self, body: Fields) -> Seen:
        take = self._take
        take.only(body, ("page", "read", "checked", "of"))
        for name in ("read", "checked"):
            if name not in body.fields:
                self._problems.add(body.origin, f"{name!r} is missing. Write the day, or null if nobody did.")
        page = self._matching(body, "page", _PAGE, "the address of the page", needed=True)
        read, checked = take.maybe_day(body, "read"), take.maybe_day(body, "checked")
        if read is None and checked is not None:
            self._problems.add(
                body.place("checked"), "checked, and never read. Read the page, or write null."
            )
        if read is not None and checked is None:
            self._problems.add(
                body.place("checked"), "read, and never checked. Write the day it was looked at last."
            )
        return Seen(page, read, checked, take.maybe_word(body, "of") or "", body.origin)

    def _code(self, body: Fields) -> str:
        return self._matching(body, "code", _CODE, "a code such as child_helpline", needed=True)

    def _number(self, body: Fields, *, needed: bool = False) -> str:
        return self._matching(
            body, "number", _NUMBER, "a telephone number such as 116 111, in quotes", needed=needed
        )

    def _matching(
        self, body: Fields, name: str, shape: re.Pattern[str], expected: str, *, needed: bool = False
    ) -> str:
        said = (self._take.word(body, name) if needed else self._take.maybe_word(body, name)) or ""
        if said and shape.fullmatch(said) is None:
            self._problems.add(body.place(name), f"{name} {said!r}: expected {expected}.")
        return said

    def _words(self, body: Fields, name: str, shape: re.Pattern[str] | None) -> tuple[str, ...]:
        value = body.fields.get(name)
        if value is None or (isinstance(value, Leaf) and value.text is None):
            return ()
        found = names_in(value)
        for word, origin in found:
            if shape is not None and shape.fullmatch(word) is None:
                self._problems.add(origin, f"{name}: {word!r} is no language. Expected et, ru, ar ...")
        return tuple(word for word, _ in found)

    def _once(self, entries: list[_Coded]) -> dict[str, _Coded]:
        found: dict[str, _Coded] = {}
        for one in entries:
            if one.code in found:
                first = found[one.code].origin
                self._problems.add(one.origin, f"{one.code!r} stands twice; first in {first}. Keep one.")
            found[one.code] = one
        return found


def _others(below: dict[str, Service], above: list[Service]) -> dict[str, Service]:
    codes = {one.code for one in above}
    return {code: one for code, one in below.items() if code not in codes}
