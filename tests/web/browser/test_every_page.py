"""Every page of the site in each way to look at it: nobody is shut out, none is heavy. A new page has to be listed."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from random import Random
from uuid import uuid4

import pytest
from django.test import Client
from playwright.sync_api import Browser

from encircle.actions.caseload.review import review_seen, start_review
from encircle.actions.offers import Asked, offer_child, offered_to
from encircle.actions.reports.body import complaints
from encircle.actions.reports.complaint import Complaint, complain
from encircle.actions.reports.desk import reports
from encircle.actions.reports.door import Account, files_waiting, keep_files, new_form, send, write_back
from encircle.actions.reports.files import Taking
from encircle.actions.reports.talk import begin, rule_shown
from encircle.actions.reports.talk_desk import talks_at_desk
from encircle.actions.sharing import propose_agreement, sharing_agreements
from encircle.actions.statistics import release_statistics
from encircle.law.indicator import Setting
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.offer import OfferNeed, OfferUrgency
from encircle.vocabulary.onward import Onward
from encircle.vocabulary.role import Role
from encircle.vocabulary.visit_purpose import VisitPurpose
from tests.database import TestDatabase
from tests.host.file.corpus import picture
from tests.web.browser.conftest import OpenScreen, SignedIn
from tests.web.browser.every_page import DEMONSTRATION, PAGES, PATH, Found, gather, routes, seen_in
from tests.web.browser.path_of_a_child import STEPS, Path
from tests.web.browser.screen import none_left, screen_of
from tests.web.browser.server import Site, served
from tests.web.browser.test_crawl import one_of_each_role
from tests.web.browser.variant import ALL, NO_SCRIPT, Variant
from tests.web.browser.walk import Walk
from tests.web.browser.weight import weigh
from tests.web.complaint_bodies import make_body
from tests.web.crossborder.test_requests import hidden as of_request
from tests.web.desk.test_access_file import prepared
from tests.web.desk.test_record_act import ALONE, hidden
from tests.web.desks import make_desk
from tests.web.reading import read
from tests.web.world import Staff, colleague_of, loading, make_staff

ASKED = {"override_basis": "The child's own wish.", "do": "ask"}


def test_each_route_is_looked_at_somewhere(settings: object):
    settings.ROOT_URLCONF = "tests.web.demonstration_urls"
    assert routes() == PAGES.keys()


@pytest.mark.full
def test_every_page_of_the_demonstration(browser: Browser, demonstration: TestDatabase, signed_in: SignedIn):
    with served() as site:
        cookies = [f"encircle={signed_in(one)}" for one in people()]
        found = gather(site.address, cookies)
        for path in ("/components/", "/my-looks/"):
            found[path.removeprefix("/")] = Found(path, cookies[0])
        assert seen_in(DEMONSTRATION) - found.keys() == frozenset()
        wanted = [found[route] for route in sorted(seen_in(DEMONSTRATION))]
        none_left([*looked_at(browser, site, wanted), *heavy(browser, site, wanted)])


@pytest.mark.full
def test_every_page_that_a_childs_path_leads_to(
    browser: Browser,
    path: Path,
    site: Site,
    signed_in: SignedIn,
    as_staff: Callable[[Staff], Client],
    database: TestDatabase,
):
    for step in STEPS:
        step(path)
    investigating = as_staff(path.dmitri)
    asked = override_asked(investigating, path.number)
    cookie = {one.role: f"encircle={signed_in(one)}" for one in (path.rosa, path.carla, path.dmitri)}
    cookie[Role.POLICE] = f"encircle={investigating.cookies['encircle'].value}"
    found = gather(site.address, [cookie[Role.CHILD_PROTECTION_SERVICE]])
    found |= gather(site.address, [cookie[Role.POLICE]], start="/statistics/")
    found |= {
        route: Found(address, cookie[role])
        for route, address, role in (
            ("concerns/<slug:concern>/", f"/concerns/{path.concern}/", Role.SCHOOL),
            ("triage/<slug:concern>/", f"/triage/{path.concern}/", Role.CHILD_PROTECTION_SERVICE),
            (
                "triage/<slug:concern>/same-child/",
                f"/triage/{path.concern}/same-child/",
                Role.CHILD_PROTECTION_SERVICE,
            ),
            ("triage/<slug:concern>/answer/", f"/triage/{path.concern}/answer/", Role.POLICE),
            ("records/<slug:number>/overrides/<slug:asked>/", asked, Role.POLICE),
            ("account/passkeys/", "/account/passkeys/", Role.POLICE),
            ("account/password/", "/account/password/", Role.POLICE),
            ("account/password/again/", "/account/password/again/", Role.POLICE),
            ("account/app/", "/account/app/", Role.POLICE),
            ("account/passkeys/add/", "/account/passkeys/add/", Role.POLICE),
        )
    }
    mari = signed_in(make_staff("mari", Role.COORDINATOR))
    found["emergency/counted/"] = Found("/emergency/counted/", f"encircle={mari}")
    head = f"encircle={signed_in(make_staff('hilja', Role.SUPERVISOR))}"
    for address in ("looks/", "looks/people/", "looks/asked-again/", "looks/week/", "looks/breach/"):
        found[address] = Found(f"/{address}", head)
    found |= agreed(signed_in) | reviewed(signed_in) | offered(signed_in, path)
    found |= of_accounts(signed_in, cookie[Role.POLICE])
    found |= at_the_door(database, signed_in)
    found |= on_request(as_staff(path.carla), path.number, cookie[Role.CHILD_PROTECTION_SERVICE])
    found["account/sign-in/"] = Found("/account/sign-in/", "")
    request = found["records/<slug:number>/cross-border/<slug:request_id>/"]
    answer = "records/<slug:number>/cross-border/<slug:request_id>/<slug:act>/"
    assert seen_in(PATH) - found.keys() == {answer}
    wanted = [found[route] for route in sorted(seen_in(PATH) - {answer})]
    none_left([*looked_at(browser, site, wanted), *heavy(browser, site, wanted)])
    it_has_gone(as_staff(path.carla), request.address)
    delayed = [Found(f"{request.address}delayed/", request.cookie)]
    none_left([*looked_at(browser, site, delayed), *heavy(browser, site, delayed)])


@pytest.fixture
def path(screen: OpenScreen, own_database: TestDatabase, carla: Staff, eva: Staff) -> Path:
    """The walk, with nothing on record."""

    def release() -> None:
        with loading(own_database):
            assert release_statistics() is not None

    rosa, dmitri = make_staff("rosa", Role.SCHOOL), make_staff("dmitri", Role.POLICE)
    return Path(Walk(screen, NO_SCRIPT), rosa, carla, dmitri, eva, release)


@pytest.fixture
def database(own_database: TestDatabase) -> TestDatabase:
    return own_database


def reviewed(signed_in: SignedIn) -> dict[str, Found]:
    """A caseload review that somebody has begun, and the first of its children."""
    cara = make_staff("cara", Role.CARER)
    token, cookie = str(uuid4()), f"encircle={signed_in(cara)}"
    review = start_review(cara.who, setting=Setting.CARE, with_records=False, numbers=("K-1",), token=token)
    address = f"/caseload/{review}/"
    return {
        "caseload/<uuid:review>/": Found(address, cookie),
        "caseload/<uuid:review>/<uuid:child>/": Found(
            f"{address}{review_seen(cara.who, review).go_on}/", cookie
        ),
    }


def agreed(signed_in: SignedIn) -> dict[str, Found]:
    """An agreement as the side sees it that has not signed yet, and the form for a new one."""
    sofia, simon = make_staff("sofia", Role.SUPERVISOR), make_staff("simon", Role.SUPERVISOR)
    today = sharing_agreements(sofia.who).today
    number = propose_agreement(
        sofia.who,
        simon.agency,
        gives=True,
        groups=[FieldGroup.LOCATION, FieldGroup.HEALTH],
        ends=[VisitPurpose.PROTECT, VisitPurpose.TREAT],
        onward=Onward.ASK,
        basis="EU-2016/679 6(1)(e)",
        first=today,
        last=today + timedelta(days=365),
        token=str(uuid4()),
    )
    cookie = f"encircle={signed_in(simon)}"
    return {
        "agreements/<slug:agreement>/": Found(f"/agreements/{number}/", cookie),
        "agreements/new/": Found("/agreements/new/", cookie),
    }


def offered(signed_in: SignedIn, path: Path) -> dict[str, Found]:
    """The child of the path, as an agency sees it that is asked to take part."""
    nora = make_staff("nora", Role.NGO)
    asked = Asked(nora.agency, "ngo", OfferNeed.DAILY_SUPPORT, OfferUrgency.THIS_WEEK, "Act 1")
    offer_child(path.carla.who, path.number, asked, token=str(uuid4()))
    (offer,) = offered_to(nora.who).items
    return {"referrals/<slug:offer>/": Found(f"/referrals/{offer.id}/", f"encircle={signed_in(nora)}")}


def at_the_door(database: TestDatabase, signed_in: SignedIn) -> dict[str, Found]:
    """A report and a complaint as who receives them meets them before the key is open."""
    dora = make_desk(database, "dora").first
    make_desk(database, "dirk")
    form, shown = new_form(), Taking()
    shown.take(picture("JPEG", Random(6)))
    keep_files(form, (shown,))
    (file,) = files_waiting(form)
    send(form, Account(text="Somebody has my papers.", danger="yes"))
    report = reports(dora.who).reports[0].open.id
    oda = make_body("oda").first
    code = complain(new_form(), Complaint(text="Nobody listens to me.", complainant="child"))
    more, seen = new_form(), Taking()
    seen.take(picture("JPEG", Random(8)))
    keep_files(more, (seen,))
    (proof,) = files_waiting(more)
    write_back(code.words, "", form=more)
    complaint = complaints(oda.who).complaints[0].open.id
    signed, cookie = f"encircle={signed_in(oda)}", f"encircle={signed_in(dora)}"
    form = new_form()
    begin(form, "May I ask something?", shown=rule_shown(form), account=Account())
    talk = talks_at_desk(dora.who).talks[0].open.report
    return {
        "reports/<uuid:report>/": Found(f"/reports/{report}/", cookie),
        "reports/<uuid:report>/same-child/": Found(f"/reports/{report}/same-child/", cookie),
        "reports/<uuid:report>/files/<uuid:file>/": Found(f"/reports/{report}/files/{file.id}/", cookie),
        "complaints/": Found("/complaints/", signed),
        "complaints/keeping/": Found("/complaints/keeping/", signed),
        "complaints/<uuid:complaint>/": Found(f"/complaints/{complaint}/", signed),
        "complaints/<uuid:complaint>/files/<uuid:file>/": Found(
            f"/complaints/{complaint}/files/{proof.id}/", signed
        ),
        "talks/<uuid:report>/": Found(f"/talks/{talk}/", f"encircle={signed_in(dora)}"),
    }


def of_accounts(signed_in: SignedIn, police: str) -> dict[str, Found]:
    """What somebody meets who signs in, and who answers for an agency and for its people."""
    hilja = make_staff("hilja", Role.SUPERVISOR)
    leaves = f"/account/colleagues/{colleague_of(hilja).person}/leave/"
    head = f"encircle={signed_in(hilja)}"
    return {
        "account/again/": Found("/account/again/", police),
        "account/passkey-needed/": Found("/account/passkey-needed/", police),
        "account/keys/": Found("/account/keys/", police),
        "account/linked/": Found("/account/linked/", police),
        "account/colleagues/": Found("/account/colleagues/", head),
        "account/colleagues/invite/": Found("/account/colleagues/invite/", head),
        "account/colleagues/<slug:person>/leave/": Found(leaves, head),
        "sign-in/invited/": Found("/sign-in/invited/", ""),
        "law/privacy/": Found("/law/privacy/", head),
        "my/data/": Found("/my/data/", ""),
    }


def on_request(carla: Client, number: str, cookie: str) -> dict[str, Found]:
    """What is told to a child that asks what is kept of it, and for how long."""
    return {
        "records/<slug:number>/access/": Found(f"/records/{number}/access/", cookie),
        "records/<slug:number>/access/<slug:file>/": Found(prepared(carla, number), cookie),
        "records/<slug:number>/keeping/": Found(f"/records/{number}/keeping/", cookie),
        "records/<slug:number>/sealed/": Found(f"/records/{number}/sealed/", cookie),
    }


def people() -> list[Staff]:
    return [
        Staff("", post.who.agency, post.who.role, str(post.account), post.who.person)
        for post in one_of_each_role()
    ]


def override_asked(client: Client, number: str) -> str:
    address = f"/records/{number}/record/plan-interview/"
    client.post(address, {**hidden(client.get(address).content), **ALONE, **ASKED})
    links = read(client.get(f"/records/{number}/record/").content).links
    return next(link for link in links if "/overrides/" in link)


def it_has_gone(client: Client, request: str) -> None:
    """A request that had gone already: from then on an answer is awaited."""
    form = of_request(client.get(f"{request}send/"))
    assert client.post(f"{request}send/", {**form, "go": "gone"}).status_code == 302


def looked_at(browser: Browser, site: Site, wanted: Iterable[Found]) -> list[str]:
    """What shuts somebody out of these pages, in any way to look."""
    wanted = list(wanted)
    return [one for variant in ALL for one in looked_at_in(browser, site, wanted, variant)]


def looked_at_in(browser: Browser, site: Site, wanted: list[Found], variant: Variant) -> list[str]:
    wrong: list[str] = []
    with screen_of(browser, site, variant) as screen:
        for page in wanted:
            screen.sign_out()
            if page.cookie:
                screen.sign_in(page.cookie.removeprefix("encircle="))
            screen.speak(variant.language)
            screen.open(page.address)
            wrong += screen.problems()
        wrong += screen.faults
        screen.faults.clear()
    return wrong


def heavy(browser: Browser, site: Site, wanted: Iterable[Found]) -> list[str]:
    """Pages that are too much for a slow line, with their weight."""
    wrong: list[str] = []
    for page in wanted:
        with screen_of(browser, site, NO_SCRIPT) as screen:
            if page.cookie:
                screen.sign_in(page.cookie.removeprefix("encircle="))
            weight = weigh(screen.page, site.address + page.address)
            wrong += [f"{page.address}: {one}" for one in weight.too_much()]
    return wrong
