"""Whatever may come to the door, drawn by chance from a seed: words of every script, files that are none, forms that are old.

What holds of every answer: it is no fault of the server, it is a page with a sentence and a way on, it sets no cookie, it
says nothing of another report and nothing of the inside; and what was acknowledged with a code is there behind that code.
"""

from collections.abc import Callable
from html import unescape
from io import BytesIO

from PIL import Image

from encircle.actions.reports.form import form_of
from encircle.law.question import AskedOf
from encircle.web.door.typed import COMPLAINT_STEPS, FILE_STEPS, STEPS, TALK_STEPS
from tests.web.door.fuzz_browser import BOUNDARY, SCRIPTS, Browser, Fault, shown

SETTINGS = ("school", "health", "police", "anybody", "border", "nowhere", "%00", "hotel")
HEADS = (
    b"\xff\xd8\xff\xe0",
    b"\x89PNG\r\n\x1a\n",
    b"GIF89a",
    b"%PDF-1.7\n",
    b"PK\x03\x04",
    b"OggS",
    b"ID3",
    b"\0\0\0\x20ftypheic",
)


class Reporting(Browser):
    """What is reported: once, twice, from two tabs, from a form that is none."""

    def report(self) -> None:
        text = self.words()
        self.send([("text", text), *self.noise()], text)

    def sent_twice(self) -> None:
        text, form = self.words(longest=3_000), self.form()
        fields = [("step", "send"), ("form", form), ("text", text)]
        codes = {self.code_in(self.post("/hello/", fields)) for _ in range(2)}
        if len(codes) != 1:
            raise Fault(f"sent twice it has the codes {codes}")
        self.promised(codes.pop(), text)

    def two_tabs(self) -> None:
        form, both = self.form(), [self.words(longest=3_000), self.words(longest=3_000)]
        codes = [
            self.code_in(self.post("/hello/", [("step", "send"), ("form", form), ("text", one)]))
            for one in both
        ]
        if codes[0] != codes[1]:
            raise Fault("two tabs of one form are two reports")
        for text in both:
            self.promised(codes[0], text)

    def old_form(self) -> None:
        """Signed by another key, cut, or turned: what was typed comes back to be sent once more."""
        text, form = self.words(), self.form()
        bad = self.chance.choice([form[:-4], form[::-1], "A" * 38, form + "AAAA", "ä" * 9, form.swapcase()])
        answer = self.post("/hello/", [("step", "send"), ("form", bad), ("text", text)])
        page = unescape(answer.content.decode())
        code = self.code_in(answer, needed=False)
        if code:
            self.promised(code, text)
        elif shown(text) not in page:
            raise Fault("an old form has lost what was typed")


class Fuzz(Reporting):
    """A browser that means no good, or is broken."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.questions = tuple(one.code for one in form_of(AskedOf.CHILD))
        self.professional = tuple(one.code for one in form_of(AskedOf.PROFESSIONAL))
        self.steps = (
            *STEPS,
            *COMPLAINT_STEPS,
            *TALK_STEPS,
            *FILE_STEPS,
            *self.questions,
            "",
            "nowhere",
            "__class__",
        )
        self.ways: tuple[Callable[[], None], ...] = (
            *(self.report, self.fields, self.multipart, self.file, self.wrong_code, self.sent_twice),
            *(
                self.two_tabs,
                self.old_form,
                self.reading,
                self.by_profession,
                self.noise_of_bytes,
                self.headers,
                self.complaint,
            ),
        )

    def go(self) -> None:
        """One more thing that may come."""
        self.number += 1
        self.chance.choice(self.ways)()

    def fields(self) -> None:
        named = [
            "step",
            "form",
            "language",
            "danger",
            "who",
            "picked",
            "text",
            "code",
            "about",
            "by",
            "left_out",
            "part",
        ]
        chosen = [
            (self.chance.choice([*named, *self.questions]), self.junk())
            for _ in range(self.chance.randrange(12))
        ]
        if self.chance.random() < 0.7:
            chosen += [("step", self.chance.choice(self.steps)), ("form", self.form())]
        self.post("/hello/", chosen)

    def wrong_code(self) -> None:
        code = self.chance.choice(
            ["", "1" * 25, "zoo " * 8, self.junk(), "٣" * 25, str(self.chance.getrandbits(83)).zfill(25)]
        )
        fields = [
            ("step", self.chance.choice(["inbox", "reply", "look", "receipt"])),
            ("code", code),
            ("form", self.form()),
        ]
        answer = self.post("/hello/", [*fields, ("text", self.junk())])
        if (
            answer.status_code == 200
            and 'class="said"' in answer.content.decode()
            and fields[0][1] == "inbox"
        ):
            raise Fault(f"{code!r} opens something")

    def file(self) -> None:
        """A picture that is also a page, a paper or a program; nothing of it is shown back."""
        out = BytesIO()
        Image.new("RGB", (2, 2)).save(out, self.chance.choice(["JPEG", "PNG", "GIF"]))
        made = self.chance.choice(
            [
                out.getvalue() + b"<script>alert(1)</script>",
                self.chance.choice(HEADS) + self.chance.randbytes(self.chance.randrange(4_000)),
                b"".join(self.chance.sample(HEADS, 3)),
                b"",
                b"\0" * self.chance.randrange(300_000),
            ]
        )
        form, text = self.form(), self.words()
        name = self.chance.choice(["a.jpg", "../../x.php", "", "ä\u202egpj.exe", "x" * 3_000, 'a"; b=\r\nc'])
        body = self.parts([("step", "add"), ("form", form), ("text", text)], file=(name, made))
        self.raw("/hello/", body, f"multipart/form-data; boundary={BOUNDARY}")
        self.send([("text", text)], text, form=form)

    def multipart(self) -> None:
        """A form with parts that is cut, has no end, no names, or another border than it says."""
        fields = [("step", self.chance.choice(self.steps)), ("form", self.form()), ("text", self.words())]
        body = self.parts(fields, file=("a.jpg", self.chance.choice(HEADS)))
        way = self.chance.randrange(6)
        if way == 0:
            body = body[: self.chance.randrange(len(body))]
        elif way == 1:
            body = body.replace(b"name=", b"nam=")
        elif way == 2:
            body = body.replace(b"\r\n", b"\n")
        elif way == 3:
            body = body + body
        elif way == 4:
            at = self.chance.randrange(len(body))
            body = body[:at] + self.chance.randbytes(9) + body[at:]
        border = self.chance.choice([BOUNDARY, BOUNDARY, "other", "", "ä", "x" * 300])
        self.raw("/hello/", body, f"multipart/form-data; boundary={border}")

    def noise_of_bytes(self) -> None:
        kinds = [
            "application/x-www-form-urlencoded",
            "application/json",
            "text/plain",
            "x",
            "",
            "application/x-www-form-urlencoded; charset=utf-16",
        ]
        body = self.chance.choice(
            [
                self.chance.randbytes(self.chance.randrange(5_000)),
                b"%",
                b"a=%zz&=&&=;;",
                b"text=%ff%fe&step=check",
                b"step=check&" * 900,
            ]
        )
        self.raw(
            self.chance.choice(["/hello/", "/hello/read/", "/report/school/"]),
            body,
            self.chance.choice(kinds),
        )

    def reading(self) -> None:
        names = ["part", "age", "need", "place", "spoken", "language"]
        values = [*SCRIPTS, "6-9", "adult", "help", "file", "rights", "young", "older", "talk", "ar", "et"]
        self.post("/hello/read/", [(self.chance.choice(names), self.chance.choice(values)) for _ in range(5)])

    def by_profession(self) -> None:
        fields = [(code, self.chance.choice([self.words(), "yes", "no", ""])) for code in self.professional]
        fields += [
            ("step", self.chance.choice(["check", "send", "receipt", "form", "x"])),
            ("form", self.form()),
        ]
        self.post(f"/report/{self.chance.choice(SETTINGS)}/", fields)
        self.look(
            f"/report/{self.chance.choice(SETTINGS)}/guide/?language={self.chance.choice(['et', 'tlh', '%ff'])}"
        )

    def headers(self) -> None:
        odd = ["", "*", "tlh, x;q=9", "ar-XX,et;q=0.1", "ä", "a" * 3_000, "en\x00"]
        day = self.chance.choice(
            ["Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "yesterday", "-1"]
        )
        told = {
            "Accept-Language": self.chance.choice(odd),
            "If-Modified-Since": day,
            "If-None-Match": day,
            "Date": day,
        }
        told["Cookie"] = self.chance.choice(["", "encircle=" + "A" * 50, "a=b; ;;=", "encircle-form=x"])
        self.look(
            self.chance.choice(["/hello/", "/hello/read/", "/report/", "/hello/?text=cn0x&code=1"]),
            told,
        )

    def complaint(self) -> None:
        fields = [
            ("by", self.chance.choice(["me", "parent", "other", "x"])),
            ("about", self.junk()),
            ("text", self.words()),
        ]
        self.post("/hello/", [("step", self.chance.choice(COMPLAINT_STEPS)), ("form", self.form()), *fields])
