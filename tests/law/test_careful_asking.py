"""Careful asking: planted questions that lead, ask twice, for pictures or for a name are found; careful ones are not."""

from pathlib import Path

import pytest
from django.conf import settings

from encircle.law.asking_signs import SIGNS
from encircle.law.careful_asking import careful_asking
from encircle.law.finding import Lack, Severity
from encircle.law.law import Law
from encircle.law.pack import load_law
from tests.law.world import SITUATION, TODAY, write

STATES = "{en: {made: machine, reviewed: null}, et: {made: machine, reviewed: null}, ar: {made: machine, reviewed: null}}"
ACCOUNT = f"""
- question: child_account
  form: child
  place: 1
  about: event
  takes: words
  ask: {{en: "Tell us more if you want to."}}
  states: {STATES}
"""


def loaded(folder: Path, form: str) -> Law:
    return load_law(write(folder, {"base/forms/form.yaml": form}), "ee", schema=SITUATION, on=TODAY)


def found(folder: Path, form: str, *, faults: bool = True) -> list[Lack]:
    """What is wrong with that form: its faults alone, or all that is found."""
    return [one.lack for one in careful_asking(loaded(folder, form)) if not faults or _is_fault(one.severity)]


def _is_fault(severity: Severity) -> bool:
    return severity is Severity.FAULT


def asked(language: str, words: str, *, of: str = "child", about: str = "event") -> str:
    """A form with that one question, its English beyond doubt."""
    said = {"en": "Tell us more.", language: words}
    texts = ", ".join(f'{one}: "{text}"' for one, text in said.items())
    return f"""
- question: a_question
  form: {of}
  place: 1
  about: {about}
  takes: words
  ask: {{{texts}}}
  states: {STATES}
"""


def test_an_open_invitation_has_no_fault_and_is_a_draft_until_somebody_has_reviewed_it(
    tmp_path: Path,
) -> None:
    assert found(tmp_path, ACCOUNT) == []
    drafts = [one for one in careful_asking(loaded(tmp_path, ACCOUNT)) if one.lack is Lack.TRANSLATION_DRAFT]
    assert [one.what for one in drafts] == [
        "the texts in en are a draft made by machine: nobody who works in this language has reviewed them."
    ]


def test_what_was_reviewed_is_no_draft_and_a_language_without_a_state_is_told(tmp_path: Path) -> None:
    reviewed = ACCOUNT.replace(
        "en: {made: machine, reviewed: null}",
        'en: {made: person, reviewed: {on: 2026-11-20, role: "forensic interviewer"}}',
    )
    assert Lack.TRANSLATION_DRAFT not in found(tmp_path, reviewed, faults=False)
    stateless = ACCOUNT.replace(STATES, "{et: {made: machine, reviewed: null}}")
    assert Lack.TRANSLATION_DRAFT in found(tmp_path / "second", stateless, faults=False)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Did he hurt you?"),
        ("en", "Somebody touched you. Tell us more."),
        ("en", "It was your boss, wasn't it?"),
        ("en", "Were you afraid?"),
        ("en", "Tell us. Has it been for long?"),
        ("en", "Who did it?"),
        ("en", "How often did it happen?"),
        ("en", "Why did you go with them?"),
        ("en", "Tell us which part of your body."),
        ("et", "Kas keegi puudutas sind?"),
        ("et", "Kes seda tegi?"),
        ("et", "Kui tihti see juhtus?"),
        ("et", "Kas see juhtus kodus?"),
        ("ar", "هل ضربك أحد؟"),
        ("ar", "متى حدث ذلك؟"),
        ("ar", "هل حدث ذلك في البيت؟"),
    ],
)
def test_a_question_that_leads_is_a_fault(tmp_path: Path, language: str, words: str) -> None:
    assert Lack.LEADING in found(tmp_path, asked(language, words))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Send us a photo of it."),
        ("en", "You can upload pictures or a video."),
        ("et", "Saada meile pilt."),
        ("ar", "أرسل لنا صورًا."),
    ],
)
def test_asking_for_pictures_is_a_fault_and_asking_for_none_is_not(
    tmp_path: Path, language: str, words: str
) -> None:
    assert Lack.ASKS_FOR_IMAGES in found(tmp_path, asked(language, words, about="need"))
    none = {
        "en": "Send no pictures of yourself.",
        "et": "Ära saada endast pilte.",
        "ar": "لا ترسل صورًا لنفسك.",
    }
    assert found(tmp_path / "second", asked(language, none[language], about="need")) == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Write your name."),
        ("en", "How old are you?"),
        ("en", "Where do you live?"),
        ("en", "Your school and your phone number."),
        ("et", "Kirjuta sinu nimi."),
        ("et", "Kus sa elad?"),
        ("ar", "ما اسمك؟"),
    ],
)
def test_asking_a_child_who_it_is_is_a_fault(tmp_path: Path, language: str, words: str) -> None:
    assert Lack.ASKS_WHO in found(tmp_path, asked(language, words, about="need"))


def test_a_professional_may_say_who_reports_and_never_has_to(tmp_path: Path) -> None:
    form = asked("en", "Who reports, and how can you be reached?", of="professional", about="reporter")
    assert found(tmp_path, form) == []
    assert found(tmp_path / "second", form.replace("takes: words", "takes: words\n  needed: true")) == [
        Lack.ASKS_WHO
    ]
    by_child = asked("en", "Tell us.", about="reporter")
    assert found(tmp_path / "third", by_child) == [Lack.ASKS_WHO]


def test_what_happened_is_not_chosen_from_a_list_and_not_asked_twice(tmp_path: Path) -> None:
    chosen = ACCOUNT.replace(
        "takes: words", 'takes: several\n  answers: [{id: a, text: {en: "I had to work"}}]'
    )
    assert found(tmp_path, chosen) == [Lack.LEADING]
    second = ACCOUNT.replace("child_account", "child_more").replace("place: 1", "place: 2")
    assert found(tmp_path / "second", ACCOUNT + second.lstrip("\n")) == [Lack.LEADING]


def test_a_hard_question_is_told_and_a_language_without_rules_is_said_to_be_unread(tmp_path: Path) -> None:
    hard = asked("en", "Notwithstanding confidentiality, communicate additional circumstances immediately.")
    assert Lack.HARD_TO_READ in found(tmp_path, hard, faults=False)
    icelandic = [one.what for one in careful_asking(loaded(tmp_path / "second", asked("is", "Segðu meira.")))]
    assert "(is) no rule of careful asking reads this language: a person has to." in icelandic
    assert set(SIGNS) == {code for code, _ in settings.PUBLIC_LANGUAGES}
