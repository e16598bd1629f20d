"""The forms of the child's page: what they ask, who reads it, and what was typed.

A complaint goes to a body that is not complained of; on record only where no such body has its key in use.
"""

from dataclasses import dataclass
from uuid import uuid4

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from encircle.actions.childs_page.own import LONGEST
from encircle.actions.keys import FormMark, seal_mark
from encircle.web.child import words
from encircle.web.child.words import Words


@dataclass(frozen=True, slots=True)
class Writing:
    """One form. `reads`: who reads it, told before anything is typed."""

    route: str
    icon: str
    title: Words
    about: Words
    options: tuple[tuple[str, Words], ...]
    words: Words
    reads: tuple[Words, ...]
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
            _("Your social worker and your guardian read it. Others who decide about you can read it too."),
            _("They must think about what you want. They must tell you what they do, and why."),
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
            _(
                "An office that checks others reads it. It is not the people whom it is about."
                " You must get an answer, here on this page."
            ),
            _(
                "The people who work for you do not see it and do not see that you complained, unless you want it."
            ),
            _("Nobody may be angry with you for it or treat you worse."),
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
            _(
                "The head of the social workers reads it. You must get an answer. Nobody may be angry with you for it."
            ),
            _("People who work on your file can read it too, maybe also the person whom it is about."),
            _(
                "You do not want that? Then do not write it here. Tell your lawyer, or another adult whom you trust."
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
    about: str = "",
    typed: str = "",
    token: str = "",
    wrong: bool = False,
    given_back: bool = False,
    chosen: tuple[str, ...] = (),
) -> dict[str, object]:
    """What the template of a form needs. `given_back`: the page was closed in between, and nothing is saved yet.

    `chosen`: what the child allowed.
    """
    form = FORMS[name]
    return {
        "form": form,
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
