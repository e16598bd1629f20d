"""What answers for a record, in a browser: kept and erased by two, agreed by two agencies, reported after a breach."""

from pathlib import Path

import pytest
from pytest_django import Settings

from encircle.actions.journal import prepare_journal, sequence_journal
from encircle.actions.retention import carry_out_erasures
from encircle.host.database import DatabaseRole
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.browser.conftest import OpenScreen
from tests.web.browser.variant import NO_SCRIPT, PHONE, PLAIN, Variant, rest_in_full
from tests.web.browser.walk import Walk
from tests.web.desk.test_emergency import led_by
from tests.web.world import Staff, colleague_of, make_staff

ways = pytest.mark.parametrize("variant", rest_in_full((PLAIN, NO_SCRIPT, PHONE), NO_SCRIPT))
BASIS = "Child-Protection-Act 31"


@pytest.fixture
def database(own_database: TestDatabase, settings: Settings, tmp_path: Path) -> TestDatabase:
    settings.JOURNAL_KEY_FILE, settings.JOURNAL_WITNESS = tmp_path / "key", tmp_path / "witness"
    settings.BACKUP_DAYS = 35
    prepare_journal()
    return own_database


@ways
def test_a_hold_stops_an_erasure_until_two_persons_and_no_hold_say_so(
    screen: OpenScreen, database: TestDatabase, carla: Staff, variant: Variant
):
    walk, aino, carl = Walk(screen, variant), led_by(carla), colleague_of(carla)
    keeping = f"/records/{aino}/keeping/"
    with walk.given("Carla sets a hold", carla) as page:
        page.open(keeping)
        hold = page.main("section[aria-labelledby=hold-title]")
        hold.locator("[name=hold_basis]").fill("CPC 12")
        hold.locator("[name=until]").fill("2027-05-31")
        hold.locator("[name=reason]").fill("A claim for compensation.")
        hold.locator("button").click()
        page.main(".notice.saved").wait_for()
        assert "A legal hold runs" in page.text
    with walk.when("she asks for an erasure", carla) as page:
        page.open(keeping)
        ask = page.main("section[aria-labelledby=ask-title]")
        ask.locator("[name=ground][value=asked_for]").check()
        ask.locator("[name=basis]").fill("EU-2016/679 17")
        ask.locator("button").click()
        page.main("#erasures-title").wait_for()
        assert page.main("button[value^=decide-]").count() == 0
    with walk.then("Carl decides once the hold has ended", carl) as page:
        page.open(keeping)
        page.main("button[value^=end-]").click()
        page.main(".notice.saved").wait_for()
        page.main("button[value^=decide-]").click()
        page.main(".notice.saved").wait_for()
    with database.used_as(DatabaseRole.JOBS):
        assert len(carry_out_erasures()) == 1
    with walk.then("Carla reads the certificate", carla) as page:
        page.open(keeping)
        page.main("a[href*='/keeping/']").first.click()
        page.main("article.paper").wait_for()
        assert "keys destroyed" in page.text


@ways
def test_two_agencies_agree_and_either_ends_it(
    screen: OpenScreen, database: TestDatabase, carla: Staff, variant: Variant
):
    walk, rosa = Walk(screen, variant), make_staff("rosa", Role.SCHOOL)
    sofia, head = colleague_of(carla, Role.SUPERVISOR), colleague_of(rosa, Role.SUPERVISOR)
    with walk.when("Sofia proposes that the school learns where the child is", sofia) as page:
        page.open("/agreements/new/")
        page.main("[name=other]").select_option(value=rosa.agency)
        for name, value in (("gives", "yes"), ("groups", "L"), ("ends", "protect"), ("onward", "not")):
            page.main(f"[name={name}][value={value}]").check()
        for name, value in (("basis", BASIS), ("first", "today"), ("last", "1.3.2028")):
            page.main(f"[name={name}]").fill(value)
        page.main("form .button").click()
        page.main(".notice.saved").wait_for()
        address = page.path
    with walk.then("the head of the school finds it and signs", head) as page:
        page.open("/agreements/").check()
        page.main(f"a[href='{address}']").click()
        page.main("button[value=sign]").click()
        page.main(".notice.saved").wait_for()
        assert page.main("button[value=sign]").count() == 0
    with walk.then("Sofia sees that it runs, and ends it", sofia) as page:
        page.open(address).check()
        page.main("[name=because]").first.check()
        page.main("button[value=end]").click()
        page.main(".notice.saved").wait_for()
        assert page.main("button[value=end]").count() == 0


@ways
def test_what_an_account_has_done_is_shown_and_taken_along(
    screen: OpenScreen, database: TestDatabase, carla: Staff, variant: Variant
):
    walk, aino = Walk(screen, variant), led_by(carla)
    officer = colleague_of(carla, Role.DATA_PROTECTION_OFFICER)
    with walk.given("Carla has opened the record", carla) as page:
        page.open(f"/records/{aino}/")
    with database.used_as(DatabaseRole.JOBS):
        sequence_journal()
    with walk.when("nobody is chosen yet", officer) as page:
        page.open("/looks/breach/").check()
        assert page.main("article.paper").count() == 0
    with walk.then("the officer chooses Carla and reads the report", officer) as page:
        page.main("[name=person]").select_option(value=carla.person)
        page.main("form .button").click()
        page.main("article.paper").wait_for()
        assert aino in page.text
    with walk.then("each file can be kept", officer) as page:
        for link in page.main("a[download]").all():
            with page.page.expect_download() as kept:
                link.click()
            assert kept.value.suggested_filename in ("report.pdf", "entries.csv", "proofs.json")
