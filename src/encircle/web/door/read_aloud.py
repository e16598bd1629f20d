"""Read aloud: the words of a page of the door, and the recording in which somebody reads exactly these.

A recording that reads other words than the page shows is worse than none: it is not offered any more.
"""

from html.parser import HTMLParser

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from encircle.actions.recordings import languages_read, recording_of, sound_of
from encircle.law.recording import digest_of
from encircle.vocabulary.purpose import Purpose
from encircle.web.gate import purpose
from encircle.web.page.part_of_file import in_parts

_LINES = frozenset({"h1", "h2", "p", "li", "button", "label", "legend", "a", "div", "dt", "dd", "summary"})
_NOT_READ = frozenset({"said", "code", "tongues", "trial"})
"""What a child typed or was written to, the code, names of languages, and that an installation is for trying out."""
_NOT_SHOWN = frozenset({"textarea", "option", "svg", "audio", "noscript"})
_VOID = frozenset({"input", "br", "hr", "img", "link", "meta", "use"})


def heard(page: str, language: str) -> str:
    """The digest of the words of that page, where somebody has read them aloud; else nothing."""
    if language not in languages_read():
        return ""
    found = recording_of(digest_of(spoken(page)))
    return "" if found is None or found.language != language else found.words


def spoken(page: str) -> tuple[str, ...]:
    """What of a page is read aloud: the headings, lines, labels and buttons of its own part, in their order."""
    reader = _Reader()
    reader.feed(page)
    return tuple(line for one in reader.lines if (line := " ".join(one.split())))


@purpose(Purpose.DOOR)
@require_safe
def hear(request: HttpRequest, words: str) -> HttpResponse:
    """The recording in which these words are read."""
    found = recording_of(words)
    if found is None:
        raise Http404(words)
    return in_parts(request, sound_of(found), media=found.media)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = [""]
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        given = dict(attrs)
        classes = set((given.get("class") or "").split())
        is_out = bool(classes & _NOT_READ) or tag in _NOT_SHOWN or "hidden" in given
        self._open.append((tag, is_out))
        if tag in _LINES:
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        if any(tag == one for one, _ in self._open):
            while self._open.pop()[0] != tag:
                pass
        if tag in _LINES:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        if any(tag == "main" for tag, _ in self._open) and not any(out for _, out in self._open):
            self.lines[-1] += data
