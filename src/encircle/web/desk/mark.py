"""Marks and bars of the time line, written as SVG here: a page has dozens, and a template would ask for each number anew."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from encircle.web.page.html import filled

_MARK = (
    '<a href="{0}"><title>{1}</title><line class="mark rim {2}" x1="{3}%" x2="{4}%" y1="{5}" y2="{5}"/>'
    '<line class="mark {2}" x1="{3}%" x2="{4}%" y1="{5}" y2="{5}"/>'
    '<text class="mark-text {2}" x="{6}%" y="{5}" dy="4" text-anchor="middle">{7}</text></a>'
)
_BAR = (
    '<g><title>{0}</title><line class="bar {1}" x1="{2}%" x2="{3}%" y1="{4}" y2="{4}"/>{5}'
    '<text class="bar-text" x="{2}%" y="{4}" dy="4">{6}</text></g>'
)
_TAIL = '<line class="bar late" x1="{0}%" x2="{1}%" y1="{2}" y2="{2}"/>'
_LINKED = '<a href="{0}">{1}</a>'


@dataclass(frozen=True, slots=True)
class Mark:
    """Something drawn: from `x1` to `x2` (percent) at the height `y`; `look` names its style."""

    x1: float
    x2: float
    y: int
    text: str
    title: str
    look: str
    link: str = ""
    tail: float | None = None
    """Until where an overdue deadline goes on."""

    @property
    def middle(self) -> float:
        """Where its text stands."""
        return round((self.x1 + self.x2) / 2, 2)

    @property
    def as_mark(self) -> SafeString:
        """A dot, or a stroke where the time is coarse, with a number that leads to the fact."""
        x1, x2, middle = _percent(self.x1), _percent(self.x2), _percent(self.middle)
        return filled(_MARK, self.link, self.title, self.look, x1, x2, str(self.y), middle, self.text)

    @property
    def as_bar(self) -> SafeString:
        """A bar with its words; what is late goes on behind its end."""
        x1, x2, y = _percent(self.x1), _percent(self.x2), str(self.y)
        tail = "" if self.tail is None else filled(_TAIL, x2, _percent(self.tail), y)
        bar = filled(_BAR, self.title, self.look, x1, x2, y, tail, self.text)
        return filled(_LINKED, self.link, bar) if self.link else bar


def _percent(x: float) -> str:
    return f"{x:.2f}"
