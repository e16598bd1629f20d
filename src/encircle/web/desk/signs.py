"""Signs to look out for, by where one meets a child: each an indicator of the common list. Never counted, never a gate."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

SIGNS: Mapping[Words, Mapping[str, Words]] = {
    _("Anywhere"): {
        "IND-G20": _("Unknown adults speak for the child, or the child is never alone"),
        "IND-G10": _("Great fear of a person, or of telling something"),
        "IND-G2": _("Looks intimidated"),
        "IND-G13": _("Signs of neglect or injury"),
        "IND-G19": _("Money, clothes or phones that nobody can explain"),
        "IND-G21": _("Cannot say where he or she lives"),
        "IND-G22": _("Speaks of a debt"),
    },
    _("School or youth centre"): {
        "IND-G4": _("Does not go to school, or may not"),
        "IND-L3": _("Marks of work, or great tiredness"),
        "IND-M8": _("Often or long away from school"),
        "IND-F3": _("Is taken out of school for a journey all at once"),
    },
    _("Doctor or hospital"): {
        "IND-S1": _("An infection or pregnancy at a young age"),
        "IND-G14": _("Seems numb, or remembers little"),
        "IND-G15": _("Hurts himself or herself"),
        "IND-H7": _("Comes to the doctor only with an employer"),
    },
    _("Street, work or home"): {
        "IND-B1": _("Begs or sells, and hands the money over"),
        "IND-L1": _("Work that is not for children"),
        "IND-L8": _("Lives where he or she works"),
        "IND-H1": _("Much housework, hardly ever leaves the house"),
        "IND-C3": _("Steals or carries things as others say"),
    },
    _("Border or on the way"): {
        "IND-T1": _("Travels alone or with adults who are no relatives"),
        "IND-T5": _("Child and adult know little of each other"),
        "IND-T6": _("An adult keeps all the papers"),
        "IND-T3": _("Carries only telephone numbers"),
    },
    _("Online"): {
        "IND-O1": _("A new contact asks to keep a secret"),
        "IND-O2": _("Gets money, gifts or game items from a contact"),
        "IND-O7": _("Is threatened with pictures"),
    },
    _("In care"): {
        "IND-M1": _("Went missing soon after arriving"),
        "IND-M2": _("Left in a car or with an adult whom nobody knows"),
        "IND-R4": _("Was approached in the home or shelter"),
    },
}
"""By setting: the id of the list and its words for whoever is no specialist."""

WORDS: Mapping[str, Words] = {sign: words for group in SIGNS.values() for sign, words in group.items()}
"""All of them by id."""
