"""Words for a child: every code that the page can show, for the ages 6-9, 10-13 and 14-17 where it takes more than a line.

No words of staff.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from encircle.law.saying import Band

Words = str | Promise
ByAge = Mapping[Band, Words]


def by_age(young: Words, middle: Words, older: Words = "") -> ByAge:
    """What is said at 6-9, at 10-13 and at 14-17; without words of their own the oldest read those of the middle."""
    return {Band.YOUNG: young, Band.MIDDLE: middle, Band.OLDER: older or middle}


def same(text: Words) -> ByAge:
    """What is said alike at each age."""
    return by_age(text, text)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the page: its address under the page, name and icon."""

    name: str
    title: Words
    icon: str


@dataclass(frozen=True, slots=True)
class Right:
    """What a child is told: icon, name, what is said of it, and the rules that say what is owed, in words of the packs."""

    icon: str
    title: Words
    rules: tuple[str, ...]
    says: ByAge | None = None


PARTS = (
    Part("my_next", _("What happens next"), "calendar"),
    Part("my_people", _("Who is who"), "users"),
    Part("my_decided", _("What was decided"), "scale"),
    Part("my_rights", _("My rights"), "shield"),
    Part("my_say", _("Say what I think"), "message-circle"),
    Part("my_complain", _("Something is not right"), "flag"),
    Part("my_seen", _("Who opened my file"), "eye"),
)

COMING: dict[str, Right] = {
    "interview": Right(
        "calendar",
        _("A talk about what happened"),
        ("P11-interview_planned", "D02a-interview"),
        by_age(
            _("Somebody asks you and listens. You may stop. You may say “I don't know”."),
            _("Somebody asks you questions and listens. You can take a break. You can say “I don't know”."),
            _(
                "People who are trained for it ask what happened and write it down."
                " You can take breaks, say “I don't know”, and put right what was not understood."
            ),
        ),
    ),
    "hearing": Right(
        "calendar",
        _("A day with a judge"),
        ("D08",),
        by_age(
            _("A judge listens to people. Then the judge says what is right."),
            _(
                "A judge listens to people, to decide what is right. Your lawyer tells you before what will happen there."
            ),
            _(
                "The court hears people before it decides. Ask your lawyer who will be there,"
                " whether you have to speak, and whether you can speak from another room."
            ),
        ),
    ),
    "examination": Right(
        "calendar",
        _("A visit to a doctor"),
        ("D05",),
        by_age(
            _("A doctor looks whether you are well. You may say stop."),
            _("The doctor looks whether your body is all right. You can say stop."),
            _(
                "A doctor or a nurse examines you. Ask first what they do and why."
                " You can say stop at any time, and you can ask for a woman or for a man."
            ),
        ),
    ),
}
"""What can come, what it is, and the rules that say what is owed to the child at it."""

HELPERS: dict[str, tuple[Words, ByAge]] = {
    "guardian": (
        _("Your guardian"),
        by_age(
            _("Looks after you and speaks up for you. You can ask anything."),
            _("Looks after what is good for you, and speaks up for you. You can ask your guardian anything."),
            _(
                "Acts for you where a parent would, and must put first what is best for you."
                " Ask your guardian before you sign anything."
            ),
        ),
    ),
    "lawyer": (
        _("Your lawyer"),
        by_age(
            _("Knows the rules and is on your side. Keeps your secrets."),
            _(
                "Knows the law and is on your side. What you tell your lawyer stays between you two. You pay nothing."
            ),
            _(
                "Knows the law and acts for you alone. What you tell your lawyer stays between you two,"
                " and it costs you nothing."
            ),
        ),
    ),
    "support_person": (
        _("Your support person"),
        by_age(
            _("Goes with you. Then you are not alone."),
            _("Goes with you to talks and to court, so that you are not alone."),
            _("Goes with you to talks and to court, explains what happens, and can ask for a break for you."),
        ),
    ),
    "case_lead": (
        _("Your social worker"),
        by_age(
            _("Helps you and asks you what you want."),
            _("Keeps the plan for you together, and asks you what you want."),
            _(
                "Keeps the plan for you together, must ask what you want, and must tell you what is decided and why."
            ),
        ),
    ),
    "giver": (
        _("Who gave you this page"),
        same(_("Can close this page at once, and give you a new code.")),
    ),
}

REACH: dict[str, Words] = {
    "guardian": _("I want to talk to my guardian."),
    "lawyer": _("I want to talk to my lawyer."),
    "support_person": _("I want to talk to my support person."),
    "case_lead": _("I want to talk to my social worker."),
    "giver": _("I want to talk to the person who gave me this page."),
}
"""What is put on record as the child's words when it asks for a talk: who helps is reached through the page."""
HELPER_ICONS = {
    "guardian": "shield",
    "lawyer": "scale",
    "support_person": "users",
    "case_lead": "clipboard-list",
}

ABOUT: dict[str, Words] = {
    "status": _("How you are protected"),
    "placement": _("Where you live"),
    "guardian": _("Your guardian"),
    "age": _("Your age"),
    "return": _("Going back to another country"),
    "transfer": _("Going to another country"),
    "durable_solution": _("Your life in the coming years"),
    "separation_from_parents": _("Living without your parents"),
    "return_to_parents": _("Going back to your parents"),
    "family_contact": _("Seeing or calling your family"),
    "residence": _("Staying in this country"),
    "asylum": _("Protection in this country"),
    "prosecution": _("The police case"),
    "proceedings": _("Police and court"),
    "interview": _("A talk about what happened"),
    "services": _("The help you get"),
    "education": _("School"),
    "health": _("Your health"),
    "detention": _("Being kept in a closed place"),
    "publication": _("What others may write about you"),
    "closing": _("The end of the help"),
    "do_not_contact": _("Who may not be called about you"),
    "other": _("Something about you"),
}

OUTCOMES: dict[str, Words] = {
    "granted": _("The answer is yes."),
    "refused": _("The answer is no."),
    "ordered": _("It will be done."),
    "continued": _("It goes on as before."),
    "ended": _("It stops."),
    "changed": _("It changes."),
    "no_measure": _("Nothing changes now."),
}
NO_OUTCOME = _("Ask your social worker or your guardian what the answer is.")

THOUGHT_OF: dict[str, Words] = {
    "views": _("what you want"),
    "identity": _("who you are and what you believe"),
    "family_and_relations": _("your family and the people you love"),
    "care_protection_safety": _("that you are safe and cared for"),
    "vulnerability": _("what is hard for you"),
    "health": _("your health"),
    "education": _("school and learning"),
    "security_against_traffickers": _("that people who hurt you cannot get to you"),
}

FOLLOWED: dict[str, Words] = {
    "fully": _("They did what you wanted."),
    "partly": _("They did a part of what you wanted."),
    "not_followed": _("They did not do what you wanted. They must tell you why."),
}

REVIEWS: dict[str, Words] = {
    "upheld": _("It was looked at again. It stays."),
    "changed": _("It was looked at again. It was changed."),
    "lifted": _("It was looked at again. It does not count any more."),
}

SAID: dict[str, Words] = {
    "saved": _("It is saved. Your social worker can read it."),
    "weighed": _("It was read, and people thought about it."),
    "answered": _("You got an answer. If you did not, tell your guardian."),
}
COMPLAINED: dict[str, Words] = {
    "saved": _("It is saved. The head of the social workers can read it."),
    "arrived": _("It has arrived, and somebody works on it."),
    "answered": _("You got an answer. If you did not, tell your lawyer."),
}

SAY_ABOUT: tuple[tuple[str, Words], ...] = (
    ("placement", _("Where I live")),
    ("family_contact", _("My family")),
    ("education", _("School")),
    ("health", _("How I feel")),
    ("proceedings", _("Police and court")),
    ("services", _("The help I get")),
    ("other", _("Something else")),
)
COMPLAIN_ABOUT: tuple[tuple[str, Words], ...] = (
    ("child_protection_service", _("A social worker")),
    ("guardian", _("My guardian")),
    ("lawyer", _("My lawyer")),
    ("carer", _("People where I live")),
    ("police", _("Police")),
    ("interpreter", _("The interpreter")),
    ("", _("Somebody else, or I don't want to say")),
)

RIGHTS = (
    Right(
        "shield",
        _("To be safe"),
        (),
        by_age(
            _("Nobody may hurt you. Adults must keep you safe."),
            _("Nobody may hurt you, use you or sell you. Adults must protect you."),
            _(
                "Nobody may hurt you, use you or sell you. The state must protect you, also if you did not ask for it."
            ),
        ),
    ),
    Right("house", _("To have a safe place"), ("D24",)),
    Right("message-circle", _("To be heard"), ("D04",)),
    Right("info", _("To know"), ("D02a",)),
    Right("users", _("To have somebody on your side"), ("D02b", "D02c")),
    Right("languages", _("To use your own language"), ("D23",)),
    Right("lock", _("To have secrets"), ("D34", "P12")),
    Right("plus", _("To see a doctor, and to go to school"), ("D25", "D26")),
    Right("scale", _("Not to be blamed"), ("P5", "D19")),
    Right("flag", _("To complain"), ("D35",)),
)
"""What every child is told, whatever stands on the record; beside some stands how far they have come in its own case."""

FAR: dict[str, Words] = {
    "overdue": _("For you: it is late. You can ask why, or complain."),
    "breached": _("For you: it is late. You can ask why, or complain."),
    "due_soon": _("For you: adults must still do this."),
    "open": _("For you: adults must still do this."),
    "met": _("For you: this is done. If it is not so, tell somebody."),
}
"""By the state of a duty in the child's own case, what it is told; of several, the first that one of them has."""
WITH_DAY: dict[str, Words] = {
    "due_soon": _("For you: adults must do this by %(day)s."),
    "open": _("For you: adults must do this by %(day)s."),
}

WHO: dict[str, Words] = {
    "child_protection_service": _("Social workers"),
    "case_lead": _("Social workers"),
    "supervisor": _("The head of the social workers"),
    "police": _("Police who look for the people who hurt children"),
    "general_police": _("Police"),
    "border_guard": _("Border guards"),
    "prosecutor": _("The prosecutor, who brings a case to the judge"),
    "court": _("The court"),
    "guardian": _("Your guardian"),
    "guardianship_authority": _("The office that gives children a guardian"),
    "lawyer": _("Your lawyer"),
    "barnahus": _("The children's house, where children are asked only once"),
    "interviewer": _("The person who talks with children"),
    "health_service": _("Doctors and nurses"),
    "therapist": _("The person who helps you feel better"),
    "identification_authority": _("The office that says who has a right to special help"),
    "review_body": _("People who check decisions"),
    "triage_team": _("The team that decides who helps"),
    "helpline": _("The helpline for children"),
    "ngo": _("An organisation that helps children"),
    "carer": _("People who look after you"),
    "school": _("School"),
    "education_authority": _("The school office"),
    "asylum_authority": _("The office for protection in this country"),
    "migration_authority": _("The office for staying in this country"),
    "reception_centre": _("People who look after new children"),
    "legal_aid_body": _("The office that pays lawyers for children"),
    "victim_support": _("People who help after something bad"),
    "central_authority": _("The office that talks with other countries"),
    "data_protection_officer": _("The person who checks that nobody reads about you without a reason"),
    "ombudsperson": _("The ombudsperson, who makes sure that children's rights count"),
    "coordinator": _("The person who makes sure that all work together"),
    "child": _("You, on this page"),
}
SOMEBODY = _("Other people who work for children")

WHY: dict[str, Words] = {
    "protect": _("to keep you safe"),
    "record": _("to write down what happened"),
    "search": _("to find your file"),
    "work_list": _("to see what they must do for you"),
    "triage": _("to decide who helps you"),
    "open_case": _("to begin helping you"),
    "cooperate": _("to plan together"),
    "cross_border": _("to ask another country"),
    "childs_page": _("to give you this page"),
    "account_for": _("to check who opened your file"),
}
OTHER_REASON = _("to do their work for you")
