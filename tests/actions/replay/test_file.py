"""Reading a replay file: what is right is taken as written; what is wrong is told with line, field and expectation."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from encircle.actions.replay.file import MOST_FACTS, read_replay
from encircle.vocabulary.certainty import Certainty
from encircle.vocabulary.fact import Fact, Learnt
from encircle.vocabulary.facts.age import AgeClaimed
from encircle.vocabulary.identifier import AgencyId, FactId, RootId
from encircle.vocabulary.moment import parse_span
from encircle.vocabulary.refusal import BadInput
from tests.actions.replay.world import GIRL, entry, line_of, problems, read, with_facts


def test_a_fact_is_taken_as_it_is_written(tmp_path: Path) -> None:
    case = read(tmp_path, GIRL)
    span = parse_span("2026-03-02T23:10", "Europe/Tallinn")
    assert case.facts[0] == Fact(
        id=FactId("claim"),
        type="age_claimed",
        root=RootId("aino"),
        subject=None,
        happened=span,
        learnt=(Learnt(AgencyId("dmitri"), span.earliest),),
        recorded=datetime(2026, 3, 2, 21, 10, tzinfo=UTC),
        agency=AgencyId("dmitri"),
        said_by="child",
        certainty=Certainty.REPORTED,
        payload=AgeClaimed(claimed_child=True, claimed_years=15),
    )
    assert (case.name, case.country, case.zone, dict(case.children)) == (
        "girl",
        "ee",
        "Europe/Tallinn",
        {"aino": "Aino", "sister": "The sister"},
    )


def test_what_is_left_out_has_its_documented_default(tmp_path: Path) -> None:
    claim, alone, guardian = read(tmp_path, GIRL).facts
    assert {one.agency: f"{one.at:%Y-%m-%dT%H:%M}" for one in alone.learnt} == {
        "dmitri": "2026-03-01T22:00",
        "carla": "2026-03-04T22:00",
    }
    assert f"{alone.recorded:%Y-%m-%dT%H:%M}" == "2026-03-04T22:00"
    assert guardian.learnt == (Learnt(AgencyId("carla"), guardian.happened.earliest),)
    assert guardian.recorded == guardian.happened.latest
    assert (guardian.subject, claim.subject) == ("guardian-1", None)


SPOILED = [
    ("replay: 1", "replay: 2", "replay: expected the format number 1."),
    ("country: ee", "country: ", "country: missing. Expected a text."),
    ("country: ee", "cuntry: ee", "cuntry: no such field here. Did you mean 'country'?"),
    (
        "zone: Europe/Tallinn",
        "zone: Tallinn",
        "zone: Got time zone 'Tallinn'. Expected a name such as Europe/Tallinn.",
    ),
    ("role: police}", "role: polise}", "role: got 'polise'. Did you mean 'police'?"),
    ("id: claim", 'id: ""', "id: missing. Expected a text."),
    ("id: alone", "id: claim", "id: 'claim' stands twice; first on line 14."),
    ("child: aino", "child: ann", "child: got 'ann'. Expected one of aino, sister."),
    (
        "type: age_claimed",
        "type: age_claims",
        "type: no such type of fact: 'age_claims'. Did you mean 'age_claimed'?",
    ),
    (
        "2026-03-02T23:10",
        "2026-13-02",
        "happened: Got '2026-13-02': month must be in 1..12. Expected a date and time that exist.",
    ),
    (
        "2026-03-02T23:10",
        "yesterday",
        "happened: Got 'yesterday', which is not a time. "
        "Expected 2009, 2009-05, 2009-05-06, 2009-05-06T23, 2009-05-06T23:00 or 1994/1996.",
    ),
    ("source: carla", "source: eva", "source: got 'eva'. Expected one of carla, dmitri."),
    ("said_by: child", "said_buy: child", "said_buy: no such field here. Did you mean 'said_by'?"),
    (
        "learnt: {dmitri: 2026-03-02, carla: 2026-03-05}",
        "learnt: {dmitri: 2026-03-01}",
        "dmitri: learnt: lies before it happened (2026-03-02). Nobody learns what is still to come.",
    ),
    (
        "learnt: {dmitri: 2026-03-02, carla: 2026-03-05}",
        "learnt: {eva: 2026-03-05}",
        "eva: learnt: no such agency. Expected one of carla, dmitri.",
    ),
    (
        "learnt: {dmitri: 2026-03-02, carla: 2026-03-05}",
        "learnt: dmitri",
        "learnt: expected agencies with times, such as {police: 2018-10-25}.",
    ),
    (
        "learnt: {dmitri: 2026-03-02, carla: 2026-03-05}",
        "recorded: 2026-03-01",
        "recorded: lies before it happened (2026-03-02). A fact is recorded after it happened.",
    ),
    (
        "claimed_years: 15",
        "claimed_years: --3",
        "payload, claimed_years: got '--3'. Expected a whole number.",
    ),
    (
        "claimed_child: true",
        "claimed_child: yes",
        "payload, claimed_child: got 'yes'. Expected true or false.",
    ),
    ("capacity: guardian", "capacity: {a: b}", "payload, capacity: expected one value or a list of words."),
    (
        "payload: {capacity: guardian}",
        "payload: guardian",
        "payload: expected named fields, as docs/developer/facts.md lists them.",
    ),
]


@pytest.mark.parametrize(("right", "wrong", "told"), SPOILED, ids=[wrong for _, wrong, _ in SPOILED])
def test_a_spoiled_line_is_told_with_its_line_and_what_was_expected(
    tmp_path: Path, right: str, wrong: str, told: str
) -> None:
    line = line_of(GIRL, right) if wrong != "country: " else 3
    text = GIRL.replace(right, wrong, 1)
    if wrong == "cuntry: ee":
        assert problems(tmp_path, text) == [
            "girl.yaml:1: country: missing. Expected a text.",
            f"girl.yaml:3: {told}",
        ]
        return
    assert problems(tmp_path, text) == [f"girl.yaml:{line}: {told}"]


@pytest.mark.parametrize(
    ("fact", "told"),
    [
        (
            entry("guardian_appointed", "payload: {capacity: guardian, person: uncle}"),
            "payload, person: no person 'uncle' in this file. There are none.",
        ),
        (
            entry("consultation"),
            "type: no such type of fact: 'consultation'. Expected one of account_told, ",
        ),
        (
            entry("agency_consulted", "payload: {asked: school, answer: nothing_known}"),
            "payload, asked: no agency 'school' at the top of the file. Expected one of carla, dmitri.",
        ),
        (
            entry("age_claimed", "corrects: clam, payload: {claimed_child: true}"),
            "corrects: no fact 'clam' in this file. Did you mean 'claim'?",
        ),
        (
            entry("age_claimed", "corrects: bo, payload: {claimed_child: true}"),
            "corrects: 'bo' is a guardian_appointed; expected a fact of the same type, age_claimed.",
        ),
        (
            entry("age_claimed", "version_of: claim, payload: {claimed_child: true}", child="sister"),
            "version_of: 'claim' is about another child or concern.",
        ),
        (
            entry("age_claimed", "corrects: x, payload: {claimed_child: true}"),
            "corrects: a fact can't name itself.",
        ),
        (
            entry("age_claimed", "corrects: claim, payload: {claimed_child: true}", happened="2026-02"),
            "corrects: 'claim' was recorded later; a fact can speak only of one recorded before it.",
        ),
        (
            entry("withdrawal", "payload: {withdrawal_reasons: wrong}", happened="2026-04"),
            "withdraws: a fact of the type withdrawal names the fact that it withdraws, and no other type does.",
        ),
        (
            entry("age_claimed", "withdraws: claim, payload: {claimed_child: true}", happened="2026-04"),
            "withdraws: a fact of the type withdrawal names the fact that it withdraws, and no other type does.",
        ),
        (
            entry(
                "age_claimed",
                "corrects: claim, version_of: claim, payload: {claimed_child: true}",
                happened="2026-04",
            ),
            "corrects and version_of: a fact corrects, is a version, or withdraws: one of them.",
        ),
        (
            entry("same_child_stated", "payload: {other_record: nobody}", happened="2026-04"),
            "payload, other_record: no child or concern 'nobody' at the top of the file. Expected one of aino, call, sister.",
        ),
        (
            entry(
                "alarm_acknowledged",
                "payload: {prohibition: P9, done: Asked., by_fact: charge}",
                happened="2026-04",
            ),
            "payload, by_fact: no fact 'charge' in this file. Expected one of alone, bo, claim, x.",
        ),
        (
            entry("age_claimed", "concern: call, payload: {claimed_child: true}"),
            "child: expected one of child, concern and own, naming one of those at the top of the file.",
        ),
        (
            entry("placement_started", "payload: {placement_kind: castle}"),
            None,
        ),
        (
            entry("age_claimed", "payload: {claimed_child: true, years: 15}"),
            None,
        ),
        (entry("age_claimed"), None),
        ("just words", "facts: expected named fields, such as id: f1."),
    ],
)
def test_a_fact_that_names_nothing_or_says_nothing_is_told(
    tmp_path: Path, fact: str, told: str | None
) -> None:
    text = with_facts(fact)
    (line,) = problems(tmp_path, text)
    assert line.startswith(f"girl.yaml:{line_of(text, fact)}: {told or 'payload: '}")


def test_facts_that_name_each_other_in_a_circle_are_told(tmp_path: Path) -> None:
    one, other = (
        entry("age_claimed", f"corrects: {you}, payload: {{claimed_child: true}}", id_=me)
        for me, you in (("x", "y"), ("y", "x"))
    )
    circle = "corrects, version_of or withdraws: the facts name each other in a circle."
    text = with_facts(one, other)
    assert problems(tmp_path, text) == [f"girl.yaml:{line_of(text, e)}: {circle}" for e in (one, other)]


def test_a_fact_of_a_living_child_cannot_lie_before_its_birth(tmp_path: Path) -> None:
    born = entry(
        "date_of_birth_recorded",
        "payload: {date_of_birth: 2011-05, evidence: statement}",
        id_="born",
        happened="2026-03-02",
    )
    early = entry("missing_noticed", id_="early", happened="2011-04-30")
    text = with_facts(born, early)
    told = "happened: a missing_noticed lies before the child's earliest date of birth on record."
    assert problems(tmp_path, text) == [f"girl.yaml:{line_of(text, early)}: {told}"]
    assert read(tmp_path, with_facts(born, early.replace("2011-04-30", "2011-05"))).facts[-1].id == "early"


def test_everything_that_is_wrong_is_told_at_once_and_nothing_that_follows_from_it(tmp_path: Path) -> None:
    text = with_facts(
        "{id: a, child: aino, type: person_recorded, subject: uncle, happened: 2026-13, source: carla, payload: {}}",
        entry("guardian_appointed", "payload: {capacity: guardian, person: uncle}", id_="b"),
        entry(
            "age_claimed",
            "corrects: claim, payload: {claimed_child: true}",
            id_="c",
            happened="2026-03-09",
            source="eva",
        ),
        entry("age_claimed", "corrects: c, payload: {claimed_child: true}", id_="d", happened="2026-03-10"),
    )
    told = problems(tmp_path, text)
    assert [line.partition(": ")[2].partition(":")[0] for line in told] == ["happened", "payload", "source"]


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (
            rb'"Aino \ud83d"',
            "half of a character (a lone surrogate). Write the character itself.",
        ),
        (rb'"Aino \u0007"', "label: it holds a control character. Remove it."),
        (rb'"Aino \x9b"', "label: it holds a control character. Remove it."),
        (b'"Aino \x07"', "a character that is not text. Remove it."),
        (b'"Aino \xed\xa0\xbd"', "the file is not UTF-8 text. Save it as UTF-8."),
        (b"!!python/name:os.system x", "a tag"),
        (b"&a Aino", "an anchor or alias"),
    ],
)
def test_what_is_not_text_is_refused(tmp_path: Path, raw: bytes, told: str) -> None:
    path = tmp_path / "girl.yaml"
    path.write_bytes(GIRL.encode().replace(b'{label: "Aino"}', b"{label: " + raw + b"}"))
    with pytest.raises(BadInput) as refused:
        read_replay(path)
    assert told in refused.value.reason


@pytest.mark.parametrize("where", ["withdrawal_reasons", "note"])
def test_a_lone_surrogate_in_a_fact_is_refused_with_its_line(tmp_path: Path, where: str) -> None:
    reasons = r'"\udc00"' if where == "withdrawal_reasons" else "wrong"
    note = r'"\udc00"' if where == "note" else "remark"
    entry = (
        "{id: x, child: aino, type: withdrawal, happened: 2026-04, source: carla, withdraws: claim, "
        f"note: {note}, payload: {{withdrawal_reasons: {reasons}}}}}"
    )
    text = with_facts(entry)
    (line,) = problems(tmp_path, text)
    assert line.startswith(f"girl.yaml:{line_of(text, entry)}: ")
    assert "lone surrogate" in line


def test_a_file_over_size_is_refused_before_it_is_read(tmp_path: Path) -> None:
    (line,) = problems(tmp_path, GIRL + "#" * 1_000_000)
    assert line.startswith("girl.yaml:1: the file has ")


def test_a_text_and_a_list_over_size_are_refused(tmp_path: Path) -> None:
    long = GIRL.replace("A girl found", "A" * 20_001)
    assert problems(tmp_path, long) == [
        f"girl.yaml:2: title: {20_001 + len(' alone at a harbour')} characters. Expected at most 20000."
    ]
    many = GIRL.partition("facts:")[0] + "facts:\n" + "  - {id: f}\n" * (MOST_FACTS + 1)
    (line,) = problems(tmp_path, many)
    assert line.endswith(f"facts: {MOST_FACTS + 1} entries; expected at most {MOST_FACTS}.")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "the file is empty."),
        ("- 1\n", "expected named parts: replay, title, country, agencies, children, facts."),
        ("replay: 1\nreplay: 1\n", "'replay' stands twice; first on line 1. Keep one."),
        ("replay: [1\n", "not readable as YAML"),
        ("replay: 1\n---\nreplay: 1\n", "a second document (---). Expected one list in one file."),
    ],
)
def test_what_is_no_replay_file_is_told(tmp_path: Path, text: str, told: str) -> None:
    assert told in "\n".join(problems(tmp_path, text))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="No such file"):
        read_replay(tmp_path / "none.yaml")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_file_spoiled_anywhere_is_read_or_refused_but_never_breaks(
    tmp_path: Path, data: st.DataObject
) -> None:
    lines = GIRL.splitlines()
    number = data.draw(st.integers(0, len(lines) - 1))
    spoil = st.sampled_from(
        [": ", "- x", "{}", "[]", "null", "'", '"', "1e9", "-", "2026-02-30", "\ud800", "~", "9" * 40]
    )
    at = data.draw(st.integers(0, len(lines[number])))
    lines[number] = lines[number][:at] + data.draw(spoil) + lines[number][at:]
    path = tmp_path / "girl.yaml"
    path.write_bytes("\n".join(lines).encode("utf-8", "surrogatepass"))
    try:
        assert read_replay(path).facts
    except BadInput as refused:
        assert "girl.yaml:" in refused.reason  # noqa: PT017  # both ends are right, and which one depends on the spoil
