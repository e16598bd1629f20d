"""A duty has a page of its own: why, what is missing, by which source; the facts of a record have one too."""

from collections.abc import Callable

from django.test import Client

from encircle.actions.law import law_of
from encircle.core.duty.row import STANDING
from tests.web.reading import read
from tests.web.world import Staff

DAY = "?as_of=2018-11-30"


def duty_links(client: Client, number: str) -> list[str]:
    page = read(client.get(f"/records/{number}/{DAY}").content)
    return sorted({link for link in page.links if link.startswith(f"/records/{number}/duties/")})


def test_every_duty_in_the_ledger_leads_to_why_it_stands_and_by_which_source(
    aino: str, carla: Staff, as_staff: Callable[[Staff], Client]
):
    client = as_staff(carla)
    links = duty_links(client, aino)
    assert len(links) > 10
    for link in links[:6]:
        page = read(client.get(link).content)
        assert page.problems == []
        assert all(word in page.text for word in ("Why", "Source", "Owner", "In the words of the law"))


def test_a_duty_tells_its_rule_in_plain_words_before_it_is_told_as_written(
    aino: str, carla: Staff, as_staff: Callable[[Staff], Client]
):
    client = as_staff(carla)
    said = [
        read(client.get(link).content).text.partition("The rule as it is written")[2]
        for link in duty_links(client, aino)
    ]
    told = [text for text in said if "the child has the rights of a presumed victim" in text.lower()]
    assert told
    assert all(text.lower().index("presumed victim") < text.index("child.victim_track") for text in told)


def test_the_page_of_a_duty_is_asked_of_the_same_day(
    aino: str, carla: Staff, as_staff: Callable[[Staff], Client]
):
    client = as_staff(carla)
    page = read(client.get(duty_links(client, aino)[0]).content)
    assert "You are looking at 30 November 2018" in page.text


def test_a_duty_that_the_ledger_does_not_have_is_not_there(
    aino: str, carla: Staff, eva: Staff, as_staff: Callable[[Staff], Client]
):
    mine, hers = as_staff(carla), as_staff(eva)
    link = duty_links(mine, aino)[0]
    assert mine.get(link).status_code == 200
    assert mine.get(f"/records/{aino}/duties/D999/").status_code == 404
    assert hers.get(link).status_code == 404


def test_all_facts_are_told_in_full_with_who_learnt_them_when(
    aino: str, carla: Staff, eva: Staff, as_staff: Callable[[Staff], Client]
):
    page = read(as_staff(carla).get(f"/records/{aino}/facts/").content)
    assert page.problems == []
    told = [one for one in page.ids if one.removeprefix("fact-").isdigit()]
    assert sorted(told) == sorted(f"fact-{n}" for n in range(1, len(told) + 1))
    assert len(told) > 15
    assert page.text.count("Learnt") >= len(told)
    assert as_staff(eva).get(f"/records/{aino}/facts/").status_code == 404


def test_what_is_missing_is_told_in_the_ledger_for_duties_that_stand_alone(
    aino: str, carla: Staff, as_staff: Callable[[Staff], Client]
):
    content = as_staff(carla).get(f"/records/{aino}/{DAY}").content.decode()
    parts = content.split('<div class="duty ')[1:]
    told = {part.partition('"')[0] for part in parts if "duty-next" in part}
    assert told
    assert told <= {state.value for state in STANDING}


def test_a_duty_is_said_in_plain_words_and_as_one_says_it_to_the_child(
    aino: str, carla: Staff, as_staff: Callable[[Staff], Client]
):
    client = as_staff(carla)
    address = duty_links(client, aino)[0]
    saying = law_of("gb").saying(address.split("/duties/")[1].partition("/")[0])
    assert saying is not None
    shown = read(client.get(address).content).text
    for said in (saying.professional, *saying.child.values()):
        assert said.in_("en") in shown
