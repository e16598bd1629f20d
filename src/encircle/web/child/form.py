"""The forms of the child's page: what they ask, who reads it, and what was typed.

A complaint goes to a body that is not complained of; on record only where no such body has its key in use.
"""

from dataclasses import dataclass
from uuid import uuid4

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from encircle.actions.childs_page.own import LONGEST
from encircle.actions.keys import FormMark, seal_mark
from encircle.law.saying import Band
from encircle.web.child import words
from encircle.web.child.words import ByAge, Words, same


@dataclass(frozen=True, slots=True)
class Writing:
    """One form. `reads`: who reads it, told before anything is typed."""

    route: str
    icon: str
    title: Words
    about: Words
    options: tuple[tuple[str, Words], ...]
    words: Words
    reads: tuple[ByAge, ...]
    send: Words
    nothing: Words
    may: tuple[tuple[str, Words], ...] = ()
    """What the child can allow beside it."""


FORMS = {
    "say": Writing(
        "my_say",
        "message-circle",
        _("Say what I think"),
        _("What is it about?"),
        words.SAY_ABOUT,
        _("What do you think? What do you want?"),
        (
            same(_("Your social worker and your guardian read it, and others who decide.")),
            same(_("They must think about what you want. They must tell you what they do, and why.")),
            same(_("In your own language, as you like. Mistakes do not matter.")),
        ),
        _("Save what I wrote"),
        _("Write something first. One word is enough."),
    ),
    "complain": Writing(
        "my_complain",
        "flag",
        _("Something is not right"),
        _("Who is it about?"),
        words.COMPLAIN_ABOUT,
        _("What is not right?"),
        (
            same(_("An office that checks others reads it. It is not the people whom it is about.")),
            same(_("You must get an answer, here on this page.")),
            same(_("The people who work for you do not see that you complained, unless you want it.")),
            same(_("Nobody may be angry with you for it or treat you worse.")),
            same(_("In your own language, as you like. Mistakes do not matter.")),
        ),
        _("Send it"),
        _("Write something first. One word is enough."),
        (
            ("tell_who", _("The office may know who I am. Then it can look into my file and help more.")),
            (
                "tell_team",
                _("The people who work for me may know that I complained. They do not see my words."),
            ),
        ),
    ),
    "complain_on_record": Writing(
        "my_complain",
        "flag",
        _("Something is not right"),
        _("Who is it about?"),
        words.COMPLAIN_ABOUT,
        _("What is not right?"),
        (
            same(
                _("The head of the social workers reads it. Others can too, maybe also the one it is about.")
            ),
            same(
                _(
                    "The head of the social workers reads it. You must get an answer. Nobody may be angry with you for it."
                )
            ),
            same(_("People who work on your file can read it too, maybe also the person whom it is about.")),
            same(
                _(
                    "You do not want that? Then do not write it here. Tell your lawyer, or another adult whom you trust."
                )
            ),
        ),
        _("Send it"),
        _("Write something first. One word is enough."),
    ),
}


def form_shown(
    name: str,
    *,
    record: str,
    band: Band = Band.MIDDLE,
    about: str = "",
    typed: str = "",
    token: str = "",
    wrong: bool = False,
    given_back: bool = False,
    chosen: tuple[str, ...] = (),
) -> dict[str, object]:
    """What the template of a form needs. `band`: for which age it is said who reads it; `chosen`: what the child allowed.

    `given_back`: the page was closed in between, and nothing is saved yet.
    """
    form = FORMS[name]
    return {
        "form": form,
        "reads": [one[band] for one in form.reads],
        "picked": bool(about),
        "href": reverse(form.route),
        "options": [
            {"value": code, "text": text, "chosen": bool(about) and code == about}
            for code, text in form.options
        ],
        "typed": typed,
        "token": token or str(uuid4()),
        "mark": seal_mark(FormMark(record, name)),
        "longest": LONGEST,
        "problem": form.nothing if wrong else "",
        "given_back": given_back,
        "way": name,
        "chosen": chosen,
        "gone": False,
    }
