"""The lines of a day of a record, written in code: a page has dozens of them. Decides nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from encircle.web.desk.facts import FactView
from encircle.web.page.html import all_of, filled, isolated

_TAG = '<span class="tag {}">{}</span>{}'
_SOFT = ' <span class="soft">{}</span>'
_ROW = (
    '<tr><th scope="row" data-label="{}">{}</th><td data-label="{}">{}</td><td data-label="{}">{}</td></tr>'
)
_CODE = '<span class="code">{}</span> {}{}'
_FACT = '<li class="{}"><a href="{}"><span class="ref">{}</span> {}</a> {}</li>'
_LINK = '<a href="{}">{}</a>'


@dataclass(frozen=True, slots=True)
class State:
    """Where a duty or an alarm stood, in words; `was`: in the evening before, empty where that is the same."""

    css: str
    text: str | Promise
    was: str

    @property
    def tag(self) -> SafeString:
        """The state, and what it was before."""
        return filled(_TAG, self.css, self.text, filled(_SOFT, self.was) if self.was else "")


@dataclass(frozen=True, slots=True)
class Row:
    """A duty or an alarm on both clocks. None: on that clock there was nothing of it."""

    code: str
    title: str
    about: str
    href: str
    happened: State | None
    known: State | None

    @property
    def has_changed(self) -> bool:
        """Whether it changed on this day on any of the clocks."""
        return any(one is not None and one.was for one in (self.happened, self.known))

    @property
    def differs(self) -> bool:
        """Whether the clocks tell different things."""
        return (self.happened and self.happened.css) != (self.known and self.known.css)

    @property
    def is_worth_a_look(self) -> bool:
        """Whether it changed on this day, or the clocks tell different things of it."""
        return self.has_changed or self.differs

    @property
    def named(self) -> SafeString:
        """Its code and title, which lead to its own page, and what it is about."""
        title = isolated(self.title)
        linked = filled(_LINK, self.href, title) if self.href else title
        return filled(_CODE, self.code, linked, filled(_SOFT, self.about) if self.about else "")


def table_rows(rows: Iterable[Row]) -> SafeString:
    """Each row of the table of both clocks."""
    what, happened, known = _("Duty or alarm"), _("By what had happened"), _("By what was known")
    none, unseen = filled(_SOFT, _("does not stand")), filled(_SOFT, _("could not be seen"))
    return all_of(
        "\n",
        [
            filled(
                _ROW,
                *(what, row.named),
                *(happened, row.happened.tag if row.happened else none),
                *(known, row.known.tag if row.known else unseen),
            )
            for row in rows
        ],
    )


def changes(rows: Iterable[Row]) -> SafeString:
    """What changed: on both clocks alike, or on which of them."""
    return all_of("\n", [filled("<li>{} {}</li>", row.named, all_of(" ", list(_tags(row)))) for row in rows])


def happenings(views: Iterable[FactView]) -> SafeString:
    """Facts with what they say."""
    return all_of("\n", [_fact(view, all_of("", list(_said(view)))) for view in views])


def missed(views: Iterable[FactView]) -> SafeString:
    """Facts that had happened and were not known, with the time."""
    return all_of("\n", [_fact(view, filled(_SOFT, view.happened), aside=True) for view in views])


def learnings(learnt: Iterable[tuple[FactView, str]]) -> SafeString:
    """Facts that were learnt, and how long after they had happened."""
    later = _("{time} later")
    return all_of(
        "\n",
        [
            _fact(view, filled(_TAG, "due_soon", later.format(time=time), "") if time else "")
            for view, time in learnt
        ],
    )


def _tags(row: Row) -> Iterator[SafeString]:
    happened, known = row.happened, row.known
    if happened == known and happened is not None:
        yield happened.tag
        return
    if happened is not None and happened.was:
        yield filled("{} {}", _("By what had happened:"), happened.tag)
    if known is not None and known.was:
        yield filled("{} {}", _("By what was known:"), known.tag)


def _fact(view: FactView, more: SafeString | str, *, aside: bool = False) -> SafeString:
    css = "aside" if aside or not view.does_count else ""
    return filled(_FACT, css, view.href, view.number, view.title, more)


def _said(view: FactView) -> Iterator[SafeString]:
    why = "" if view.does_count else filled(" · {}", view.why_not)
    yield filled('<span class="soft">{} · {}{}', view.happened, isolated(view.source), why)
    for said in view.said:
        if not said.closed:
            yield filled("<br>{}: {}", said.label, isolated(said.value))
    yield SafeString("</span>")
