"""Plain words: whether each rule is said in the language of the country, to professionals and to each age."""

from collections.abc import Iterator

from encircle.law.channel import Channel
from encircle.law.duty import DutyRule
from encircle.law.finding import Finding, Lack
from encircle.law.law import Law
from encircle.law.limit import LimitRule
from encircle.law.prohibition import ProhibitionRule
from encircle.law.saying import LONGEST_SENTENCE, words_in_sentences
from encircle.law.sop import SopRule
from encircle.law.texts import ENGLISH, Texts

Titled = DutyRule | ProhibitionRule | Channel | LimitRule | SopRule


def plain_words(law: Law) -> Iterator[Finding]:
    """What is not said, not in the main language of the country, or in sentences too long for the age."""
    yield from _of_languages(law)
    yield from _of_sayings(law)
    yield from _of_readability(law)
    yield from _of_translations(law)


def _of_languages(law: Law) -> Iterator[Finding]:
    language = law.languages[0]
    rules: tuple[DutyRule | ProhibitionRule | Channel, ...] = (
        *law.duties,
        *law.prohibitions,
        *law.channels,
    )
    with_titles: tuple[Titled, ...] = (*rules, *law.limits, *law.sops)
    for titled in with_titles:
        if language not in titled.title.languages:
            what = f"the title does not exist in {language}."
            yield Finding(titled.origins[-1], titled.code, Lack.LANGUAGE_MISSING, what)
    for term in law.terms:
        if not all(language in text.languages for text in (term.title, term.means)):
            what = f"the word of the field or its meaning does not exist in {language}."
            yield Finding(term.origins[-1], term.code, Lack.LANGUAGE_MISSING, what)
    for owner in law.owners:
        if language not in owner.agency.languages:
            what = f"the agency has no name in {language}."
            yield Finding(owner.origins[-1], owner.role.value, Lack.LANGUAGE_MISSING, what)
    for rule in rules:
        lacking = sum(language not in text.languages for text in _parts(rule))
        if lacking:
            what = f"{lacking} of its parts (words, proofs, reasons) do not exist in {language}."
            yield Finding(rule.origins[-1], rule.code, Lack.PART_UNTRANSLATED, what)


def _parts(rule: DutyRule | ProhibitionRule | Channel) -> Iterator[Texts]:
    """The texts of a rule beside its title."""
    if isinstance(rule, ProhibitionRule):
        yield rule.instead
        return
    if isinstance(rule, DutyRule):
        yield rule.due.words
        yield from (evidence.text for evidence in rule.evidence)
        for ground in (*rule.suspended_by, *rule.lifted_by, *rule.breached_by):
            yield ground.because
        yield from rule.never
        return
    yield from (rule.used_when, rule.answer.words, *rule.safeguards)
    yield from (part.text for part in rule.contents)
    yield from (evidence.text for evidence in rule.first)
    yield from (ground.because for ground in rule.stopped_by)


def _of_sayings(law: Law) -> Iterator[Finding]:
    rules: tuple[DutyRule | ProhibitionRule, ...] = (*law.duties, *law.prohibitions)
    for rule in rules:
        saying, where = law.saying(rule.code), rule.origins[0]
        if saying is None:
            yield Finding(where, rule.code, Lack.TEXT_MISSING, "it is not said in plain words in texts/.")
            continue
        texts = {"professionals": saying.professional}
        texts |= {f"a child of {band.value}": text for band, text in saying.child.items()}
        for reader, text in texts.items():
            if law.languages[0] not in text.languages:
                what = f"the text for {reader} does not exist in {law.languages[0]}."
                yield Finding(saying.origins[-1], rule.code, Lack.LANGUAGE_MISSING, what)


def _of_readability(law: Law) -> Iterator[Finding]:
    for saying in law.sayings:
        for band, said in saying.child.items():
            for language, text in said.by_language:
                longest = max(words_in_sentences(text))
                if longest > LONGEST_SENTENCE[band]:
                    what = f"a sentence of {longest} words for {band.value} ({language}): at most {LONGEST_SENTENCE[band]}."
                    yield Finding(saying.origins[-1], saying.code, Lack.HARD_TO_READ, what)


def _of_translations(law: Law) -> Iterator[Finding]:
    """Translations that nobody has reviewed, those of which nothing is said, and those of English that is gone."""
    for one in law.translations:
        if one.is_draft:
            yield Finding(one.origin, one.pack, Lack.TRANSLATION_DRAFT, one.told())
    declared = {ENGLISH, *(one.language for one in law.translations)}
    rules: tuple[Titled, ...] = (*law.duties, *law.prohibitions, *law.channels)
    for language in sorted({one for rule in rules for one in rule.title.languages} - declared):
        what = f"nothing says how the texts in {language} were made: add it to 'translations' in pack.yaml."
        yield Finding(law.calendar_at, law.pack, Lack.TRANSLATION_DRAFT, what)
    for idle in law.idle_phrases:
        what = f"no text of this law reads {idle.english!r}: its English was changed, or it is not needed."
        yield Finding(idle.origin, idle.pack, Lack.UNUSED, what)
