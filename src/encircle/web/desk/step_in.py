"""Stepping into a role of the demonstration: everybody of the synthetic country, one button each. Never elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.contrib import auth
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from encircle.actions.childs_page.trial import TRIAL_CODE
from encircle.actions.days import first_to_play, sees_most
from encircle.actions.examples import real_cases
from encircle.actions.post import Post, demonstration_posts
from encircle.actions.sign_in import step_into
from encircle.vocabulary.purpose import Purpose
from encircle.web.gate import purpose
from encircle.web.page import wording
from encircle.web.page.front import recognise


@dataclass(frozen=True, slots=True)
class Somebody:
    """One of the people. `here`: the one whom the reader is now."""

    id: str
    name: str
    role: str
    here: bool


@dataclass(frozen=True, slots=True)
class AgencyGroup:
    """One agency with its people."""

    name: str
    people: tuple[Somebody, ...]


@dataclass(frozen=True, slots=True)
class RegionGroup:
    """One region with its agencies, or those of one real case. `code`: for the address of its heading.

    `plays`: the person of a real case who sees most of it, as whom it is played day by day.
    """

    code: str
    name: str
    agencies: tuple[AgencyGroup, ...]
    plays: str = ""


@purpose(Purpose.SIGN_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def step_in(request: HttpRequest) -> HttpResponse:
    """The people by region and agency; and who chooses one goes on as that person."""
    if request.method == "POST":
        plays = request.POST.get("play", "")
        somebody = step_into(plays or request.POST.get("person", ""))
        auth.login(request, somebody.account)
        number = first_to_play(somebody.who) if plays else None
        return HttpResponseRedirect("/" if number is None else reverse("days", args=(number,)))
    me = recognise(request)
    regions = regions_of(demonstration_posts(), me="" if me is None else me.who.person)
    return render(request, "desk/step_in.html", {"regions": regions, "trial_code": TRIAL_CODE})


def regions_of(posts: Iterable[Post], *, me: str) -> tuple[RegionGroup, ...]:
    """The posts, which come in this order, by region or real case and by agency."""
    together = (
        (key, tuple(inside)) for key, inside in groupby(posts, key=lambda post: (post.case, post.region))
    )
    return tuple(
        RegionGroup(
            code=region or (f"case-{case.replace('.', '-')}" if case else "country"),
            name=_heading(case, region),
            agencies=tuple(
                AgencyGroup(agency, tuple(_somebody(post, me) for post in here))
                for agency, here in groupby(inside, key=lambda post: post.agency)
            ),
            plays=sees_most(post.who for post in inside).person if case else "",
        )
        for (case, region), inside in together
    )


def _heading(case: str | None, region: str | None) -> str:
    if case is not None:
        titles = {told.name.lower(): told.title for told in real_cases()}
        return _("Real case: %(title)s") % {"title": titles.get(case, case)}
    return wording.titled(region) if region else _("The whole country")


def _somebody(post: Post, me: str) -> Somebody:
    return Somebody(
        id=post.who.person,
        name=post.name,
        role=wording.plain(post.who.role.value),
        here=post.who.person == me,
    )
