"""A browser for whatever may come to the door: how it sends, what has to hold of each answer, and what it was promised."""

import random
import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import quote_from_bytes

from django.http import HttpResponse
from django.test import Client

BOUNDARY = "border77"
SCRIPTS = (
    *(
        "mul on abi vaja",
        "Помогите, пожалуйста",
        "Допоможіть",
        "ساعدوني من فضلك",
        "کمک",
        "βοήθεια",
        "עזרו לי",
        "እርዱኝ",
        "ช่วยด้วย",
    ),
    *(
        "मदद करें",
        "সাহায্য করুন",
        "助けてください",
        "救救我",
        "도와주세요",
        "დამეხმარეთ",
        "օգնեցեք",
        "ᎠᎵᏍᏕᎸᏙᏗ",
        "𐌷𐌹𐌻𐍀",
        "𒀭𒈹",
        "ᚺᛖᛚᛈ",
    ),
    *(
        "🧒🏽👩‍👩‍👧🏳️‍🌈🆘",
        "e\u0301" * 40,
        "Z\u0351\u0360\u0489" * 30,
        "\u202emih tfel\u202c\u2066x\u2069",
        "\ufeff\u200b\u200d\u00ad",
    ),
    *(
        "\x00\x01\x07\x1b[31m",
        "\r\rone\rtwo\r\n\r\n",
        "<script>alert(1)</script>",
        "{{ 7|add:7 }}{% debug %}",
        "'; DROP TABLE x; --",
    ),
    *(
        "%s%n%x",
        "../../etc/passwd",
        "${jndi:ldap://x}",
        "\\u0000",
        '{"a": [1',
        "=1+1",
        "\t\x0b\x0c\x85\u2028\u2029",
    ),
)
SURROGATES = ("\ud800", "\udfff", "a\udc00b", "\ud83d")
LEAKS = (
    "Traceback",
    "psycopg",
    "site-packages",
    "/src/",
    "DoesNotExist",
    "TemplateSyntax",
    "HTTP_",
    "SELECT ",
)
FIELD = re.compile(r"cn\d+x")


class Fault(AssertionError):
    """What must hold of every answer did not hold."""


class Browser:
    """What is sent and what is asked of each answer; and what was promised."""

    def __init__(self, seed: int) -> None:
        self.chance, self.number, self.client = random.Random(seed), 0, Client(enforce_csrf_checks=True)
        self.kept: dict[str, list[str]] = {}
        self.steps: tuple[str, ...] = ()

    def send(self, fields: list[tuple[str, str]], text: str, *, form: str = "") -> None:
        answer = self.post("/hello/", [*fields, ("step", "send"), ("form", form or self.form())])
        code = self.code_in(answer, needed=len(text) <= 20_000)
        if code:
            self.promised(code, text)
        elif shown(text[:19_000]) not in unescape(answer.content.decode()):
            raise Fault("what was too long is not given back")

    def promised(self, code: str, text: str) -> None:
        self.kept.setdefault(code, []).append(shown(text))

    def code_in(self, answer: HttpResponse, *, needed: bool = True) -> str:
        found = re.search(r'class="code" dir="ltr">([0-9 ]{29})<', answer.content.decode())
        if needed and found is None:
            raise Fault(f"no code was given: {answer.status_code}")
        return found[1] if found else ""

    def form(self) -> str:
        found = re.search(r'name="form" value="([^"]+)"', self.client.get("/hello/").content.decode())
        assert found is not None
        return found[1]

    def post(self, address: str, fields: list[tuple[str, str]], *, own: str = "") -> HttpResponse:
        body = "&".join(f"{quoted(name)}={quoted(value)}" for name, value in fields).encode()
        return self.raw(address, body, "application/x-www-form-urlencoded", own=own)

    def raw(self, address: str, body: bytes, kind: str, *, own: str = "") -> HttpResponse:
        answer: HttpResponse = self.client.generic("POST", address, body, content_type=kind)
        self.hold(answer, address, sent=body, own=own)
        return answer

    def look(self, address: str, headers: dict[str, str] | None = None) -> None:
        answer: HttpResponse = self.client.get(address, headers=headers)
        if (headers or {}).get("Cookie"):  # one that came broken is replaced, where none came none is set
            answer.cookies.clear()
        self.hold(answer, address, sent=b"")

    def hold(self, answer: HttpResponse, address: str, *, sent: bytes, own: str = "") -> None:
        """What has to hold of it. Raises Fault."""
        for wrong, is_so in self.wrong_in(answer, sent, own):
            if is_so:
                raise Fault(f"{self.number}: {address} {answer.status_code}: {wrong}; sent {sent[:300]!r}")
        self.client.cookies.clear()

    def wrong_in(self, answer: HttpResponse, sent: bytes, own: str) -> Iterator[tuple[str, bool]]:
        yield "a fault of the server", answer.status_code >= 500
        yield "a cookie", bool(answer.cookies)
        yield "kept by the browser", "no-store" not in answer.headers.get("Cache-Control", "")
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            yield (
                "no page",
                answer.status_code not in (301, 302, 304) and not answer.headers.get("Content-Disposition"),
            )
            return
        page = answer.content.decode()
        yield "no sentence", "<h1" not in page
        yield "no way on", "<button" not in page and "<a " not in page
        known = {
            *FIELD.findall(sent.decode("utf-8", "replace")),
            *FIELD.findall(" ".join(self.kept.get(own, []))),
        }
        told = set(FIELD.findall(page))
        yield f"words of others: {told - known}", bool(told - known)
        inside = next((one for one in LEAKS if one in page and one.encode() not in sent), "")
        yield f"the inside: {inside}", bool(inside)

    def look_back(self, *, most: int) -> int:
        """Each code that was shown still opens all that was sent with it; how many were looked at."""
        codes = list(self.kept)
        for code in self.chance.sample(codes, min(most, len(codes))):
            answer = self.post("/hello/", [("step", "inbox"), ("code", code)], own=code)
            page = unescape(answer.content.decode())
            for text in self.kept[code]:
                if text not in page:
                    raise Fault(f"{code} has lost {text!r}")
        return min(most, len(codes))

    def words(self, *, longest: int = 40_000) -> str:
        """A text with its own sign, in chance scripts, sometimes long; without what no encoding holds."""
        text = "".join(self.chance.choice(SCRIPTS) for _ in range(self.chance.randrange(4)))
        times = self.chance.choice([1, 1, 1, 1, 1, 30, 400])
        return (
            f"cn{self.number}x "
            + (text * times)[: min(longest, self.chance.choice([200, 3_000, 19_000, 40_000]))]
            + "."
        )

    def junk(self) -> str:
        return self.chance.choice(
            [
                *SCRIPTS,
                *SURROGATES,
                "",
                "x" * self.chance.choice([10, 3_000, 70_000]),
                *self.steps,
                self.words(),
            ]
        )

    def noise(self) -> list[tuple[str, str]]:
        return [
            (self.chance.choice(["who", "picked", "danger", "language", "x" * 90]), self.junk())
            for _ in range(3)
        ]

    def parts(self, fields: list[tuple[str, str]], *, file: tuple[str, bytes]) -> bytes:
        made = [
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode(
                "utf-8", "surrogatepass"
            )
            for name, value in fields
        ]
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{file[0]}"\r\n'
        end = f"\r\n--{BOUNDARY}--\r\n".encode()
        return b"".join([*made, head.encode(), b"Content-Type: image/jpeg\r\n\r\n", file[1], end])


def quoted(text: str) -> str:
    """As a browser writes it into a form; lone surrogates as a broken one would."""
    return quote_from_bytes(text.encode("utf-8", "surrogatepass"))


def shown(text: str) -> str:
    """How a page gives it back."""
    return text.replace("\r\n", "\n")
