"""One question to the site, over HTTP and the real database: what came back, what the journal has of it, what is wrong."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from uuid import uuid4

import psycopg
from django.http import HttpResponse

from tests.web.access.table import HIDDEN, PURPOSES, Answer, Expected, Row, ends_of, expected
from tests.web.access.world import Actor

NOWHERE = "0000-0000"
"""A number that no record has: it has no sign that numbers are made of twice eight times in a row."""
_SIGN = re.compile(r"zq([mflhraxvi])(\d+)x")
_PASSING = re.compile(
    r'name="(?:csrfmiddlewaretoken|token|form_mark|form)" value="[^"]*"|nonce(?:="|-|:inherited=")[^"\']*["\']|'
    r'value="[^"]*" name="(?:csrfmiddlewaretoken|token)"'
)
_THING = re.compile(r"<(?:\w+:)?(\w+)>")
_OF_RECORD = {"number", "concern"}
_NAMED = {
    "fact": "fact told",
    "meeting": "meeting",
    "request_id": "request",
    "sent": "request",
    "code": "D01",
    "slug": "tasks-stated",
    "act": "answered",
}


@dataclass(frozen=True)
class Entry:
    """What the journal has of it."""

    kind: str
    actor: str
    role: str | None
    purpose: str | None
    legal_basis: str | None
    groups: frozenset[str]
    of_record: bool


@dataclass(frozen=True)
class Probe:
    """One question. `faults`: what is not as the table says, in words; `leaked`: whether something closed was told."""

    row: Row
    method: str
    actor: Actor
    expected: Expected
    status: int
    found: frozenset[str]
    entries: tuple[Entry, ...]
    faults: tuple[str, ...]
    leaked: bool

    def __str__(self) -> str:
        return f"{self.actor.name}: {self.method} {self.row.name} -> {self.status}: {'; '.join(self.faults)}"


class Prober:
    """Asks, and reads the journal as the keeper of the database."""

    def __init__(self, keeper: "psycopg.Connection[tuple[object, ...]]") -> None:
        self._keeper = keeper
        self._last = self._newest()

    def ask(self, row: Row, method: str, actor: Actor, *, says: Expected | None = None) -> Probe:
        """The question and what is wrong with its answer. `says`: in place of the table, to plant a fault in it."""
        says = says or expected(row, method, actor.role, actor.standing, actor.end)
        answer = sent(row, method, actor, number=actor.record.number)
        entries = self._entries(actor)
        found, others = _signs(answer, row, actor)
        faults = list(_faults(row, method, actor, says, answer, found, entries))
        leaks = found - says.open if says.answer in (Answer.OPEN, Answer.EITHER) else found
        leaked = bool(leaks or others)
        if leaked:
            faults.append(f"tells of {''.join(sorted(leaks))}{' and of other records' if others else ''}")
        if says.answer is Answer.ABSENT and not leaked:
            differences = _differences(answer, _absent(row, method, actor))
            if differences:  # a session is saved anew now and then: what is told by chance is not told twice
                again = _absent(row, method, actor)
                differences = _differences(sent(row, method, actor, number=actor.record.number), again)
            faults, leaked = [*faults, *differences], bool(differences)
            self.skip()
        return Probe(row, method, actor, says, answer.status_code, found, entries, tuple(faults), leaked)

    def skip(self) -> None:
        """What the journal has by now belongs to no question."""
        self._last = self._newest()

    def _newest(self) -> int:
        row = self._keeper.execute("SELECT coalesce(max(id), 0) FROM journal_leaf").fetchone()
        return int(str(row[0])) if row else 0

    def _entries(self, actor: Actor) -> tuple[Entry, ...]:
        before, self._last = self._last, self._newest()
        found = self._keeper.execute(_ENTRIES, (before, self._last, actor.staff.agency)).fetchall()
        return tuple(
            Entry(kind, who, role, purpose, basis, frozenset(groups), of)  # type: ignore[arg-type]  # as selected
            for kind, who, role, purpose, basis, groups, of in found
        )


def sent(
    row: Row, method: str, actor: Actor, *, number: str, thing: str = "", more: str = ""
) -> HttpResponse:
    """What is answered to that question about the record of that number."""
    address = _address(row, actor, number=number, thing=thing) + more
    words = {"number": number, "name": f"zqm{actor.record.sign}xname", "nobody": str(uuid4())}
    if not row.api:
        typed = {name: value.format(**words) for name, value in row.form.items()}
        return _asked(actor, method, address, data=typed if method == "POST" else None)
    headers = {
        "Authorization": f"Bearer {actor.secret}",
        "Encircle-Purpose": _purpose(row, method),
        "Idempotency-Key": str(uuid4()),
        "If-Match": f'"{words["nobody"]}"' if row.stale else "*",
    }
    if len(ends_of(actor.role, actor.standing)) > 1:
        headers["Encircle-Visit"] = actor.end
    body = json.dumps(row.json)
    for name, value in words.items():
        body = body.replace(f"{{{name}}}", value)
    given = {"data": body, "content_type": "application/json"} if method == "POST" else {}
    return _asked(actor, method, address, headers=headers, **given)


def _asked(actor: Actor, method: str, address: str, **more: object) -> HttpResponse:
    answer: HttpResponse = getattr(actor.client, method.lower())(address, **more)
    return answer


def _purpose(row: Row, method: str) -> str:
    offered = row.offered.get("GET" if method == "HEAD" else method)
    letter = offered or next(iter(row.offered.values()), "R")
    return "own_duties" if row.about == "own" and letter == "W" else PURPOSES[letter].value


def _address(row: Row, actor: Actor, *, number: str, thing: str = "") -> str:
    def named(match: re.Match[str]) -> str:
        name = match[1]
        if name in _OF_RECORD:
            return number
        if name in row.things:
            return row.things[name].format(nobody=thing or uuid4())
        called = _NAMED.get(name, name)
        if thing:
            return "D99" if name == "code" else thing
        return actor.record.things.get(called, called if name in _NAMED else str(uuid4()))

    return f"/{'api/v1/' if row.api else ''}{_THING.sub(named, row.route)}"


def _absent(row: Row, method: str, actor: Actor) -> HttpResponse:
    """The same question of a record that is not there; of one that may be known, of a thing that is not on it."""
    if actor.standing in HIDDEN or (row.api and actor.standing == "emergency"):
        return sent(row, method, actor, number=NOWHERE)
    return sent(row, method, actor, number=actor.record.number, thing=str(uuid4()))


def _signs(answer: HttpResponse, row: Row, actor: Actor) -> tuple[frozenset[str], bool]:
    """Of which parts of the record words stand there, and whether words of others do."""
    text = answer.content.decode("utf-8", "replace") + str(dict(answer.headers))
    found = {(letter.upper(), int(number)) for letter, number in _SIGN.findall(text)}
    if row.repeats and actor.record.number not in text:
        found -= {("M", actor.record.sign)}
    own = frozenset(letter for letter, number in found if number == actor.record.sign)
    return own, any(number not in (actor.record.sign, actor.elsewhere) for _letter, number in found)


def _asked_for(answer: HttpResponse) -> list[str]:
    """The parts of the address that was asked: a page may repeat them."""
    return [part for part in answer.request["PATH_INFO"].split("/") if part.count("-") in (1, 4)]


def masked(answer: HttpResponse, *numbers: str) -> tuple[int, bytes, dict[str, str]]:
    """What was answered, without what differs between any two answers, and without these numbers."""
    text = _PASSING.sub("", answer.content.decode("utf-8", "replace"))
    headers = {name: _PASSING.sub("", value + '"') for name, value in answer.headers.items()}
    for number in numbers:
        text = text.replace(number, "?")
        headers = {name: value.replace(number, "?") for name, value in headers.items()}
    headers.pop("Content-Length", None)
    return answer.status_code, text.encode(), headers


def _differences(answer: HttpResponse, absent: HttpResponse) -> list[str]:
    status, body, headers = masked(answer, *_asked_for(answer))
    other, bare, others = masked(absent, *_asked_for(absent))
    where = [name for name in sorted({*headers, *others}) if headers.get(name) != others.get(name)]
    where += ["status"] * (status != other) + ["body"] * (body != bare)
    return [f"is not answered as what is not there ({other}): {', '.join(where)}"] if where else []


def _faults(
    row: Row,
    method: str,
    actor: Actor,
    says: Expected,
    answer: HttpResponse,
    found: frozenset[str],
    entries: tuple[Entry, ...],
) -> Iterator[str]:
    status = answer.status_code
    if status >= 500:
        yield "fails"
    yield from _OTHERWISE[says.answer](row, status)
    missing = says.parts - found if says.answer is Answer.OPEN and method != "HEAD" else frozenset[str]()
    if missing and status == 200:
        yield f"leaves out {''.join(sorted(missing))}"
    yield from _unwritten(row, method, actor, says, status, entries, found)


def _opened(row: Row, status: int) -> Iterator[str]:
    if status not in (200, 302) and not row.maybe:
        yield "is refused, where the table opens it"


def _taken_or_not(row: Row, status: int) -> Iterator[str]:
    if status == 404 and not row.maybe:
        yield "is not there, where the table opens it"


def _refused(row: Row, status: int) -> Iterator[str]:
    if status not in ((403, 404) if row.about == "own" else (403,)):
        yield "is not refused with a reason"


def _not_offered(row: Row, status: int) -> Iterator[str]:
    if status != 405:
        yield "is offered by a method that is not in the table"


def _as_it_may(row: Row, status: int) -> Iterator[str]:
    """What it tells is looked at, not how."""
    yield from ()


def _as_absent(row: Row, status: int) -> Iterator[str]:
    """Compared with what is not there, byte by byte."""
    yield from ()


_OTHERWISE: Mapping[Answer, Callable[[Row, int], Iterator[str]]] = {
    Answer.OPEN: _opened,
    Answer.EITHER: _taken_or_not,
    Answer.NOTHING: _as_it_may,
    Answer.REFUSED: _refused,
    Answer.NOT_OFFERED: _not_offered,
    Answer.ABSENT: _as_absent,
}


def _unwritten(
    row: Row,
    method: str,
    actor: Actor,
    says: Expected,
    status: int,
    entries: tuple[Entry, ...],
    found: frozenset[str],
) -> Iterator[str]:
    """What the journal should have of it, and has not."""
    if row.about not in ("record", "lists") or says.answer is Answer.NOT_OFFERED:
        return
    refused = status in (403, 404) and not row.unless and says.answer in (Answer.REFUSED, Answer.ABSENT)
    told = bool(found) or (says.answer is Answer.OPEN and row.about == "record" and status == 200)
    if not refused and not told:
        return
    kinds = {"refusal"} if refused and not found else {"look", "write", "search"}
    fitting = [one for one in entries if one.kind in kinds and _is_of(one, actor, _purpose(row, method))]
    if not fitting and refused and _thing_is_closed(row, says, actor):
        fitting = [one for one in entries if one.kind == "look"]
    if not fitting:
        yield f"is not in the journal ({', '.join(sorted({one.kind for one in entries})) or 'nothing'})"
    elif told and not found <= {group for one in fitting for group in one.groups}:
        yield "is in the journal without the parts that were shown"
    elif told and not all(one.legal_basis for one in fitting):
        yield "is in the journal without a legal basis"


def _is_of(entry: Entry, actor: Actor, purpose: str) -> bool:
    who = entry.actor == actor.staff.person or entry.actor.startswith("token:")
    return who and entry.role == actor.role.value and entry.purpose == purpose


def _thing_is_closed(row: Row, says: Expected, actor: Actor) -> bool:
    """A thing that is not there, on a record that may be known: the record was looked at."""
    return says.answer is Answer.ABSENT and actor.standing not in HIDDEN and bool(row.of or row.unless)


_ENTRIES = """
    SELECT entry.kind, entry.actor, entry.role, entry.purpose, entry.legal_basis, entry.field_groups,
           entry.root_id IS NOT NULL
      FROM journal_leaf AS leaf JOIN journal_entry AS entry ON entry.id = leaf.entry
     WHERE leaf.id > %s AND leaf.id <= %s AND entry.agency_id = %s
"""
