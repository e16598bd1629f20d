"""What the languages of a country have no words for, of all that its law asks. Reads no file."""

from collections.abc import Iterator, Mapping

from encircle.law.condition.saying import lacking
from encircle.law.condition.words import Words
from encircle.law.conditions import conditions_of
from encircle.law.finding import Finding, Lack
from encircle.law.law import Law


def unsaid(law: Law, words: Mapping[str, Words]) -> Iterator[Finding]:
    """Each name that is shown as it is written, at the first rule that uses it, by the languages of that law."""
    found: dict[tuple[str, str], Finding] = {}
    known = [words[language] for language in law.languages if language in words]
    for placed in conditions_of(law):
        for language in known:
            for name in lacking(placed.condition, language):
                what = f"there is no word for {name!r} in words/{language.language}.yaml. Add one."
                finding = Finding(placed.origin, placed.code, Lack.UNSAID, what)
                found.setdefault((name, language.language), finding)
    yield from found.values()
