"""Going through a caseload: a review is started, and shown with what came of it. The prompts are in `caseload_child`."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from encircle.actions.caseload.numbers import MOST_NUMBERS, Wrong, numbers_in
from encircle.actions.caseload.review import (
    Listed,
    NoSuchReview,
    Reviews,
    ReviewSeen,
    forget_numbers,
    review_seen,
    reviews,
    start_review,
)
from encircle.actions.context import Who
from encircle.law.indicator import Setting
from encircle.records.caseload import Review
from encircle.vocabulary.caseload import CaseloadOutcome
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput
from encircle.vocabulary.role import Role
from encircle.web.desk.forms import asking
from encircle.web.desk.forms.asking import Asking
from encircle.web.desk.listing import page_asked
from encircle.web.gate import purpose
from encircle.web.page import when
from encircle.web.page.field import Field, FieldKind, problems_of
from encircle.web.page.staff import for_staff
from encircle.web.page.why_not import why_not

Words = str | Promise

SETTINGS: dict[Setting, Words] = {
    Setting.ANYBODY: gettext_lazy("Anywhere"),
    Setting.CARE: gettext_lazy("In care"),
    Setting.BORDER: gettext_lazy("Border or on the way"),
    Setting.HEALTH: gettext_lazy("Doctor or hospital"),
    Setting.SCHOOL: gettext_lazy("School or youth centre"),
    Setting.STREET: gettext_lazy("Street, work or home"),
    Setting.ONLINE: gettext_lazy("Online"),
    Setting.POLICE: gettext_lazy("Police or custody"),
}
"""Where an agency meets children; of these are the prompts."""
OF_ROLE = {Role.CARER: Setting.CARE, Role.RECEPTION_CENTRE: Setting.BORDER}
OUTCOMES: dict[str, Words] = {
    CaseloadOutcome.NOTHING_SEEN.value: gettext_lazy("Nothing seen"),
    CaseloadOutcome.LOOK_AGAIN.value: gettext_lazy("Look again on a day"),
    CaseloadOutcome.TRIAGE.value: gettext_lazy("Sent to triage"),
    CaseloadOutcome.TAKEN_BACK.value: gettext_lazy("Not looked at yet"),
}
"""What came of it, in a list."""
TAGS = {
    CaseloadOutcome.NOTHING_SEEN.value: "calm",
    CaseloadOutcome.LOOK_AGAIN.value: "due_soon",
    CaseloadOutcome.TRIAGE.value: "open",
}
WRONG: dict[Wrong, Words] = {
    Wrong.SEVERAL: gettext_lazy(
        "Line {line} has several words or cells. Write one number alone, without a name."
    ),
    Wrong.NO_DIGIT: gettext_lazy(
        "Line {line} has no digit, so it may be a name. Write your own number for the child."
    ),
    Wrong.PERSONAL: gettext_lazy(
        "Line {line} looks like a personal identity code. Write your own number instead."
    ),
    Wrong.SIGNS: gettext_lazy(
        "Line {line} has a sign that no number has. Use letters, digits, dots and dashes."
    ),
    Wrong.TOO_LONG: gettext_lazy("Line {line} is too long for a number."),
    Wrong.TWICE: gettext_lazy("Line {line} stands there twice."),
    Wrong.TOO_MANY: gettext_lazy("Line {line} is one too many: start a second review for the others."),
}


@dataclass(frozen=True, slots=True)
class ReviewView:
    """One review in a list."""

    id: str
    title: str
    by: str
    progress: str
    looked: int
    of: int
    finished: bool


@dataclass(frozen=True, slots=True)
class ChildView:
    """One child in a list: what it is called, what was answered, when and by whom."""

    label: str
    number: str
    href: str
    outcome: Words
    tag: str
    again: str
    concern: str
    reason: str
    at: str
    by: str


@purpose(Purpose.CASELOAD)
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def caseload(request: HttpRequest, who: Who) -> HttpResponse:
    """The reviews of the agency, who is to be looked at again, and the form to start one."""
    form, status = Asking(asking.sent(request)), 200
    if request.method == "POST":
        try:
            return redirect("caseload_review", _start(who, form))
        except BadInput as wrong:
            form, status = Asking(form.typed, {wrong.where: str(why_not(wrong))}), 422
    seen = reviews(who, page=page_asked(request.GET.get("page", "")))
    fields = _fields(who, seen, form)
    shown = {
        "reviews": tuple(review_view(one, seen.zone) for one in seen.items),
        "again": tuple(child_view(one, seen.zone) for one in seen.again),
        "again_more": seen.again_more,
        "fields": fields,
        "problems": problems_of(fields),
        "token": form.token,
        "page": seen.page,
        "before": seen.page - 1,
        "after": seen.page + 1 if seen.more else 0,
    }
    return render(request, "desk/caseload.html", shown, status=status)


@purpose(Purpose.CASELOAD)
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def caseload_review(request: HttpRequest, who: Who, review: str) -> HttpResponse:
    """One review: how far it is and what came of it, child by child; its own numbers are deleted here when it is done."""
    told = None
    try:
        if request.method == "POST":
            try:
                forget_numbers(who, str(review))
                return redirect(f"{reverse('caseload_review', args=[review])}?deleted")
            except BadInput as wrong:
                told = why_not(wrong)
        page, outcome = page_asked(request.GET.get("page", "")), request.GET.get("show", "")
        seen = review_seen(who, str(review), page=page, outcome=outcome)
    except NoSuchReview as gone:
        raise Http404(gone.code) from gone
    shown = {
        "review": review_view(seen.review, seen.zone),
        "children": tuple(child_view(one, seen.zone) for one in seen.children),
        "narrow": tuple(_narrow(seen)),
        "go_on": seen.go_on,
        "numbers": seen.review.numbers,
        "query": urlencode({"show": seen.outcome}) if seen.outcome else "",
        "deleted": "deleted" in request.GET and told is None,
        "refused": told,
        "page": seen.page,
        "before": seen.page - 1,
        "after": seen.page + 1 if seen.more else 0,
    }
    return render(request, "desk/caseload_review.html", shown, status=200 if told is None else 409)


def review_view(review: Review, zone: str) -> ReviewView:
    """A review in words."""
    settings = {setting.value: words for setting, words in SETTINGS.items()}
    said = _("{looked} of {of} looked at").format(looked=review.looked, of=review.of)
    place = settings.get(review.setting, settings[Setting.ANYBODY.value])
    title = _("Begun {time}, {place}").format(time=when.minute(review.started_at, zone), place=place)
    return ReviewView(review.id, title, review.started_by, said, review.looked, review.of, review.is_finished)


def child_view(listed: Listed, zone: str) -> ChildView:
    """A child of a review in words."""
    child, last = listed.child, listed.child.last
    outcome = CaseloadOutcome.TAKEN_BACK.value if last is None else last.outcome
    looked = last is not None and child.is_looked_at
    return ChildView(
        label=label_of(listed),
        number="" if child.root is None or not listed.name else child.root.number,
        href=reverse("caseload_child", args=[child.review, child.id]),
        outcome=OUTCOMES.get(outcome, outcome),
        tag=TAGS.get(outcome, "unknown"),
        again="" if last is None or last.again_on is None else last.again_on.isoformat(),
        concern=(last.concern or "") if last is not None and looked else "",
        reason=listed.said.reason if listed.said is not None and looked else "",
        at=when.minute(last.answered_at, zone) if last is not None and looked else "",
        by=last.answered_by if last is not None and looked else "",
    )


def label_of(listed: Listed) -> str:
    """What the child is called here: its name, its case number, or the agency's own number."""
    child = listed.child
    if child.root is not None:
        return listed.name or child.root.number
    return child.reference or _("Own number deleted, place {n} of the list").format(n=child.place)


def _narrow(seen: ReviewSeen) -> Iterator[tuple[Words, str, bool, int]]:
    address, found = reverse("caseload_review", args=[seen.review.id]), seen.review.found
    yield _("All"), address, not seen.outcome, seen.review.of
    for code, words in OUTCOMES.items():
        if code in TAGS:
            yield words, f"{address}?show={code}", seen.outcome == code, found.get(code, 0)


def _start(who: Who, form: Asking) -> str:
    typed = form.typed
    setting = {one.value: one for one in SETTINGS}.get(typed.one("setting"))
    if setting is None:
        reason = _("Choose where your agency meets the children.")
        raise BadInput(code="no_such_setting", reason=reason, where="setting")
    numbers = numbers_in(typed.one("numbers"))
    if numbers.wrong:
        line, because = numbers.wrong[0]
        more = len(numbers.wrong) - 1
        reason = str(WRONG[because]).format(line=line)
        others = ngettext("{n} more line is not right either.", "{n} more lines are not right either.", more)
        reason = f"{reason} {others.format(n=more)}" if more else reason
        raise BadInput(code="no_number", reason=reason, where="numbers")
    return start_review(
        who,
        setting=setting,
        with_records="yes" in typed.many("with_records"),
        numbers=numbers.taken,
        token=form.token,
    )


def _fields(who: Who, seen: Reviews, form: Asking) -> tuple[Field, ...]:
    own = OF_ROLE.get(who.role, Setting.ANYBODY).value
    with_records = ngettext("The {n} child of our records", "The {n} children of our records", seen.records)
    settings = [(one.value, words) for one, words in SETTINGS.items()]
    chosen = ("yes",) if seen.records and "token" not in form.typed.answers else ()
    return (
        form.choice(
            "setting",
            _("Where does your agency meet the children?"),
            settings,
            kind=FieldKind.SELECT,
            hint=_("The signs for this place are shown first."),
            chosen=(own,),
        ),
        form.choice(
            "with_records",
            _("Which children?"),
            (("yes", with_records.format(n=seen.records)),),
            kind=FieldKind.CHOICES,
            chosen=chosen,
            optional=True,
        ),
        form.text(
            "numbers",
            _("And children of your own list who have no record here"),
            hint=_(
                "Only your own numbers, one a line, at most {n}: paste one column of your table. No names, no"
                " personal identity codes. You can delete them when the review is done."
            ).format(n=MOST_NUMBERS),
            optional=True,
        ),
    )
