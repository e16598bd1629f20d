"""One child's path by programs alone: concern, triage, case, a duty met, meeting, calendar, another country, statistic."""

from typing import Any

from encircle.actions.statistics import release_statistics
from encircle.host.database import DatabaseRole
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.api.conftest import Program, program_of, told
from tests.web.world import make_staff

ANY = {"If-Match": "*"}


def test_a_child_is_followed_from_a_concern_to_a_statistic(own_database: TestDatabase):
    school = program_of(own_database, make_staff("school", Role.SCHOOL))
    carla = program_of(own_database, make_staff("carla", Role.CHILD_PROTECTION_SERVICE))
    dmitri = program_of(own_database, make_staff("dmitri", Role.POLICE))
    eva = program_of(own_database, make_staff("eva", Role.NGO))

    concern = registered(school, to=carla)
    decided(carla, concern)
    number = opened(carla, concern)
    met(carla, number)
    let_in(carla, dmitri, number)
    met_around_the_child(carla, dmitri, number)
    asked_abroad(carla, number)
    counted(own_database, carla, number)
    assert eva.get(f"/records/{number}", Purpose.PROTECT).status_code == 404
    looks = told(carla.get(f"/records/{number}/looks", Purpose.ACCOUNT_FOR))["looks"]
    assert {one["actor"] for one in looks} == {f"token:{carla.token}", f"token:{dmitri.token}"}


def registered(school: Program, *, to: Program) -> str:
    """The school says what it noticed, to those who decide what follows."""
    known = told(school.get("/concerns/recipients", Purpose.RECORD))["agencies"]
    assert to.staff.agency in [one["id"] for one in known]
    said = {
        "text": "The boy sleeps where the goods are kept.",
        "recipient": to.staff.agency,
        "danger_now": False,
        "signs": {"IND-T1": "observed"},
    }
    number: str = told(school.post("/concerns", Purpose.RECORD, said), 201)["number"]
    return number


def decided(carla: Program, concern: str) -> None:
    """Carla finds it on the board and decides what follows."""
    (waiting,) = told(carla.get("/triage", Purpose.TRIAGE))["concerns"]
    assert (waiting["number"], waiting["stage"]) == (concern, "waiting")
    seen = told(carla.get(f"/triage/{concern}", Purpose.TRIAGE))
    assert seen["may_decide"]
    decision = {"outcome": "presumed_victim", "priority": "urgent", "reasons": "He is kept from going home."}
    told(carla.post(f"/triage/{concern}/decision", Purpose.TRIAGE, decision), 201)


def opened(carla: Program, concern: str) -> str:
    """She opens the case from the concern; sent again, the same request opens the same one."""
    case = {"name": "Aino", "years": 15, "concern": concern, "lead": carla.staff.person}
    key = {"Idempotency-Key": "a-case-of-aino"}
    number: str = told(carla.post("/records", Purpose.OPEN_CASE, case, **key), 201)["number"]
    assert told(carla.post("/records", Purpose.OPEN_CASE, case, **key), 201)["number"] == number
    assert told(carla.get("/triage", Purpose.TRIAGE))["concerns"] == []
    return number


def met(carla: Program, number: str) -> None:
    """What is due stands on the work list with what it lacks; one act meets it."""
    due = told(carla.get("/work-list", Purpose.WORK_LIST))["items"]
    assert number in [item["number"] for item in due]
    record = told(carla.get(f"/records/{number}", Purpose.PROTECT))
    assert any(duty["state"] == "open" and duty["why"] and duty["basis"] for duty in record["duties"])
    done = stated(carla, number, {"type": "information_given", "values": {"topics": ["rights"]}})
    assert done["met"] == ["D02a"]


def let_in(carla: Program, dmitri: Program, number: str) -> None:
    """The police take part from now on, on a legal basis that everybody can read."""
    assert dmitri.get(f"/records/{number}", Purpose.PROTECT).status_code == 404
    part = {"agency": dmitri.staff.agency, "relation": "team", "basis": "Child Protection Act 31"}
    told(carla.post(f"/records/{number}/people", Purpose.PROTECT, part), 201)
    parts = told(dmitri.get(f"/records/{number}/people", Purpose.PROTECT))["parts"]
    assert (dmitri.staff.agency, "ChildProtectionAct 31") in [(one["agency"], one["basis"]) for one in parts]


def met_around_the_child(carla: Program, dmitri: Program, number: str) -> None:
    """A meeting is called and stands in the calendars; the police answer and share, Carla writes plan and minutes."""
    call = {"purpose": "coordination", "at": "2027-01-14T10:00", "invited": [dmitri.staff.agency]}
    told(carla.post(f"/records/{number}/meetings", Purpose.RECORD, call), 201)
    (meeting,) = told(carla.get(f"/records/{number}/meetings", Purpose.COOPERATE))["meetings"]
    assert len(meeting["participants"]) == 2
    entries = told(carla.get(f"/records/{number}/calendar", Purpose.COOPERATE))["entries"]
    assert "meeting" in [entry["what"] for entry in entries]
    ahead = told(carla.get("/calendar", Purpose.COOPERATE))["items"]
    assert (number, "meeting") in [(one["number"], one["what"]) for one in ahead]
    at_the_table(carla, dmitri, number, meeting["id"])


def at_the_table(carla: Program, dmitri: Program, number: str, meeting: str) -> None:
    """Each agency speaks for itself; what was agreed is done, and what was said stands in the minutes."""
    path = f"/records/{number}/meetings/{meeting}"
    told(dmitri.post(f"{path}/answer", Purpose.RECORD, {"answer": "coming"}), 201)
    told(carla.post(f"{path}/answer", Purpose.RECORD, {"answer": "by_telephone"}), 201)
    shared = {"content": "Nobody was let into the house.", "legal_basis": "Police Act 7", "part": "M"}
    told(dmitri.post(f"{path}/share", Purpose.RECORD, shared), 201)
    read = carla.get(path, Purpose.COOPERATE)
    seats = [one["id"] for one in told(read)["participants"]]
    told(carla.post(f"{path}/held", Purpose.RECORD, {"present": seats, "guardian_heard": False}), 201)
    task = {"task": "Look for a guardian", "agency": carla.staff.agency, "due": "2027-01-20"}
    action = told(carla.post(f"{path}/actions", Purpose.RECORD, task), 201)["facts"][0]["subject"]
    minutes = {"decisions": "He stays in the home.", "childs_views": "He wants to see his sister."}
    match = {"If-Match": read.headers["ETag"]}
    told(carla.post(f"{path}/minutes", Purpose.RECORD, minutes, **match), 201)
    ended = f"/records/{number}/actions/{action}/end"
    told(carla.post(ended, Purpose.RECORD, {"outcome": "done"}), 201)
    found = told(carla.get(path, Purpose.COOPERATE))
    assert [(one["answer"], one["present"]) for one in found["participants"]] in (
        [("coming", True), ("by_telephone", True)],
        [("by_telephone", True), ("coming", True)],
    )
    assert [one["content"] for one in found["shared"]] == [shared["content"]]
    assert [one["outcome"] for one in found["actions"]] == ["done"]
    assert found["minutes"]["childs_views"] == minutes["childs_views"]


def asked_abroad(carla: Program, number: str) -> None:
    """The country of the family is asked, after a look at what stands against it."""
    asked: dict[str, Any] = {"need": "situation_report", "to_country": "LV", "contents": ["identity"]}
    found = told(carla.post(f"/records/{number}/requests/check", Purpose.CROSS_BORDER, asked))
    assert found["channels"] != []
    channel = {**asked, "channel": found["channels"][0]["code"]}
    told(carla.post(f"/records/{number}/requests", Purpose.CROSS_BORDER, channel), 201)
    (request,) = told(carla.get(f"/records/{number}/requests", Purpose.CROSS_BORDER))["requests"]
    assert (request["need"], request["country"]) == ("situation_report", "LV")


def counted(database: TestDatabase, carla: Program, number: str) -> None:
    """The quarter is released; nothing in it leads back to the child."""
    with database.used_as(DatabaseRole.JOBS):
        release_statistics()
    tables = told(carla.get("/statistics", Purpose.STATISTICS))["tables"]
    answer = carla.get(f"/statistics/{tables[0]['code']}", Purpose.STATISTICS)
    assert number not in answer.content.decode()
    assert all(figure % 5 == 0 for row in told(answer)["figures"] for figure in row)


def stated(program: Program, number: str, *statements: dict[str, Any]) -> Any:
    body = {"statements": list(statements)}
    return told(program.post(f"/records/{number}/acts", Purpose.RECORD, body, **ANY), 201)
