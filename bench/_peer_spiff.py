"""SpiffWorkflow's side of bench/peers.py: the twelve duties as DMN decision tables, each asked directly of its engine.

No workflow is run around them, which would only add to what is measured.
"""

from datetime import date
from types import SimpleNamespace
from typing import Any
from xml.sax.saxutils import escape

from _peer import Answers, months_after, serve, working_days_after
from lxml import etree
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine, TaskDataEnvironment
from SpiffWorkflow.dmn.engine.DMNEngine import DMNEngine
from SpiffWorkflow.dmn.parser.DMNParser import DMNParser

NAMESPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"
TABLES = {
    "D01": (
        "claimed_child or age_doubted or presumed",
        "age_final or age_documented",
        "presumed and childrens_services",
    ),
    "D02a": (
        "concerned or asylum_wish or asylum_made or presumed or victim_track or step_against_child",
        "died",
        "informed",
    ),
    "D02b": (
        "is_child and (care_failed or unaccompanied or (victim_track and not care_present))",
        "died",
        "guardian and not guardian_in_conflict and guardian_checked and guardian_met",
    ),
    "D02b-asylum": ("is_child and asylum_made and (unaccompanied or care_failed)", "died", "guardian"),
    "D03": ("victim_track", "died", "assessed and assessed_again_due"),
    "D10": (
        "asylum_wish or asylum_made",
        "died or asylum_not_sought",
        "informed_of_asylum and asylum_lodged",
    ),
    "D18": (
        "victim_track and (from_abroad or asylum_wish or asylum_made) and not estonian",
        "died",
        "permit",
    ),
    "D24": ("victim_track", "died", "placed and place_assessed and place_vetted"),
    "D26-asylum": ("is_child and asylum_lodged", "died", "at_school"),
    "D28": (
        "is_child and unaccompanied",
        "died or place_revealed or contact_unwanted or care_suspected or do_not_contact",
        "contact_asked and contact_assessed and contact_made",
    ),
    "D32": ("found_by_alert", "False", "measures_decided"),
    "D45": (
        "victim_track and (not is_child or now >= turns_18 - 183 * 24 * 60)",
        "died",
        "transition_planned",
    ),
}
"""Of each duty what opens it, what ends it, and what meets it: the columns of its table."""
DUE = {
    "D02b-asylum": "working_days_after(d02b_asylum_start, 15)",
    "D26-asylum": "months_after(d26_asylum_start, 2)",
    "D32": "d32_start + 12 * 60",
}


def _table(code: str) -> str:
    columns = "".join(
        f'<input id="i{number}" label="{number}"><inputExpression id="e{number}" typeRef="boolean">'
        f"<text>{escape(text)}</text></inputExpression></input>"
        for number, text in enumerate(TABLES[code])
    )
    wanted = "".join(
        f'<inputEntry id="w{number}"><text>{text}</text></inputEntry>'
        for number, text in enumerate(("True", "False", "False"))
    )
    return (
        f'<definitions xmlns="{NAMESPACE}" id="d" name="d" namespace="n"><decision id="{code}" name="{code}">'
        f'<decisionTable id="t" hitPolicy="UNIQUE">{columns}<output id="o" name="open"/>'
        f'<rule id="r">{wanted}<outputEntry id="x"><text>{DUE.get(code, "True")}</text></outputEntry></rule>'
        "</decisionTable></decision></definitions>"
    )


class Spiff:
    """The parsed tables, and the children as data of a task."""

    def __init__(self, told: dict[str, Any]) -> None:
        holidays = frozenset(date.fromisoformat(one) for one in told["holidays"])
        functions = {
            "working_days_after": lambda day, amount: working_days_after(day, amount, holidays),
            "months_after": months_after,
        }
        engine = PythonScriptEngine(environment=TaskDataEnvironment(functions))
        self.workflow = SimpleNamespace(script_engine=engine)
        self.engines = {code: _engine(code) for code in TABLES}
        self.children = [
            child["flat"] | {_name(code): _start(start) for code, start in child["starts"].items()}
            for child in told["children"]
        ]

    def each(self) -> Answers:
        """Every table, for one child after the other."""
        return [self._answer(child) for child in self.children]

    def at_once(self) -> None:
        """A decision table is asked of one at a time."""

    def _answer(self, child: dict[str, Any]) -> dict[str, Any]:
        task = SimpleNamespace(data=child, workflow=self.workflow)
        found = {code: engine.result(task).get("open", False) for code, engine in self.engines.items()}
        return {code: end.isoformat() if isinstance(end, date) else end for code, end in found.items()}


def _engine(code: str) -> DMNEngine:
    parser = DMNParser(None, etree.fromstring(_table(code)), {"dmn": NAMESPACE})
    parser.parse()
    return DMNEngine(parser.decision.decisionTables[0])


def _name(code: str) -> str:
    return f"{code.lower().replace('-', '_')}_start"


def _start(start: str | int) -> date | int:
    return start if isinstance(start, int) else date.fromisoformat(start)


if __name__ == "__main__":
    serve(Spiff)
