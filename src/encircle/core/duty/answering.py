"""Which types of facts answer a condition: by the marks, fields and derived attributes that it reads. Knows no facts."""

from collections.abc import Iterator
from functools import lru_cache

from encircle.core.child.derived import DERIVED
from encircle.law.duty import Evidence
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.kind import KINDS, Kind
from encircle.vocabulary.facts.shape import shape

_AFTER_MARK = ("", "_at", "_known", "_by")
_KINDS = {word: kind for kind, doc in KINDS.items() for word in (kind.value, doc.plural)}


def types_for_evidence(evidence: Evidence) -> tuple[str, ...]:
    """The types of facts that can give this evidence: the one that dates it first, then those that it names first."""
    dated = () if evidence.at is None else (str(evidence.at),)
    return types_read((*dated, *evidence.needs.reads))


@lru_cache(maxsize=4096)
def types_read(paths: tuple[str, ...]) -> tuple[str, ...]:
    """The types of facts behind these attributes (`interviews[].planned`, `child.protection`); each once, in order."""
    return tuple(dict.fromkeys(name for path in paths for name in _types_of(path)))


def _types_of(path: str) -> Iterator[str]:
    owner, _dot, attribute = path.partition(".")
    kind = _KINDS.get(owner.removesuffix("[]"))
    if kind is not None:
        yield from _types(kind, attribute)


def _types(kind: Kind, attribute: str) -> Iterator[str]:
    own = [fact for fact in FACT_TYPES.values() if fact.about is kind]
    yield from (fact.name for fact in own if attribute in {f"{fact.mark}{end}" for end in _AFTER_MARK})
    yield from (fact.name for fact in own if attribute in {field.name for field in shape(fact)})
    derived = DERIVED.get(kind, {}).get(attribute)
    if derived is not None:
        for of, read in derived.reads:
            yield from _types(of, read)
