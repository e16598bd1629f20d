"""Terms: the words of the field that a page uses, each with its meaning and the way to it in the glossary. Decides nothing.

What a page names is declared here by its name, never looked for in its text: a name or what somebody wrote is never marked,
and a language that bends its words is served as well as one that does not. A page of one rule has the words of that rule too.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from encircle.actions.law import law_of
from encircle.law.glossary import Term
from encircle.law.law import Law
from encircle.law.saying import stem
from encircle.web.page.html import all_of, filled, isolated
from encircle.web.page.wording import told

EVERY_RULE = "*"
"""Stands for the words of all rules: for a page that lists them all."""

ABOUT_A_RECORD = ("child", "presumed_victim", "identified_victim", "guardian", "best_interests")
ABOUT_A_CONCERN = ("presumed_victim", "trafficking", "exploitation", "sexual_exploitation", "forced_marriage")
ABOUT_A_REQUEST = (
    *("central_authority", "national_focal_point", "transnational_referral_mechanism"),
    *("durable_solution", "personal_data"),
)
ABOUT_COOPERATION = ("interagency_work", "national_referral_mechanism", "child_protection_system")

TERMS: Mapping[str, tuple[str, ...]] = {
    "work": (*ABOUT_COOPERATION, "presumed_victim", "guardian"),
    "concern": ABOUT_A_CONCERN,
    "triage": (*ABOUT_A_CONCERN, "national_referral_mechanism"),
    "triage_concern": (*ABOUT_A_CONCERN, "illegal_adoption", "migrant_smuggling", "best_interests"),
    **dict.fromkeys(
        ("reports", "held_reports", "reports_kept", "report", "report_file", "report_send"),
        ("child", "secondary_victimisation", "interagency_work"),
    ),
    **dict.fromkeys(
        ("complaints", "complaints_kept", "complaint", "complaint_file"),
        ("child", "child_friendly_justice", "guardian"),
    ),
    **dict.fromkeys(
        ("talks", "talks_kept", "talk", "talk_call"),
        ("child", "secondary_victimisation", "interagency_work"),
    ),
    "report_same_child": (*ABOUT_A_CONCERN, "personal_data"),
    "same_child": (*ABOUT_A_CONCERN, "personal_data"),
    "triage_answer": ("presumed_victim", "trafficking", "best_interests"),
    "records": ("child", "presumed_victim", "identified_victim"),
    "new_record": ABOUT_A_CONCERN,
    "people": ("guardian", "legal_assistance", "interagency_work"),
    "record": ABOUT_A_RECORD,
    "duty": (),
    **dict.fromkeys(("caseload", "caseload_review", "caseload_child"), (*ABOUT_A_CONCERN, "personal_data")),
    **dict.fromkeys(("missing", "missing_children"), ("child", "guardian", "best_interests")),
    "happened": (*ABOUT_A_RECORD, "durable_solution", "barnahus"),
    "childs_page": ("child_friendly_justice", "guardian"),
    "override": ("best_interests", "interagency_work"),
    "acknowledge": (),
    "access_files": ("personal_data", "child", "guardian"),
    "access_file": ("personal_data", "child", "guardian"),
    "opened_parts": ("personal_data", "interagency_work"),
    **dict.fromkeys(("offers_of", "offers", "offer"), ("personal_data", "interagency_work")),
    "ask_owner": ("personal_data", "interagency_work"),
    "emergency": ("personal_data", "child_protection"),
    "emergencies": ("personal_data",),
    "emergencies_counted": ("personal_data",),
    "asked_again": ("secondary_victimisation", "child_friendly_justice"),
    "agreements": ("personal_data", "interagency_work"),
    "new_agreement": ("personal_data", "interagency_work"),
    "agreement": ("personal_data", "interagency_work"),
    "own_duties": ("interagency_work", "child_protection_system", "child_friendly_justice"),
    "own_duties_record": ("interagency_work", "child_protection_system"),
    "countrys_duties": (*ABOUT_COOPERATION, "national_focal_point", "integrated_child_protection_system"),
    "countrys_duties_record": (*ABOUT_COOPERATION, "national_focal_point"),
    "meetings": ("interagency_work", "best_interests", "secondary_victimisation"),
    "new_meeting": ("interagency_work", "best_interests"),
    "meeting": ("interagency_work", "best_interests", "secondary_victimisation"),
    "meeting_act": ("interagency_work", "best_interests"),
    "calendar": ("barnahus", "child_friendly_justice"),
    "record_calendar": ("barnahus", "child_friendly_justice", "secondary_victimisation"),
    "requests": ABOUT_A_REQUEST,
    "request_new": ABOUT_A_REQUEST,
    "request": ABOUT_A_REQUEST,
    "request_send": ABOUT_A_REQUEST,
    "request_act": ABOUT_A_REQUEST,
    "requests_act": ABOUT_A_REQUEST,
    "flag_act": ABOUT_A_REQUEST,
    "statistics": ("child", "presumed_victim", "identified_victim", "trafficking", "personal_data"),
    "statistic": ("child", "presumed_victim", "identified_victim", "trafficking", "personal_data"),
    "law": (EVERY_RULE,),
    "law_chart": (EVERY_RULE,),
    "law_duty": (),
    "law_prohibition": (),
    "law_instruments": ("child", "trafficking", "central_authority"),
    "law_instrument": ("child", "trafficking", "central_authority"),
    "practice": ("child_protection_system", "national_referral_mechanism"),
    "practice_new": ("child_protection_system", "national_referral_mechanism"),
    "practice_form": ("child_protection_system", "national_referral_mechanism"),
    "practice_proposal": ("child_protection_system", "national_referral_mechanism"),
}
"""By the name of a page: the codes of the words that it uses. A page of one rule (`OF_A_RULE`) has those of the rule too."""

A_RECORD, OF_A_RECORD = "record", "records/<slug:number>/"
"""The page whose words every other page of a record has that declares none, and how the address of such a page begins."""

OF_A_RULE = frozenset({"duty", "acknowledge", "law_duty", "law_prohibition"})
"""Pages whose address names a rule."""


def words_of_page(request: HttpRequest) -> SafeString | str:
    """The words on the page that is shown, folded away; nothing, where it uses none."""
    match = request.resolver_match
    if match is None:
        return ""
    name = match.url_name or ""
    if name not in TERMS and match.route.startswith(OF_A_RECORD):
        name = A_RECORD
    if name not in TERMS:
        return ""
    rule = str(match.kwargs.get("code", "")) if name in OF_A_RULE else ""
    return _folded(law_of(settings.COUNTRY), name, rule, get_language() or "en")


def words_of_rule(code: str) -> SafeString | str:
    """Links to the words that matter in that rule; nothing, where none does."""
    return _links(law_of(settings.COUNTRY), code, get_language() or "en")


def anchor(term: Term) -> str:
    """The id of a word on the page of words."""
    return f"word-{term.code}"


def terms_of_rule(code: str, law: Law) -> tuple[Term, ...]:
    """The words that matter in that rule, or in the one that it is a variant of."""
    return tuple(term for term in law.terms if code in term.rules or stem(code) in term.rules)


def terms_of_page(name: str, rule: str, law: Law) -> tuple[Term, ...]:
    """The words of the page of that name, in the order of their codes. `rule`: the one that its address names."""
    named = set(TERMS[name])
    if EVERY_RULE in named:
        return tuple(term for term in law.terms if term.rules)
    named.update(term.code for term in terms_of_rule(rule, law))
    return tuple(term for term in law.terms if term.code in named)


@lru_cache(maxsize=1024)
def _folded(law: Law, name: str, rule: str, language: str) -> SafeString | str:
    """Kept for each page and language, for as long as the law stands."""
    terms = terms_of_page(name, rule, law)
    if not terms:
        return ""
    items = [
        filled(
            "<div><dt>{}</dt><dd>{}</dd></div>", _link(term, language), isolated(told(term.means, language))
        )
        for term in _sorted(terms, language)
    ]
    return filled(
        '<details class="fold"><summary>{}</summary><dl class="list">{}</dl></details>',
        _("Words on this page"),
        all_of("", items),
    )


@lru_cache(maxsize=2048)
def _links(law: Law, code: str, language: str) -> SafeString | str:
    links = [_link(term, language) for term in _sorted(terms_of_rule(code, law), language)]
    return all_of(" · ", links) if links else ""


def _link(term: Term, language: str) -> SafeString:
    href = f"{reverse('law_words')}#{anchor(term)}"
    return filled('<a href="{}">{}</a>', href, isolated(told(term.title, language)))


def _sorted(terms: Iterable[Term], language: str) -> list[Term]:
    return sorted(terms, key=lambda term: term.title.in_(language).casefold())
