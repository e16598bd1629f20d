"""The forms of the door as files: read with all their parts; a country adds to them; each fault has its line."""

from pathlib import Path

import pytest

from encircle.law.law import Law
from encircle.law.pack import BadPack, load_law
from encircle.law.question import About, AskedOf, Takes
from tests.law.world import SITUATION, TODAY, write

FORM = """
- question: child_account
  form: child
  place: 2
  about: event
  takes: words
  ask: {en: "Tell us more."}
  states: {en: {made: machine, reviewed: null}}
- question: child_who
  form: child
  place: 1
  about: need
  takes: one
  ask: {en: "For whom is it?"}
  hint: {en: "You can leave it out."}
  answers:
    - {id: me, icon: user, text: {en: "For me"}}
  states: {en: {made: machine, reviewed: null}}
"""
ESTONIAN = """
- set: child_who
  ask: {et: "Kelle jaoks see on?"}
  answers:
    - {id: sibling, text: {en: "For my brother or sister", et: "Minu venna või õe jaoks"}}
  states: {et: {made: person, reviewed: {on: 2026-11-20, role: "child protection worker"}}}
"""


def loaded(folder: Path, form: str = FORM, country: str = ESTONIAN) -> Law:
    written = write(folder, {"base/forms/child.yaml": form, "ee/forms/child.yaml": country})
    return load_law(written, "ee", schema=SITUATION, on=TODAY)


def test_a_form_is_read_in_its_order_and_a_country_adds_an_answer_and_a_language(tmp_path: Path) -> None:
    who, account = loaded(tmp_path).form(AskedOf.CHILD)
    assert (who.code, who.about, who.takes, who.needed) == ("child_who", About.NEED, Takes.ONE, False)
    assert [(one.id, one.icon, str(one.text)) for one in who.answers] == [
        ("me", "user", "For me"),
        ("sibling", "", "For my brother or sister"),
    ]
    assert who.ask.in_("et") == "Kelle jaoks see on?"
    assert [(one.language, one.is_draft) for one in who.states] == [("en", True), ("et", False)]
    assert [str(one) for one in who.origins] == [
        "packs/base/forms/child.yaml:9",
        "packs/ee/forms/child.yaml:2",
    ]
    assert (account.takes, account.answers, account.hint) == (Takes.WORDS, (), None)
    assert loaded(tmp_path).form(AskedOf.PROFESSIONAL) == ()


@pytest.mark.parametrize(
    ("good", "bad", "told"),
    [
        ("place: 1", "place: 2", "place 2 of this form is taken by child_account."),
        ("takes: one", "takes: words", "child_who takes free words"),
        ("takes: words", "takes: several", "child_account: nothing to choose. Add 'answers'."),
        ("about: event", "about: abuse", "about 'abuse' is not known."),
        ("id: sibling", "id: me, icon: users", None),
        (
            '{en: "For me"}}',
            '{en: "For me"}}\n    - {id: me, text: {en: "Me again"}}',
            "the answer 'me' stands twice in this form.",
        ),
        (
            "states: {en: {made: machine, reviewed: null}}\n- q",
            "states: none\n- q",
            "states: expected each language",
        ),
        (
            "{en: {made: machine, reviewed: null}}\n- q",
            "{en: machine}\n- q",
            "en: expected {made: machine, reviewed: null}.",
        ),
        ("takes: words\n", "takes: words\n  weight: 3\n", "unknown field 'weight'."),
    ],
)
def test_a_fault_in_a_form_is_told(tmp_path: Path, good: str, bad: str, told: str | None) -> None:
    assert good in FORM + ESTONIAN
    form, country = FORM.replace(good, bad, 1), ESTONIAN.replace(good, bad, 1)
    if told is None:  # the same answer, changed by the country
        assert len(loaded(tmp_path, form, country).form(AskedOf.CHILD)[0].answers) == 1
        return
    with pytest.raises(BadPack) as refused:
        loaded(tmp_path, form, country)
    assert any(told in str(one) for one in refused.value.problems)
