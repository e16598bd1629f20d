"""What anybody may read at the door: rights, risks, what happens next, and who helps. Keeps nothing of anybody.

At one address; what was chosen travels in the form, as on the other pages of the door.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from encircle.actions.help import help_here
from encircle.law.help import ADULT, READERS, Help, Need, Rest, Service, Topic
from encircle.law.saying import Band
from encircle.vocabulary.purpose import Purpose
from encircle.web.door.frame import languages, shown
from encircle.web.door.reached import own_name, reached
from encircle.web.gate import purpose
from encircle.web.page.wording import marked

NAME = "hello"
"""What the file is called that can be kept: it says nothing to whoever finds it on a telephone."""
HELP, WHOLE = "help", "file"
AGES: Mapping[str, str | Promise] = {
    Band.YOUNG.value: _("I am 6 to 9"),
    Band.MIDDLE.value: _("I am 10 to 13"),
    Band.OLDER.value: _("I am 14 to 17"),
    ADULT: _("I am an adult"),
}
TOPICS: Mapping[str, str | Promise] = {
    Topic.RIGHTS.value: _("Your rights"),
    Topic.RISKS.value: _("What can be dangerous"),
    Topic.NEXT.value: _("What happens when you tell"),
}
NEEDS: Mapping[str, str | Promise] = {
    Need.TALK.value: _("somebody to talk to"),
    Need.REPORT.value: _("telling that a child needs help"),
    Need.SHELTER.value: _("a safe place"),
    Need.FOOD.value: _("food and clothes"),
    Need.HEALTH.value: _("a doctor"),
    Need.LEGAL.value: _("my rights, a lawyer"),
    Need.TRAFFICKING.value: _("somebody forces me to work or do things"),
    Need.MISSING.value: _("a child is missing"),
    Need.PICTURES.value: _("pictures of me on the internet"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be shown; whatever cannot be is left out."""

    part: str
    age: str
    need: str
    place: str
    spoken: str
    language: str


# It changes nothing and reads nothing of anybody: there is nothing that another site could make use of.
@csrf_exempt
@purpose(Purpose.DOOR)
@require_http_methods(["GET", "HEAD", "POST"])
def read(request: HttpRequest) -> HttpResponse:
    """The part that was chosen; where none was, the ages to choose."""
    here = help_here()
    asked = _asked(request, here)
    if asked.part == WHOLE:
        return _file(request, here, asked)
    if asked.part == HELP:
        return shown(request, "door/read_help.html", _services(here, asked), language=asked.language)
    if asked.age:
        return told_page(request, here, asked)
    return start_page(request, asked.language)


def start_page(request: HttpRequest, language: str) -> HttpResponse:
    """For whom one can read."""
    return shown(request, "door/read_start.html", {"ages": AGES.items()}, language=language)


def told_page(request: HttpRequest, here: Help, asked: Asked) -> HttpResponse:
    """One topic for one age."""
    return shown(request, "door/read_told.html", _told(here, asked), language=asked.language)


def _asked(request: HttpRequest, here: Help) -> Asked:
    try:
        sent = request.POST
    except SuspiciousOperation:
        sent = QueryDict("")

    def one_of(name: str, known: object) -> str:
        said = sent.get(name, "")
        return said if isinstance(known, (tuple, Mapping)) and said in known else ""

    spoken = get_language() or ""
    return Asked(
        part=one_of("part", (*TOPICS, HELP, WHOLE)),
        age=one_of("age", READERS),
        need=one_of("need", NEEDS),
        place=one_of("place", here.places),
        spoken=one_of("spoken", here.languages),
        language=one_of("language", languages())
        or (spoken if spoken in languages() else settings.LANGUAGE_CODE),
    )


def _told(here: Help, asked: Asked) -> dict[str, object]:
    topic = Topic(asked.part or Topic.RIGHTS)
    told = here.about(topic)
    return {
        "title": TOPICS[topic.value],
        "texts": [marked(one.words[asked.age], asked.language) for one in told],
        "rests": rests(tuple(rest for one in told for rest in one.rests), asked.language),
        "duty": _duty(here, asked.age, asked.language) if topic is Topic.NEXT else None,
        "topics": [(code, words) for code, words in TOPICS.items() if code != topic.value],
        "age": asked.age,
    }


def _duty(here: Help, age: str, language: str) -> dict[str, str]:
    duty = here.duty
    words = duty.adult if age == ADULT else duty.child
    return {"words": marked(words, language), "act": marked(duty.act, language), "at": _apart(duty.at)}


def rests(provisions: tuple[Rest, ...], language: str) -> list[dict[str, str]]:
    """On which articles texts rest, each act once."""
    found: dict[str, list[str]] = {}
    for one in provisions:
        known = found.setdefault(marked(one.act, language), [])
        known += [at for at in one.at.split(", ") if at not in known]
    return [{"act": act, "at": _apart(", ".join(sorted(at, key=_in_order)))} for act, at in found.items()]


def _apart(at: str) -> str:
    """Numbers of articles as they are read in every line, whichever way it runs."""
    return f"\u2066{at}\u2069"


def _in_order(at: str) -> tuple[int, str]:
    return int(at.partition("(")[0]), at


def _services(here: Help, asked: Asked) -> dict[str, object]:
    found = [reached(one, asked.language) for one in here.services if _fits(one, asked)]
    return {
        "services": found,
        "needs": [
            (code, words, code == asked.need) for code, words in NEEDS.items() if _is_served(here, code)
        ],
        "places": [(place, place == asked.place) for place in here.places],
        "spoken": [(code, own_name(code), code == asked.spoken) for code in here.languages],
        "age": asked.age,
    }


def _is_served(here: Help, need: str) -> bool:
    return any(need in one.needs for one in here.services)


def _fits(one: Service, asked: Asked) -> bool:
    """What serves the whole country fits each place, and what names no language may speak any."""
    return (
        (not asked.need or asked.need in one.needs)
        and (not asked.place or not one.places or asked.place in one.places)
        and (not asked.spoken or not one.languages or asked.spoken in one.languages)
    )


def _file(request: HttpRequest, here: Help, asked: Asked) -> HttpResponse:
    """All of it in one file that needs nothing else: for reading without a connection."""
    parts = [
        {
            "age": AGES[age],
            "topics": [
                {
                    "title": words,
                    "texts": [marked(one.words[age], asked.language) for one in here.about(Topic(code))],
                }
                for code, words in TOPICS.items()
            ],
            "duty": _duty(here, age, asked.language),
        }
        for age in READERS
    ]
    told = {
        "parts": parts,
        "services": [reached(one, asked.language) for one in here.services],
        "rests": rests(tuple(rest for one in here.told for rest in one.rests), asked.language),
    }
    answer = shown(request, "door/read_file.html", told, language=asked.language)
    answer.headers["Content-Disposition"] = f'attachment; filename="{NAME}.html"'
    return answer
