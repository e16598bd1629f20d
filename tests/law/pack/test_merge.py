"""Merging packs: nothing is lost, and the order of files and entries never changes the result."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encircle.law.origin import Origin
from encircle.law.pack.layer import Deed, Entry, Layer, code_order, layer_of
from encircle.law.pack.merge import Laid, Merged, merge
from encircle.law.pack.problem import Problems
from encircle.law.pack.read import read_text
from encircle.law.pack.shape import DUTY
from encircle.law.pack.tree import Fields, Items, Leaf, Tree

CODES = ("D01", "D02b", "D10")
ACTS = ("CoE-197", "EU-2011/36", "CRC", "Hague-1996")
ARTICLES = ("1", "10(4)", "14(2)")


def leaf(text: str | None, origin: Origin) -> Leaf:
    return Leaf(text, origin)


def fields(values: dict[str, Tree], origin: Origin) -> Fields:
    return Fields(values, dict.fromkeys(values, origin), origin)


def source(act: str, at: str, origin: Origin) -> Fields:
    return fields({"act": leaf(act, origin), "at": leaf(at, origin)}, origin)


@st.composite
def bodies(draw: st.DrawFn, pack: str, line: int) -> Fields:
    origin = Origin(f"packs/{pack}/duties/a.yaml", line)
    cited = draw(
        st.lists(st.tuples(st.sampled_from(ACTS), st.sampled_from(ARTICLES)), max_size=4, unique=True)
    )
    never = draw(st.lists(st.sampled_from("abcd"), max_size=3, unique=True))
    proofs = draw(st.lists(st.sampled_from(("decision", "meeting", "card")), max_size=3, unique=True))
    return fields(
        {
            "owner": leaf(draw(st.sampled_from(("court", "police"))), origin),
            "sources": Items(tuple(source(act, at, origin) for act, at in cited), origin),
            "never": Items(tuple(fields({"en": leaf(word, origin)}, origin) for word in never), origin),
            "evidence": Items(tuple(fields({"id": leaf(one, origin)}, origin) for one in proofs), origin),
        },
        origin,
    )


@st.composite
def stacks(draw: st.DrawFn) -> list[list[Entry]]:
    """The entries of three packs: all codes stated below, some of them set above."""
    lowest = [
        Entry(DUTY, Deed.STATE, code, draw(bodies("base", line)), "base")
        for line, code in enumerate(CODES, 1)
    ]
    upper = [
        [
            Entry(DUTY, Deed.SET, code, draw(bodies(pack, line)), pack)
            for line, code in enumerate(draw(st.lists(st.sampled_from(CODES), unique=True)), 1)
        ]
        for pack in ("eu", "ee")
    ]
    return [lowest, *upper]


def merged(stack: list[list[Entry]]) -> Merged:
    problems = Problems()
    layers = [
        Layer(entries[0].pack if entries else "", {"duty": {e.code: e for e in entries}}) for entries in stack
    ]
    result = merge(layers, problems=problems)
    assert problems.found == ()
    return result


def cited(body: Fields) -> set[tuple[str | None, str | None]]:
    sources = body.fields["sources"]
    assert isinstance(sources, Items)
    return {(one.text("act"), one.text("at")) for one in sources.items if isinstance(one, Fields)}


def words(body: Fields, name: str, key: str) -> set[str | None]:
    several = body.fields[name]
    assert isinstance(several, Items)
    return {one.text(key) for one in several.items if isinstance(one, Fields)}


@settings(max_examples=40, deadline=None)
@given(stacks())
def test_a_merge_never_loses_a_source(stack: list[list[Entry]]) -> None:
    result = merged(stack)["duty"]
    for entries in stack:
        for entry in entries:
            assert cited(entry.body) <= cited(result[entry.code].body)


@settings(max_examples=40, deadline=None)
@given(stacks())
def test_a_merge_never_loses_an_origin(stack: list[list[Entry]]) -> None:
    result = merged(stack)["duty"]
    for code, laid in result.items():
        assert laid.origins == tuple(e.body.origin for entries in stack for e in entries if e.code == code)
        assert laid.body.origins == laid.origins


@settings(max_examples=40, deadline=None)
@given(stacks())
def test_a_merge_never_loses_a_proof_or_a_prohibited_practice(stack: list[list[Entry]]) -> None:
    result = merged(stack)["duty"]
    for entries in stack:
        for entry in entries:
            assert words(entry.body, "evidence", "id") <= words(result[entry.code].body, "evidence", "id")
            assert words(entry.body, "never", "en") <= words(result[entry.code].body, "never", "en")


@settings(max_examples=40, deadline=None)
@given(stacks())
def test_a_source_that_stands_in_two_packs_is_one_source_with_both_origins(stack: list[list[Entry]]) -> None:
    for code, laid in merged(stack)["duty"].items():
        sources = laid.body.fields["sources"]
        assert isinstance(sources, Items)
        for one in sources.items:
            assert isinstance(one, Fields)
            identity = (one.text("act"), one.text("at"))
            saying = [e for entries in stack for e in entries if e.code == code and identity in cited(e.body)]
            assert one.origins == tuple(entry.body.origin for entry in saying)


@settings(max_examples=40, deadline=None)
@given(stacks(), st.randoms(use_true_random=False))
def test_the_order_of_entries_in_a_pack_never_changes_the_result(
    stack: list[list[Entry]], chance: Random
) -> None:
    shuffled = [sorted(entries, key=lambda _: chance.random()) for entries in stack]
    assert merged(shuffled) == merged(stack)


@settings(max_examples=40, deadline=None)
@given(stacks())
def test_the_highest_pack_that_names_an_owner_decides(stack: list[list[Entry]]) -> None:
    for code, laid in merged(stack)["duty"].items():
        naming = [entry for entries in stack for entry in entries if entry.code == code]
        assert laid.body.text("owner") == naming[-1].body.text("owner")


def laid_over(*texts: str) -> tuple[dict[str, Laid], tuple[str, ...]]:
    """Those texts as the duty files of base, eu, ee; with the problems found."""
    problems = Problems()
    layers = []
    for pack, text in zip(("base", "eu", "ee"), texts, strict=False):
        tree = read_text(text, name=f"packs/{pack}/duties/a.yaml", problems=problems)
        assert tree is not None, problems.found
        layers.append(layer_of(pack, [(DUTY, tree)], extends=pack != "base", local=False, problems=problems))
    result = merge(layers, problems=problems)
    return dict(result["duty"]), tuple(str(one) for one in problems.found)


LOWEST = """
- duty: D02b
  title: {en: "Guardian"}
  when: "true"
  due: {words: "at once", limit: a_limit}
  owner: court
  evidence:
    - {id: decision, text: {en: "Decision"}, needs: "true"}
  lifted_by:
    - {when: "true", because: {en: "A parent cares."}}
  sources:
    - {act: CRC, at: "20", mark: G, read: null}
"""


def test_set_changes_titles_by_language_and_due_by_key() -> None:
    upper = '- set: D02b\n  title: {et: "Eestkostja"}\n  due: {limit: null, sop: x}\n'
    result, problems = laid_over(LOWEST, upper)
    body = result["D02b"].body
    title, due = body.fields["title"], body.fields["due"]
    assert problems == ()
    assert isinstance(title, Fields)
    assert isinstance(due, Fields)
    assert (title.text("en"), title.text("et")) == ("Guardian", "Eestkostja")
    assert (due.text("words"), due.text("limit"), due.text("sop")) == ("at once", None, "x")
    assert [(one.pack, one.fields) for one in result["D02b"].changes] == [("eu", ("title", "due"))]


def test_a_known_proof_is_changed_and_a_new_one_added() -> None:
    upper = (
        '- set: D02b\n  evidence:\n    - {id: decision, needs: "false"}\n    - {id: card, needs: "true"}\n'
    )
    evidence = laid_over(LOWEST, upper)[0]["D02b"].body.fields["evidence"]
    assert isinstance(evidence, Items)
    found = [(one.text("id"), one.text("needs")) for one in evidence.items if isinstance(one, Fields)]
    assert found == [("decision", "false"), ("card", "true")]


def test_a_list_is_exchanged_only_openly_with_reason_and_source() -> None:
    openly = (
        '- set: D02b\n  replace: [lifted_by]\n  because: {en: "There is none here."}\n  lifted_by: []\n'
        '  sources:\n    - {act: EE-1, at: "5", mark: G, read: null}\n'
    )
    result, problems = laid_over(LOWEST, openly)
    assert problems == ()
    assert result["D02b"].body.fields["lifted_by"] == Items((), Origin("", 1))
    (change,) = result["D02b"].changes
    assert isinstance(change.because, Fields)
    assert change.because.text("en") == "There is none here."
    assert cited(result["D02b"].body) == {("CRC", "20"), ("EE-1", "5")}


def test_not_applicable_keeps_the_entry_with_its_reason_and_lines() -> None:
    upper = '- not_applicable: D02b\n  because: {en: "Why"}\n  sources:\n    - {act: CRC, at: "1", mark: G}\n'
    laid = laid_over(LOWEST, upper)[0]["D02b"]
    assert laid.aside is not None
    assert (laid.aside.pack, laid.aside.origin) == ("eu", Origin("packs/eu/duties/a.yaml", 1))
    assert [str(origin) for origin in laid.origins] == [
        "packs/base/duties/a.yaml:2",
        "packs/eu/duties/a.yaml:1",
    ]


UPPER = "packs/eu/duties/a.yaml"
EXPECTED = "Expected one of duty, add, set, not_applicable with the code."


@pytest.mark.parametrize(
    ("upper", "said"),
    [
        ("- set: D02c\n  owner: police\n", f"{UPPER}:1: set: no duty D02c below. Did you mean 'D02b'?"),
        (
            "- not_applicable: D44\n  because: {en: x}\n  sources: []\n",
            f"{UPPER}:1: not_applicable: no duty D44 below. Expected one of D02b.",
        ),
        (
            LOWEST.replace("duty:", "add:"),
            f"{UPPER}:2: D02b stands already in packs/base/duties/a.yaml:2. Use 'set: D02b' to change it.",
        ),
        ("- set: D02b\n", f"{UPPER}:1: set: D02b changes nothing. Write the fields to change."),
        (
            "- set: D02b\n  ownr: police\n",
            f"{UPPER}:2: unknown field 'ownr'. Did you mean 'owner'?",
        ),
        (
            "- set: D02b\n  owner: police\n- set: D02b\n  owner: court\n",
            f"{UPPER}:3: D02b stands twice in this pack; first in {UPPER}:1. Keep one.",
        ),
        (
            "- set: D02b\n  add: D03\n",
            f"{UPPER}:1: the entry says two things at once. {EXPECTED}",
        ),
        (
            "- owner: police\n",
            f"{UPPER}:1: the entry does not say what it is. {EXPECTED}",
        ),
        (
            "- set: guardian\n",
            f"{UPPER}:1: set: guardian is no code. Expected one such as D02b or D02b-asylum.",
        ),
        (
            "- set:\n  owner: x\n",
            f"{UPPER}:1: set: nothing is no code. Expected one such as D02b or D02b-asylum.",
        ),
        ("- just words\n", f"{UPPER}:1: expected an entry beginning with '- duty:'."),
        ("set: D02b\n", f"{UPPER}:1: expected a list of entries, each beginning with '- duty:'."),
        ("- set: D02b\n  lifted_by: words\n", f"{UPPER}:2: expected a list."),
        (
            "- set: D02b\n  because: {en: x}\n  owner: court\n",
            f"{UPPER}:2: 'because' goes with 'replace' or with 'not_applicable'.",
        ),
        (
            "- set: D02b\n  replace: [lifted_by]\n  lifted_by: []\n",
            f"{UPPER}:2: replace without 'because'. Say why, and by which source.",
        ),
        (
            "- set: D02b\n  replace: [sources]\n  because: {en: x}\n  sources: []\n",
            f"{UPPER}:2: replace: 'sources' is not a list that can be exchanged. "
            "Expected one of breached_by, evidence, lifted_by, never, suspended_by.",
        ),
        (
            "- set: D02b\n  replace: [never]\n  because: {en: x}\n  sources: []\n",
            f"{UPPER}:2: replace: 'never' is not given in this entry. Write the new list, or [].",
        ),
        (
            "- not_applicable: D02b\n  because: {en: x}\n",
            f"{UPPER}:1: not_applicable D02b has no 'sources'. Say why, and by which source.",
        ),
        ("- add: D03\n", f"{UPPER}:1: D03 has no 'title'. Add it."),
    ],
)
def test_a_change_that_can_not_be_laid_over_is_refused_with_its_line(upper: str, said: str) -> None:
    assert laid_over(LOWEST)[1] == ()
    assert said in laid_over(LOWEST, upper)[1]


def test_what_was_set_aside_is_not_changed_further_up() -> None:
    aside = '- not_applicable: D02b\n  because: {en: "Why"}\n  sources: []\n'
    _, problems = laid_over(LOWEST, aside, "- set: D02b\n  owner: police\n")
    assert problems == (
        "packs/ee/duties/a.yaml:1: D02b was set aside in packs/eu/duties/a.yaml:1. Take that away first.",
    )


def test_codes_are_sorted_as_people_count() -> None:
    codes = ["P10", "P2", "D10", "D02b", "CRC", "D02a", "D02b-asylum", "CoE-197", "CoE-5"]
    assert sorted(codes, key=code_order) == [
        "CoE-5",
        "CoE-197",
        "CRC",
        "D02a",
        "D02b",
        "D02b-asylum",
        "D10",
        "P2",
        "P10",
    ]


def test_entries_out_of_order_are_told() -> None:
    text = LOWEST + LOWEST.replace("D02b", "D01").lstrip("\n")
    assert "packs/base/duties/a.yaml:13: D01 stands after D02b. Sort the file by code." in laid_over(text)[1]


def test_the_lowest_pack_can_not_set() -> None:
    assert laid_over("- set: D02b\n  owner: court\n")[1] == (
        "packs/base/duties/a.yaml:1: the entry does not say what it is. Expected one of duty with the code.",
    )
