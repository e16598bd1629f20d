"""Plain words: whether each rule is said in the language of the country, to professionals and to each age."""

from collections.abc import Iterator

from encircle.law.channel import Channel
from encircle.law.duty import DutyRule
from encircle.law.finding import Finding, Lack
from encircle.law.law import Law
from encircle.law.prohibition import ProhibitionRule
from encircle.law.saying import LONGEST_SENTENCE, Band, words_in_sentences
from encircle.law.texts import Texts


def plain_words(law: Law) -> Iterator[Finding]:
    """What is not said, not in the main language of the country, or in sentences too long for the age."""
    yield from _of_languages(law)
    yield from _of_sayings(law)
    yield from _of_readability(law)


def _of_languages(law: Law) -> Iterator[Finding]:
    language = law.languages[0]
    rules: tuple[DutyRule | ProhibitionRule | Channel, ...] = (
        *law.duties,
        *law.prohibitions,
        *law.channels,
    )
    for rule in rules:
        if language not in rule.title.languages:
            what = f"the title does not exist in {language}."
            yield Finding(rule.origins[-1], rule.code, Lack.LANGUAGE_MISSING, what)
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
        texts |= {f"a child of {band.value}": saying.child[band] for band in Band}
        for reader, text in texts.items():
            if law.languages[0] not in text.languages:
                what = f"the text for {reader} does not exist in {law.languages[0]}."
                yield Finding(saying.origins[-1], rule.code, Lack.LANGUAGE_MISSING, what)


def _of_readability(law: Law) -> Iterator[Finding]:
    for saying in law.sayings:
        for band in Band:
            for language, text in saying.child[band].by_language:
                longest = max(words_in_sentences(text))
                if longest > LONGEST_SENTENCE[band]:
                    what = f"a sentence of {longest} words for {band.value} ({language}): at most {LONGEST_SENTENCE[band]}."
                    yield Finding(saying.origins[-1], saying.code, Lack.HARD_TO_READ, what)
