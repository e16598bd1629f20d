"""Reading ease: syllables as they are spoken, formulas as they were read, an office told from a text for children."""

import pytest

from encircle.law.reading_ease import FORMULAS, figure_of, syllables_in

EASY = {
    "en": ["You get a code.", "With it you can read the answer."],
    "de": ["Du bekommst einen Code.", "Damit kannst du die Antwort lesen."],
    "fr": ["Tu reçois un code.", "Avec lui, tu lis la réponse."],
    "ru": ["Ты получишь код.", "С ним ты прочтёшь ответ."],
    "sv": ["Du får en kod.", "Med den kan du läsa svaret."],
    "da": ["Du får en kode.", "Med den kan du læse svaret."],
    "pl": ["Dostajesz kod.", "Nim możesz czytać odpowiedź."],
}
HARD = {
    "en": ["Notification of the competent authority is obligatory irrespective of confidentiality."],
    "de": [
        "Die Benachrichtigung der zuständigen Behörde ist ungeachtet der Verschwiegenheitspflicht verpflichtend."
    ],
    "fr": ["La notification de l’autorité compétente est obligatoire indépendamment de la confidentialité."],
    "ru": ["Уведомление уполномоченного учреждения обязательно независимо от конфиденциальности."],
    "sv": ["Underrättelse till behörig myndighet är obligatorisk oberoende av sekretessbestämmelser."],
    "da": ["Underretning af kompetente myndigheder er obligatorisk uafhængigt af fortrolighedsbestemmelser."],
    "pl": ["Powiadomienie właściwej instytucji jest obowiązkowe niezależnie od poufności informacji."],
}


@pytest.mark.parametrize(
    ("language", "word", "syllables"),
    [
        ("de", "Antwort", 2),
        ("de", "Familie", 3),
        ("de", "Häuser", 2),
        ("fr", "code", 1),
        ("fr", "réponse", 2),
        ("fr", "le", 1),
        ("fr", "aidé", 2),
        ("ru", "ребёнок", 3),
        ("ru", "с", 1),
        ("pl", "dziecko", 2),
        ("pl", "miasto", 2),
        ("pl", "niebezpieczeństwo", 5),
        ("de", "112", 1),
    ],
)
def test_syllables_are_counted_as_they_are_spoken(language: str, word: str, syllables: int) -> None:
    assert syllables_in(word, language) == syllables


@pytest.mark.parametrize("language", FORMULAS)
def test_a_text_for_children_is_easy_and_one_of_an_office_is_not(language: str) -> None:
    easy, hard = (figure_of(texts[language], language=language) for texts in (EASY, HARD))
    assert easy is not None
    assert hard is not None
    assert (FORMULAS[language].allows(easy), FORMULAS[language].allows(hard)) == (True, False)


@pytest.mark.parametrize(
    ("language", "text", "figure"),
    [
        ("sv", "Du får en kod", 4.0),
        ("sv", "Barnskydd hjälper dig", 3 + 200 / 3),
        ("de", "Du bist da", 180 - 3 - 58.5),
        ("fr", "Tu es là", 207 - 1.015 * 3 - 73.6),
        ("ru", "Я тут", 206.835 - 1.3 * 2 - 60.1),
        ("pl", "Ty tu niebezpieczeństwo masz", 0.4 * (4 + 25)),
    ],
)
def test_the_figure_is_that_of_the_formula(language: str, text: str, figure: float) -> None:
    assert figure_of([text], language=language) == pytest.approx(figure)


def test_a_language_without_a_formula_and_a_page_without_words_have_no_figure() -> None:
    assert figure_of(["Sa saad koodi."], language="et") is None
    assert figure_of(["…"], language="sv") is None
