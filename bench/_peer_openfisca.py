"""OpenFisca's side of bench/peers.py: the twelve duties as variables with formulas, for one child or for all at once."""

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy
from _peer import Answers, serve
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.periods import period as period_of
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

CHILD = build_entity(key="child", plural="children", label="A child", is_person=True)
ALWAYS, TODAY = period_of("ETERNITY"), period_of("2026-11-23")
NO_DAY, NO_MINUTE = date(1970, 1, 1), 0
Read = Callable[[str], Any]


def _d02b(of: Read) -> Any:
    alone = of("care_failed") | of("unaccompanied") | (of("victim_track") & ~of("care_present"))
    cared_for = of("guardian") & ~of("guardian_in_conflict") & of("guardian_checked") & of("guardian_met")
    return of("is_child") & alone & ~of("died") & ~cared_for


def _d28(of: Read) -> Any:
    done = of("contact_asked") & of("contact_assessed") & of("contact_made")
    ended = of("died") | of("place_revealed") | of("contact_unwanted") | of("care_suspected")
    return of("is_child") & of("unaccompanied") & ~ended & ~of("do_not_contact") & ~done


def _d18(of: Read) -> Any:
    abroad = of("from_abroad") | of("asylum_wish") | of("asylum_made")
    return of("victim_track") & abroad & ~of("estonian") & ~of("died") & ~of("permit")


def _d02a(of: Read) -> Any:
    called = of("concerned") | of("asylum_wish") | of("asylum_made") | of("presumed") | of("victim_track")
    return (called | of("step_against_child")) & ~of("died") & ~of("informed")


OPEN: dict[str, Callable[[Read], Any]] = {
    "D01": lambda of: (
        (of("claimed_child") | of("age_doubted") | of("presumed"))
        & ~of("age_final")
        & ~of("age_documented")
        & ~(of("presumed") & of("childrens_services"))
    ),
    "D02a": _d02a,
    "D02b": _d02b,
    "D02b-asylum": lambda of: (
        of("is_child")
        & of("asylum_made")
        & (of("unaccompanied") | of("care_failed"))
        & ~of("died")
        & ~of("guardian")
    ),
    "D03": lambda of: of("victim_track") & ~of("died") & ~(of("assessed") & of("assessed_again_due")),
    "D10": lambda of: (
        (of("asylum_wish") | of("asylum_made"))
        & ~of("died")
        & ~of("asylum_not_sought")
        & ~(of("informed_of_asylum") & of("asylum_lodged"))
    ),
    "D18": _d18,
    "D24": lambda of: (
        of("victim_track") & ~of("died") & ~(of("placed") & of("place_assessed") & of("place_vetted"))
    ),
    "D26-asylum": lambda of: of("is_child") & of("asylum_lodged") & ~of("died") & ~of("at_school"),
    "D28": _d28,
    "D32": lambda of: of("found_by_alert") & ~of("measures_decided"),
    "D45": lambda of: (
        of("victim_track")
        & (~of("is_child") | (of("now") >= of("turns_18") - 183 * 24 * 60))
        & ~of("died")
        & ~of("transition_planned")
    ),
}


def _months_after(days: Any, months: int) -> Any:
    first = days.astype("datetime64[M]")
    into = days - first.astype("datetime64[D]")
    last = (first + months + 1).astype("datetime64[D]") - 1
    return numpy.minimum((first + months).astype("datetime64[D]") + into, last)


class OpenFisca:
    """The system of rules, and the children's columns as arrays: one of all, and one for each child."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.system = TaxBenefitSystem([CHILD])
        holidays = numpy.array(told["holidays"], dtype="datetime64[D]")
        due = {
            "D02b-asylum": lambda start: numpy.busday_offset(start, 15, roll="backward", holidays=holidays),
            "D26-asylum": lambda start: _months_after(start, 2),
            "D32": lambda start: start + 12 * 60,
        }
        children = told["children"]
        columns: dict[str, list[Any]] = {
            name: [child["flat"][name] for child in children] for name in children[0]["flat"]
        }
        for code in due:
            nothing = NO_MINUTE if code == "D32" else NO_DAY
            columns[f"{code}_start"] = [child["starts"].get(code, nothing) for child in children]
        self.arrays = {name: numpy.array(column, dtype=_dtype(name)) for name, column in columns.items()}
        self.each_array = [
            {name: array[number : number + 1] for name, array in self.arrays.items()}
            for number in range(len(children))
        ]
        for name in columns:
            self.system.add_variable(_variable(name, _type(name)))
        for code, opens in OPEN.items():
            self.system.add_variable(_variable(code, bool, opens))
        for code, ends in due.items():
            self.system.add_variable(_variable(f"{code}_due", _type(f"{code}_start"), _due(code, ends)))
        self.due = tuple(due)

    def each(self) -> Answers:
        """A simulation of one child, for each of them."""
        return [answer for arrays in self.each_array for answer in self._answers(arrays, 1)]

    def at_once(self) -> Answers:
        """One simulation of all children: what OpenFisca is made for."""
        return self._answers(self.arrays, len(self.each_array))

    def _answers(self, arrays: dict[str, Any], many: int) -> Answers:
        simulation = SimulationBuilder().build_default_simulation(self.system, count=many)
        for name, array in arrays.items():
            simulation.set_input(name, ALWAYS, array)
        found = {code: simulation.calculate(code, TODAY).tolist() for code in OPEN}
        for code in self.due:
            ends = simulation.calculate(f"{code}_due", TODAY).tolist()
            found[code] = [
                (end if code == "D32" else end.isoformat()) if is_open else False
                for is_open, end in zip(found[code], ends, strict=True)
            ]
        return [dict(zip(found, row, strict=True)) for row in zip(*found.values(), strict=True)]


def _due(code: str, ends: Callable[[Any], Any]) -> Callable[[Read], Any]:
    return lambda of: ends(of(f"{code}_start"))


def _variable(name: str, kind: type, rule: Callable[[Read], Any] | None = None) -> type[Variable]:
    body: dict[str, Any] = {
        "value_type": kind,
        "entity": CHILD,
        "definition_period": DateUnit.ETERNITY if rule is None else DateUnit.DAY,
        "label": name,
    }
    if rule is not None:
        body["formula"] = lambda child, period: rule(lambda read: child(read, period))
    return type(name, (Variable,), body)


def _type(name: str) -> type:
    if name in ("now", "turns_18", "D32_start"):
        return int
    return date if name.endswith("_start") else bool


def _dtype(name: str) -> str:
    return {int: "int32", date: "datetime64[D]", bool: "bool"}[_type(name)]


if __name__ == "__main__":
    serve(OpenFisca)
