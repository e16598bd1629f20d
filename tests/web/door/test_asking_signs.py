"""Signs of each language of the pages for children: what was planted is found, what is asked today is not."""

from dataclasses import replace

import pytest
from django.conf import settings

from encircle.actions.reports.form import form_of
from encircle.law.asking_signs import SIGNS, Signs
from encircle.law.careful_asking import faults_of_words
from encircle.law.finding import Finding
from encircle.law.question import AskedOf, Question
from encircle.law.texts import Texts
from encircle.web.door.asked import said

# By language: what leads, what yes or no answers, what asks for a detail, for a picture, for who somebody is.
PLANTED = {
    "en": (
        "Somebody touched you.",
        "Were you afraid?",
        "Who did it?",
        "Send us a photo.",
        "What are you called?",
    ),
    "et": (
        "Ta lõi sind. Sinu keha.",
        "Kas see juhtus kodus?",
        "Kes seda tegi?",
        "Saada meile pilt.",
        "Mis su nimi on?",
    ),
    "ar": ("ضربك أحد.", "هل حدث ذلك في البيت؟", "متى حدث ذلك؟", "أرسل لنا صورًا.", "ما اسمك؟"),
    "fi": (
        "Joku löi sinua.",
        "Tapahtuiko se kotona?",
        "Kuka sen teki?",
        "Lähetä meille kuva.",
        "Kirjoita nimesi.",
    ),
    "sv": ("Någon slog dig.", "Var du rädd?", "Vem gjorde det?", "Skicka en bild.", "Vad heter du?"),
    "da": ("Nogen slog dig.", "Var du bange?", "Hvem gjorde det?", "Send os et billede.", "Hvad hedder du?"),
    "de": (
        "Jemand hat dich geschlagen.",
        "Hattest du Angst?",
        "Wer war das?",
        "Schick uns ein Foto.",
        "Wie heißt du?",
    ),
    "lv": (
        "Kāds tevi piekāva.",
        "Vai tas bija mājās?",
        "Kurš to darīja?",
        "Atsūti mums attēlu.",
        "Kā tevi sauc?",
    ),
    "lt": (
        "Kas nors tave mušė.",
        "Ar tai buvo namuose?",
        "Kada tai įvyko?",
        "Atsiųsk nuotrauką.",
        "Kiek tau metų?",
    ),
    "pl": (
        "Ktoś cię uderzył.",
        "Czy to było w domu?",
        "Kto to zrobił?",
        "Wyślij nam zdjęcie.",
        "Jak się nazywasz?",
    ),
    "uk": (
        "Хтось тебе вдарив.",
        "Чи це було вдома?",
        "Хто це зробив?",
        "Надішли нам фото.",
        "Як тебе звати?",
    ),
    "ru": (
        "Кто-то тебя ударил.",
        "Было ли это дома?",
        "Кто это сделал?",
        "Пришли нам фото.",
        "Как тебя зовут?",
    ),
    "fa": ("کسی تو را کتک زد.", "آیا در خانه بود؟", "چه کسی این کار را کرد؟", "یک عکس بفرست.", "اسمت چیست؟"),
    "fr": (
        "Quelqu'un t'a frappé.",
        "Est-ce que tu avais peur ?",
        "Qui a fait ça ?",
        "Envoie-nous une photo.",
        "Quel âge as-tu ?",
    ),
}
CAREFUL = {
    "en": ("Tell us more if you want to.", "Send no pictures of your body."),
    "et": ("Räägi meile rohkem, kui tahad.", "Ära saada pilte."),
    "ar": ("أخبرنا بالمزيد إن أردت.", "لا ترسل صورًا."),
    "fi": ("Kerro lisää, jos haluat.", "Älä lähetä kuvia."),
    "sv": ("Berätta mer om du vill.", "Skicka inga bilder."),
    "da": ("Fortæl mere, hvis du vil.", "Send ingen billeder."),
    "de": ("Erzähl mehr, wenn du willst.", "Schick keine Bilder."),
    "lv": ("Pastāsti vairāk, ja gribi.", "Nesūti attēlus."),
    "lt": ("Papasakok daugiau, jei nori.", "Nesiųsk nuotraukų."),
    "pl": ("Opowiedz więcej, jeśli chcesz.", "Nie wysyłaj zdjęć."),
    "uk": ("Розкажи більше, якщо хочеш.", "Не надсилай фото."),
    "ru": ("Расскажи больше, если хочешь.", "Не присылай фото."),
    "fa": ("اگر می‌خواهی بیشتر بگو.", "عکس نفرست."),
    "fr": ("Raconte-nous plus si tu veux.", "N'envoie pas de photos."),
}
PUBLIC = sorted(code for code, _ in settings.PUBLIC_LANGUAGES)


def account() -> Question:
    return next(one for one in form_of(AskedOf.CHILD) if one.code == "child_account")


def asks_for_images(signs: Signs, words: str) -> bool:
    found = signs.images.search(words)
    return (
        found is not None
        and not signs.refused.search(words[: found.start()])
        and not signs.refused.search(found[0])
    )


def spoken(question: Question, language: str) -> Question:
    """That question with its words of that language alone, as its page shows them."""
    one = question.ask.in_(language) if language in question.ask.languages else said(question.ask, language)
    hint = None if question.hint is None else Texts(((language, said(question.hint, language)),))
    answers = tuple(
        replace(each, text=Texts(((language, said(each.text, language)),))) for each in question.answers
    )
    return replace(question, ask=Texts(((language, one),)), hint=hint, answers=answers)


@pytest.mark.parametrize("language", PUBLIC)
def test_what_leads_is_found_in_each_language_of_the_pages_for_children(language: str):
    leads, closed, detail, images, who = PLANTED[language]
    signs = SIGNS[language]
    assert signs.leading.search(leads)
    assert signs.closed.search(closed)
    assert signs.detail.search(detail)
    assert asks_for_images(signs, images)
    assert signs.who.search(who)


@pytest.mark.parametrize("language", PUBLIC)
def test_an_open_invitation_is_found_to_be_careful_in_each_language(language: str):
    invites, refuses = CAREFUL[language]
    signs = SIGNS[language]
    assert not any(one.search(invites) for one in (signs.leading, signs.closed, signs.detail, signs.who))
    assert not asks_for_images(signs, refuses)


def faults(question: Question) -> list[Finding]:
    return list(faults_of_words(question))


@pytest.mark.parametrize("language", PUBLIC)
def test_no_question_leads_in_the_language_in_which_its_page_asks_it(language: str):
    form = form_of(AskedOf.CHILD)
    assert [one for question in form for one in faults(spoken(question, language))] == []
    planted = replace(account(), ask=Texts(((language, PLANTED[language][0]),)), hint=None)
    assert faults(planted) != []
