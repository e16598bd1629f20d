"""Sheets of a new pack: what a country has still to fill in, as entries that can be moved into the pack."""

import json
from collections.abc import Iterator

from encircle.law.duty import DutyRule
from encircle.law.law import Law
from encircle.vocabulary.role import Role


def sheets(law: Law) -> dict[str, str]:
    """The entries of each sheet by the name of its file. A sheet with nothing to fill in is not there."""
    made = {
        "owners.yaml": "".join(_owners(law)),
        "sops.yaml": "".join(_sops(law)),
        "titles.yaml": "".join(_titles(law)),
        "texts.yaml": "".join(_texts(law)),
    }
    return {name: text for name, text in made.items() if text}


def _owners(law: Law) -> Iterator[str]:
    owned: dict[Role, list[DutyRule]] = {}
    for rule in law.duties:
        if law.owner(rule.owner) is None:
            owned.setdefault(rule.owner, []).append(rule)
    for role in sorted(owned):
        codes = ", ".join(rule.code for rule in owned[role])
        yield (f'# owes {codes}\n- owner: {role.value}\n  agency: {_empty(law)}\n  sop_source: {{en: ""}}\n')


def _sops(law: Law) -> Iterator[str]:
    named: dict[str, list[str]] = {}
    for rule in law.duties:
        if rule.due.sop is not None:
            named.setdefault(rule.due.sop.code, []).append(f"{rule.code}: {rule.due.words}")
    for sop in law.sops:
        if sop.period is None and sop.no_number is None:
            words = "".join(f"# the law says, {one}\n" for one in named.get(sop.code, ()))
            yield (
                f"# {sop.title}\n{words}- set: {sop.code}\n  amount:\n  unit: working_days\n"
                f'  sop_source: {{en: ""}}\n'
            )


def _titles(law: Law) -> Iterator[str]:
    language = law.languages[0]
    titles = [(rule.code, rule.title) for rule in law.duties]
    titles += [(rule.code, rule.title) for rule in law.prohibitions]
    titles += [(channel.code, channel.title) for channel in law.channels]
    for code, title in titles:
        if language not in title.languages:
            yield f'# {title}\n- set: {code}\n  title: {{{language}: ""}}\n'


def _texts(law: Law) -> Iterator[str]:
    language = law.languages[0]
    for saying in law.sayings:
        texts = {"professional": saying.professional}
        texts |= {json.dumps(band.value): text for band, text in saying.child.items()}
        lacking = {name: text for name, text in texts.items() if language not in text.languages}
        if lacking:
            yield f"- set: {saying.code}\n"
            for name, text in lacking.items():
                yield f'  # {text}\n  {name}: {{{language}: ""}}\n'


def _empty(law: Law) -> str:
    """An empty text in English and in the main language."""
    languages = dict.fromkeys(("en", law.languages[0]))
    return "{" + ", ".join(f'{language}: ""' for language in languages) + "}"
