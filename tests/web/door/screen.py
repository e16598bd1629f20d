"""What a child has to read on one screen of the door: headings, lines and buttons, each a text of its own.

Not counted: what the child has typed or was written to, the code itself, the names of languages, the notice of a
demonstration, what is hidden until it is needed, and what stands around each page alike, above and below.
"""

from html.parser import HTMLParser

OWN = {"h1", "h2", "p", "li", "button", "label", "legend", "a", "div"}
LEFT_OUT = {"said", "code", "tongues"}
VOID = {"input", "br", "hr", "img", "link", "meta"}


def texts_on(page: bytes, *, script: bool = True) -> list[str]:
    """The texts inside `main`, in their order, as they are shown with a script or without."""
    reader = _Reader(script=script)
    reader.feed(page.decode())
    return [text for one in reader.texts if (text := " ".join(one.split()))]


class _Reader(HTMLParser):
    def __init__(self, *, script: bool) -> None:
        super().__init__()
        self.not_shown = ("noscript", "") if script else ("", "scripted")
        self.texts: list[str] = [""]
        self.open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        classes = set((dict(attrs).get("class") or "").split())
        is_out = bool(classes & LEFT_OUT) or tag == "textarea" or "hidden" in dict(attrs)
        is_out = is_out or tag == self.not_shown[0] or self.not_shown[1] in classes
        self.open.append((tag, is_out))
        if tag in OWN:
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass
        if tag in OWN:
            self.texts.append("")

    def handle_data(self, data: str) -> None:
        inside = any(tag == "main" for tag, _ in self.open)
        if inside and not any(out for _, out in self.open):
            self.texts[-1] += data
