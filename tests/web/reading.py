"""A page as a browser or a screen reader takes it apart: enough to say that it is well formed."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "hr", "img"}
SVG_VOID_ALLOWED = {"path", "circle", "rect", "line"}


@dataclass
class Page:
    """What was found."""

    problems: list[str] = field(default_factory=list)
    headings: list[tuple[str, str]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    labelled: list[str] = field(default_factory=list)
    inputs: list[dict[str, str]] = field(default_factory=list)
    text: str = ""
    landmarks: list[str] = field(default_factory=list)

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.headings)


def read(content: bytes) -> Page:
    parser = _Parser()
    parser.feed(content.decode())
    parser.close()
    page = parser.page
    page.problems += [f"never closed: {tag}" for tag in parser.open]
    page.problems += sorted({f"id twice: {one}" for one in page.ids if page.ids.count(one) > 1})
    page.problems += [
        f"leads nowhere: {one}" for one in page.links if one.startswith("#") and one[1:] not in page.ids
    ]
    page.problems += [f"not in words: {one}" for one in not_in_words(page.text)]
    for given in page.inputs:
        if given.get("type") != "hidden" and "hidden" not in given and given.get("id") not in page.labelled:
            page.problems.append(f"no label: {given}")
        for described in given.get("aria-describedby", "").split():
            if described not in page.ids:
                page.problems.append(f"described by nothing: {described}")
    return page


def not_in_words(text: str) -> list[str]:
    """What a page shows of the program itself where a template named the wrong thing."""
    return re.findall(r"\b[A-Z]\w+\(\w+=[^\s]{0,30}|<[^<>]{0,40} object at 0x", text)


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._note(tag, given)
        if tag not in VOID:
            self.open.append(tag)
        if tag in {"h1", "h2", "h3", "h4"}:
            self.page.headings.append((tag, ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._note(tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.page.problems.append(f"</{tag}> closes {self.open[-1:]}")
        if self.open:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.page.text += data
        if self.open and self.page.headings and self.open[-1] == self.page.headings[-1][0]:
            tag, before = self.page.headings[-1]
            self.page.headings[-1] = (tag, before + data)

    def _note(self, tag: str, given: dict[str, str]) -> None:
        page = self.page
        ours = given.get("src", "").startswith("/static/") and bool(given.get("nonce"))
        data = given.get("type") == "application/json"
        if (tag == "script" and not (ours or data)) or any(name.startswith("on") for name in given):
            page.problems.append(f"script in {tag}")
        if tag == "style" or "style" in given:
            page.problems.append(f"style in {tag}")
        told_nobody = tag == "a" and given.get("rel") == "nofollow noreferrer"
        for name in () if told_nobody else ("src", "href", "action"):
            if given.get(name, "").startswith(("http:", "https:", "//")):
                page.problems.append(f"leads away: {given[name]}")
        if "id" in given:
            page.ids.append(given["id"])
        if tag == "a":
            page.links.append(given.get("href", ""))
        if tag == "label":
            page.labelled.append(given.get("for", ""))
        if tag in {"input", "select", "textarea"}:
            page.inputs.append(given)
        if tag in {"header", "main", "footer", "nav"}:
            page.landmarks.append(tag)
