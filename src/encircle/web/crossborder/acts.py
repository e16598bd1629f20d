"""Acts: what becomes of a request, a contact that was made, a flag: their questions and what they state."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from encircle.actions.crossborder import OnRecord, RequestAct, Requests, decisions_of
from encircle.core.child.situation import Item
from encircle.vocabulary.moment import Span
from encircle.web.crossborder.asking import Form, plain
from encircle.web.crossborder.showing import needs, persons
from encircle.web.crossborder.words import ANSWERS, BECAUSE, CONTACTS, ENDANGERS, SCOPES
from encircle.web.page import when
from encircle.web.page.country import COUNTRIES
from encircle.web.page.field import Field, FieldKind, yes_no

Words = str | Promise
_TRUTH = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class About:
    """On which record, and about which request or flag, if any."""

    seen: Requests
    request: OnRecord | None = None
    flag: Item | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """One act: its words, its questions, and the type and values of what it states.

    `values` notes what is missing in the form. `opens`: whether it can be done now.
    """

    title: Words
    lead: Words
    button: Words
    of: str
    questions: Callable[[Form, About], tuple[Field, ...]]
    values: Callable[[Form, About], dict[str, object]]
    opens: Callable[[About], bool]


def _yes_no(form: Form, name: str, label: Words) -> Field:
    return yes_no(name, label, value=form.one(name), problem=form.problems.get(name, ""))


def _truths(form: Form, *names: str) -> dict[str, object]:
    return {name: _TRUTH[form.one(name)] for name in names if form.one(name) in _TRUTH}


def _when(form: Form) -> Field:
    hint = _("Leave it empty if it was today.")
    return form.date("happened", _("When was it?"), hint=hint, optional=True)


def _at(act: RequestAct) -> Callable[[About], bool]:
    """Whether that can be said of the request of the form."""
    return lambda about: about.request is not None and about.seen.opens(act, about.request)


def _delay_values(form: Form, _about: About) -> dict[str, object]:
    form.wants("delay_reasons", _("Write the reason."))
    return {"exceptional": form.one("exceptional") == "yes", "delay_reasons": form.one("delay_reasons")}


def _answer_values(form: Form, _about: About) -> dict[str, object]:
    form.wants("answer", _("Choose how it was answered."))
    return {"answer": form.one("answer")}


OF_A_REQUEST: Mapping[str, Act] = {
    "acknowledged": Act(
        gettext_lazy("The request has arrived"),
        gettext_lazy("The side that was asked says that it has the request."),
        gettext_lazy("Record the acknowledgement"),
        "request_acknowledged",
        lambda form, _about: (_when(form),),
        lambda _form, _about: {},
        _at(RequestAct.ACKNOWLEDGED),
    ),
    "delayed": Act(
        gettext_lazy("The answer will be late"),
        gettext_lazy("A reason is written down; silence is not one."),
        gettext_lazy("Record the delay"),
        "request_delayed",
        lambda form, _about: (
            form.text("delay_reasons", _("What is the reason?")),
            _yes_no(form, "exceptional", _("Are exceptional circumstances stated?")),
            _when(form),
        ),
        _delay_values,
        _at(RequestAct.DELAYED),
    ),
    "answered": Act(
        gettext_lazy("The request is answered"),
        gettext_lazy("What was told is used only for what it was asked for."),
        gettext_lazy("Record the answer"),
        "request_answered",
        lambda form, _about: (form.choice("answer", _("How?"), plain(ANSWERS)), _when(form)),
        _answer_values,
        _at(RequestAct.ANSWERED),
    ),
}


def _received(form: Form, about: About) -> tuple[Field, ...]:
    return (
        form.country("from_country", _("Which country asks?"), without=about.seen.law.country),
        form.choice("need", _("What is asked?"), needs(), kind=FieldKind.SELECT),
        form.choice(
            "disclosure_endangers",
            _("Does it say that disclosure could endanger somebody?"),
            plain(ENDANGERS),
            hint=_("Such a finding of the other State is honoured here."),
        ),
        form.date("due", _("By when do they want an answer?"), optional=True),
        _when(form),
    )


def _received_values(form: Form, about: About) -> dict[str, object]:
    from_country, need = form.one("from_country"), form.one("need")
    if from_country not in COUNTRIES:
        form.problems["from_country"] = _("Choose a country.")
    form.wants("need", _("Choose what is asked."))
    values: dict[str, object] = {"from_country": from_country, "request_kind": need, "instrument": "other"}
    channel = about.seen.received_by(need, from_country)
    if channel is not None:
        values |= {"instrument": channel.instrument, "channel": channel.code}
    if form.one("disclosure_endangers") in ENDANGERS:
        values["disclosure_endangers"] = form.one("disclosure_endangers")
    if form.day("due"):
        values["due"] = form.day("due")
    return values


def _contact(form: Form, about: About) -> tuple[Field, ...]:
    return (
        form.choice("contact_kind", _("What was it?"), plain(CONTACTS)),
        form.country("country", _("With which country?"), without=about.seen.law.country),
        _yes_no(form, "with_authority", _("Was it with an authority of that country?")),
        _yes_no(form, "child_named", _("Was the child named?")),
        _when(form),
    )


def _contact_values(form: Form, _about: About) -> dict[str, object]:
    form.wants("contact_kind", _("Choose what it was."))
    if form.one("country") not in COUNTRIES:
        form.problems["country"] = _("Choose a country.")
    said = {"contact_kind": form.one("contact_kind"), "country": form.one("country")}
    return {**said, **_truths(form, "with_authority", "child_named")}


def _flag(form: Form, about: About) -> tuple[Field, ...]:
    whom = _("With whom must there be no contact?")
    return (
        form.choice("scope", whom, plain(SCOPES), kind=FieldKind.CHOICES),
        form.country("country", _("Which country?"), without=about.seen.law.country, optional=True),
        *_whom(form, about),
        form.choice("because", _("Why?"), plain(BECAUSE)),
        form.text("flag_reasons", _("The reasons in words"), optional=True),
        form.date("review_due", _("When is it looked at again?"), optional=True),
    )


def _whom(form: Form, about: About) -> tuple[Field, ...]:
    """Which person is meant, where persons are on record."""
    words = [("", _("Nobody of these"), ""), *((id_, said, "") for id_, said in persons(about.seen).items())]
    if len(words) == 1:
        return ()
    asked = _("Which person around the child?")
    return (form.choice("person", asked, words, kind=FieldKind.SELECT, optional=True),)


def _flag_values(form: Form, about: About) -> dict[str, object]:
    form.wants("scope", _("Choose with whom."))
    if form.one("person") and form.one("person") not in persons(about.seen):
        form.problems["person"] = _("Choose about whom it is.")
    form.wants("because", _("Choose why."))
    values: dict[str, object] = {"scope": list(form.many("scope")), "because": form.one("because")}
    given = {
        "country": form.one("country"),
        "person": form.one("person"),
        "flag_reasons": form.one("flag_reasons"),
        "review_due": form.day("review_due"),
    }
    return values | {name: value for name, value in given.items() if value}


def _review_values(form: Form, _about: About) -> dict[str, object]:
    return {"review_due": form.day("review_due")} if form.day("review_due") else {}


def _lift(form: Form, about: About) -> tuple[Field, ...]:
    found = [(str(item["id"]), _decision(item), "") for item in decisions_of(about.seen)]
    return (
        form.choice(
            "decision",
            _("Which best-interests decision allows it?"),
            found,
            hint=_("Only decisions are listed that are in writing and in which the interests were assessed."),
        ),
        _yes_no(form, "guardian_heard", _("Was the guardian heard?")),
        _yes_no(form, "lawyer_heard", _("Was the lawyer heard?")),
    )


def _lift_values(form: Form, about: About) -> dict[str, object]:
    if form.one("decision") not in {str(item["id"]) for item in decisions_of(about.seen)}:
        form.problems["decision"] = _("Choose the decision.")
    for name, words in (
        ("guardian_heard", _("The guardian is heard before a flag is lifted.")),
        ("lawyer_heard", _("The lawyer is heard before a flag is lifted.")),
    ):
        if form.one(name) != "yes":
            form.problems[name] = words
    heard = _truths(form, "guardian_heard", "lawyer_heard")
    return {"decision": form.one("decision"), "in_writing": True, **heard}


def _decision(item: Item) -> str:
    at = item["made_at"]
    return _("Decision of {day}").format(day=when.span(at)) if isinstance(at, Span) else _("Decision")


def _stands(about: About) -> bool:
    return about.flag is not None and about.flag["current"] is not False and about.seen.may_flag


ON_THE_RECORD: Mapping[str, Act] = {
    "received": Act(
        gettext_lazy("A request from another country"),
        gettext_lazy(
            "Register it, so that its answer has an owner and a time. Look first whether this "
            "child may be talked about with them."
        ),
        gettext_lazy("Register the request"),
        "request_received",
        _received,
        _received_values,
        lambda about: about.seen.may_write,
    ),
    "contact": Act(
        gettext_lazy("A contact that was made"),
        gettext_lazy(
            "Record what has happened, also if it should not have. It then raises an alarm, so "
            "that the child can be protected."
        ),
        gettext_lazy("Record the contact"),
        "contact_made",
        _contact,
        _contact_values,
        lambda about: about.seen.may_write,
    ),
    "flag": Act(
        gettext_lazy("Do not contact"),
        gettext_lazy(
            "A flag stops every request, call, check and comparison of data that would reach whom "
            "it names, until it is lifted in writing."
        ),
        gettext_lazy("Set the flag"),
        "do_not_contact_set",
        _flag,
        _flag_values,
        lambda about: about.seen.may_flag,
    ),
}
OF_A_FLAG: Mapping[str, Act] = {
    "review": Act(
        gettext_lazy("Look at the flag again and keep it"),
        gettext_lazy("The reasons are still there."),
        gettext_lazy("Keep the flag"),
        "do_not_contact_reviewed",
        lambda form, _about: (form.date("review_due", _("When is it looked at again?"), optional=True),),
        _review_values,
        _stands,
    ),
    "lift": Act(
        gettext_lazy("Lift the flag"),
        gettext_lazy(
            "Only after a best-interests decision in writing, with the guardian and the lawyer "
            "heard. Contact cannot be taken back."
        ),
        gettext_lazy("Lift the flag"),
        "do_not_contact_lifted",
        _lift,
        _lift_values,
        lambda about: _stands(about) and bool(decisions_of(about.seen)),
    ),
}
