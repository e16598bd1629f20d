"""What a child is told about its data, in words for its age: what is written, who may read it, how long, what it can ask."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from encircle.law.saying import Band

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that a child is told: icon, name, and the words for each age."""

    icon: str
    title: Words
    says: Mapping[Band, Words]


NOTICE = (
    Told(
        "file-text",
        _("What is written about you"),
        {
            Band.YOUNG: _("Adults who help you write down what they need to help you."),
            Band.MIDDLE: _(
                "The people who help you write down what happened, what you need and what you want."
            ),
            Band.OLDER: _(
                "The agencies that help you write down what happened, what you need, what you want and what was decided. "
                "They may write only what they need for that."
            ),
        },
    ),
    Told(
        "lock",
        _("Who may read it"),
        {
            Band.YOUNG: _("Only people who help you. Each reads only their part."),
            Band.MIDDLE: _(
                "Only people who work for you, and each only the part they need. Where you live, very few may read."
            ),
            Band.OLDER: _(
                "Only people who work on your case, each only the part that the law opens to them. Where you live is locked "
                "away by itself. Nobody who hurt you, and nobody who stands on their side, may read anything."
            ),
        },
    ),
    Told(
        "eye",
        _("You can see who looked"),
        {
            Band.YOUNG: _("Each time somebody opens your file, that is written down. You can see it."),
            Band.MIDDLE: _(
                "Each time somebody opens your file, that is written down, with the reason. You can see it on your page."
            ),
            Band.OLDER: _(
                "Each look at your file is written down, with the reason, and nobody can take that away. You can see it on "
                "your page, and ask why somebody looked."
            ),
        },
    ),
    Told(
        "message-circle",
        _("What you can ask"),
        {
            Band.YOUNG: _("You can ask: what is written about me? You can say: this is wrong."),
            Band.MIDDLE: _(
                "You can ask for everything that is written about you. If something is wrong, say so: it is put right, "
                "or your word is put beside it."
            ),
            Band.OLDER: _(
                "You can ask for a copy of what is written about you. It costs nothing. You can ask that something is put "
                "right, not used for a time, or erased. You get an answer with reasons."
            ),
        },
    ),
    Told(
        "users",
        _("Who else is told"),
        {
            Band.YOUNG: _(
                "If somebody must be told something about you, you are told first, if that is safe."
            ),
            Band.MIDDLE: _(
                "Sometimes others must be told something, to keep you safe. You are told before, if that is safe."
            ),
            Band.OLDER: _(
                "Sometimes another agency or another country must be told something. It is written down "
                "what, to whom and why. You are told before, if that is safe."
            ),
        },
    ),
    Told(
        "clock",
        _("How long it is kept"),
        {
            Band.YOUNG: _("It is not kept for ever."),
            Band.MIDDLE: _("It is kept as long as it is needed to help you. Then it is erased."),
            Band.OLDER: _(
                "It is kept as long as it is needed, also so that you can claim your rights when you are grown up. "
                "Two persons decide before anything is erased."
            ),
        },
    ),
    Told(
        "flag",
        _("If something is not right"),
        {
            Band.YOUNG: _("Tell an adult whom you trust. You did nothing wrong."),
            Band.MIDDLE: _("Tell your guardian or your lawyer. You can also complain on your page."),
            Band.OLDER: _(
                "Tell your guardian or your lawyer, or complain on your page. There is also an authority "
                "that watches over data: your lawyer can write to it for you."
            ),
        },
    ),
)
