"""The acts and groups of the real packs: all can be read, and they bind whom they should."""

from functools import lru_cache
from pathlib import Path

import pytest

from encircle.law.pack.layer import layer_of
from encircle.law.pack.merge import Merged, merge
from encircle.law.pack.problem import Problems
from encircle.law.pack.read import read_file
from encircle.law.pack.shape import ACT, GROUP
from encircle.law.pack.sourcing import Sourcing
from encircle.law.source import BINDING_KINDS, Act, ActKind

PACKS = Path(__file__).parents[3] / "packs"
FILES = (("base", "groups.yaml", GROUP), ("base", "acts.yaml", ACT), ("eu", "acts.yaml", ACT))


@lru_cache(maxsize=1)
def merged() -> Merged:
    problems = Problems()
    layers = []
    for pack, name, shape in FILES:
        tree = read_file(PACKS / pack / name, name=f"packs/{pack}/{name}", problems=problems)
        assert tree is not None, problems.found
        layers.append(layer_of(pack, [(shape, tree)], extends=pack != "base", local=False, problems=problems))
    result = merge(layers, problems=problems)
    assert problems.found == ()
    return result


@lru_cache(maxsize=1)
def acts() -> dict[str, Act]:
    problems = Problems()
    sourcing = Sourcing(merged()["act"], merged()["group"], problems)
    assert problems.found == ()
    return dict(sourcing.acts)


def test_the_union_has_27_members_and_the_council_of_europe_46() -> None:
    groups = Sourcing({}, merged()["group"], Problems())
    assert {code: len(members) for code, members in groups.groups.items()} == {"COE": 46, "EU": 27}
    assert groups.groups["EU"] < groups.groups["COE"]


@pytest.mark.parametrize(
    ("code", "bound", "not_bound"),
    [
        ("EU-2011/36", {"EE", "FI", "EU"}, {"DK", "GB", "COE"}),
        ("EU-2012/29", {"EE", "FI", "EU"}, {"DK", "GB"}),
        ("EU-2016/800", {"EE", "FI", "EU"}, {"DK", "IE", "GB"}),
        ("EU-2019/1111", {"EE", "FI", "IE"}, {"DK", "GB"}),
        ("EU-2024/3011", {"EE", "IE"}, {"DK"}),
        ("EU-2018/1862", {"EE", "FI", "EU"}, {"GB"}),
        ("EU-2016/679", {"EE", "DK", "EU"}, {"GB"}),
        ("CoE-197", {"EE", "DK", "GB", "COE", "EU"}, {"RU"}),
        ("Hague-1996", {"EE", "DK", "GB", "EU"}, {"US", "COE"}),
        ("CRC", {"EE", "DK", "GB", "EU", "COE"}, {"US"}),
        ("EU-Rec-2024/1238", set(), {"EE", "EU"}),
        ("CRC-GC14", set(), {"EE", "GB"}),
        ("COM-2023/424", set(), {"EE", "EU"}),
        ("ECtHR-77587/12", set(), {"GB"}),
    ],
)
def test_an_act_binds_whom_it_should(code: str, bound: set[str], not_bound: set[str]) -> None:
    act = acts()[code]
    assert {country for country in bound | not_bound if act.binds(country)} == bound


def test_proposals_and_guidance_never_bind() -> None:
    assert {ActKind.PROPOSAL, ActKind.GUIDANCE, ActKind.STANDARD, ActKind.JUDGMENT}.isdisjoint(BINDING_KINDS)


def test_every_act_has_a_short_name_a_number_and_a_place_in_a_pack() -> None:
    for act in acts().values():
        assert act.short.in_("en")
        assert act.number
        assert act.origins
