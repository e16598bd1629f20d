"""The catalogues of the window: collected from templates, code and vocabulary, compiled without GNU gettext.

`python -m tools.messages` writes each django.po anew (what is there is kept, what is new stands empty) and its django.mo.
"""

import ast
import os
import struct
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import django
from django.conf import settings
from django.template import Engine
from django.template.base import Node
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

from encircle.actions.whose_law import EUROPEAN_UNION
from encircle.core.child import situation_schema
from encircle.law.pack import Shelf, law_from
from encircle.law.question import AskedOf
from encircle.web.page import wording

ROOT = Path(__file__).parents[1]
WEB = ROOT / "src" / "encircle" / "web"
ACTIONS = ROOT / "src" / "encircle" / "actions"
SHOWN = (
    "access_file.py",
    "agency_key.py",
    "asked_again.py",
    "act",
    "breach.py",
    "case.py",
    "caseload",
    "concern.py",
    "forgotten_key.py",
    "identity.py",
    "invitation.py",
    "provider_question.py",
    "../host/provider",
    "leaving.py",
    "own_key.py",
    "passkey_lock.py",
    "people_keys.py",
    "sealed_parts.py",
    "emergency.py",
    "form_token.py",
    "look_week.py",
    "supervised.py",
    "crossborder.py",
    "offers.py",
    "reports/body.py",
    "reports/complaint.py",
    "reports/desk.py",
    "reports/keeping.py",
    "reports/known.py",
    "reports/talk_desk.py",
    "reports/sent_file.py",
    "reports/call.py",
    "opened.py",
    "sharing.py",
    "opening.py",
    "owner.py",
    "people.py",
    "retention.py",
    "permit.py",
    "triage.py",
)
"""The actions whose refusals stand on pages, and what they ask."""
LOCALE = WEB / "locale"
PLURALS = {
    "et": "nplurals=2; plural=(n != 1);",
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;",
}
PUBLIC_PLURALS = {
    "da": "nplurals=2; plural=(n != 1);",
    "de": "nplurals=2; plural=(n != 1);",
    "fa": "nplurals=2; plural=(n > 1);",
    "fi": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
    "lt": "nplurals=3; plural=(n%10==1 && (n%100<11 || n%100>19) ? 0 : n%10>=2 && (n%100<11 || n%100>19) ? 1 : 2);",
    "lv": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2);",
    "pl": "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
    "sv": "nplurals=2; plural=(n != 1);",
    "uk": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
}
"""Languages in which children and the public read, and staff do not work."""
PUBLIC_PLACES = (
    "templates/door",
    "templates/child",
    "templates/professional",
    "door",
    "child",
    "page/complaint_words.py",
    "page/file_words.py",
    "page/talk_form.py",
    "page/when.py",
)
"""Where the texts of those pages stand; a place that is not there is an error."""
_ENDS = {
    "pgettext": 2,
    "pgettext_lazy": 2,
    "gettext": 1,
    "gettext_lazy": 1,
    "ngettext": 2,
    "ngettext_lazy": 2,
}
_CONTEXT, _PLURAL = "\x04", "\x00"


class Message(NamedTuple):
    """What is to be translated: its context, its text, and its plural where it is counted."""

    context: str
    text: str
    plural: str

    @property
    def key(self) -> str:
        """As a compiled catalogue names it."""
        key = f"{self.context}{_CONTEXT}{self.text}" if self.context else self.text
        return f"{key}{_PLURAL}{self.plural}" if self.plural else key


Catalogue = Mapping[Message, tuple[str, ...]]


def wanted() -> tuple[Message, ...]:
    """Every message of the window, once, in a fixed order."""
    found = {*_of_templates(), *_of_code(), *_of_refusals(), *_of_vocabulary()}
    return tuple(sorted(found))


def wanted_by_the_public() -> tuple[Message, ...]:
    """Every message of the pages that children and the public read, once, in a fixed order."""
    found: set[Message] = set()
    for name in PUBLIC_PLACES:
        place = WEB / name
        for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if path.suffix == ".html":
                found |= set(in_template(path.read_text("utf-8")))
            elif path.suffix == ".py":
                found |= set(in_code(path.read_text("utf-8")))
    return tuple(sorted(found))


def wanted_in(language: str) -> tuple[Message, ...]:
    """What has to be there in that language."""
    if language in PLURALS:
        return wanted()
    return tuple(sorted({*wanted_by_the_public(), *_of_the_form(language)}))


def _of_the_form(language: str) -> Iterator[Message]:
    """The questions to a child that the packs do not say in that language."""
    law = law_from(Shelf(ROOT / "packs"), EUROPEAN_UNION, schema=situation_schema())
    for question in law.form(AskedOf.CHILD):
        yield from (Message("", str(text), "") for text in question.texts if language not in text.languages)


def in_template(text: str) -> Iterator[Message]:
    """The messages of a template."""
    engine = Engine(
        libraries={"i18n": "django.templatetags.i18n", "l10n": "django.templatetags.l10n"},
        builtins=settings.TEMPLATE_TAGS,
    )
    for node in engine.from_string(text).nodelist.get_nodes_by_type(Node):
        if isinstance(node, TranslateNode):
            yield Message(_context(node), str(node.filter_expression.var.literal), "")
        elif isinstance(node, BlockTranslateNode):
            plural = node.render_token_list(node.plural)[0] if node.plural else ""
            yield Message(_context(node), node.render_token_list(node.singular)[0], plural)


def _context(node: TranslateNode | BlockTranslateNode) -> str:
    """To whom or in which sense it is said, where that is named."""
    return "" if node.message_context is None else str(node.message_context.var)


def in_code(text: str) -> Iterator[Message]:
    """The messages of a module: the constant words given to gettext and its like, under whatever name."""
    tree = ast.parse(text)
    names = {
        alias.asname or alias.name: _ENDS[alias.name]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in _ENDS
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            given = node.args[: names[node.func.id]]
            words = [one.value for one in given if isinstance(one, ast.Constant)]
            if len(words) == 2 and node.func.id.startswith("pgettext"):
                yield Message(str(words[0]), str(words[1]), "")
            elif len(words) == names[node.func.id]:
                yield Message("", str(words[0]), str(words[1]) if len(words) == 2 else "")


def in_refusals(text: str) -> Iterator[Message]:
    """The constant words of a module that say why something is not done (`reason=`), and what to do (`instead=`)."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            given = [one.value for one in node.keywords if one.arg in ("reason", "instead")]
            for one in given:
                if isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value:
                    yield Message("", one.value, "")


def read_po(text: str) -> dict[Message, tuple[str, ...]]:
    """The entries of a catalogue; the empty text is its header."""
    found: dict[Message, tuple[str, ...]] = {}
    for block in text.split("\n\n"):
        parts: dict[str, str] = {}
        name = ""
        for line in block.splitlines():
            if line.startswith("#") or not line:
                continue
            word, _space, quoted = line.partition(" ") if line.startswith("msg") else ("", "", line)
            name = word or name
            parts[name] = parts.get(name, "") + str(ast.literal_eval(quoted))
        if parts:
            message = Message(parts.get("msgctxt", ""), parts["msgid"], parts.get("msgid_plural", ""))
            found[message] = tuple(words for key, words in parts.items() if key.startswith("msgstr"))
    return found


def write_po(entries: Catalogue, *, language: str) -> str:
    """The catalogue as text."""
    header = (
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=UTF-8",
        "Content-Transfer-Encoding: 8bit",
    )
    lines = [*header, f"Language: {language}", f"Plural-Forms: {_plurals(language)}"]
    blocks = ['msgid ""\nmsgstr ""\n' + "\n".join(_quoted(f"{line}\n") for line in lines)]
    for message, words in entries.items():
        block = [f"msgctxt {_quoted(message.context)}"] if message.context else []
        block.append(f"msgid {_quoted(message.text)}")
        if message.plural:
            block.append(f"msgid_plural {_quoted(message.plural)}")
            block += [f"msgstr[{number}] {_quoted(one)}" for number, one in enumerate(words)]
        else:
            block.append(f"msgstr {_quoted(words[0])}")
        blocks.append("\n".join(block))
    return "\n\n".join(blocks) + "\n"


def compiled(entries: Catalogue) -> bytes:
    """The binary catalogue (GNU .mo, no hash table); what is not translated is left out."""
    pairs = sorted(
        (message.key.encode(), _PLURAL.join(words).encode())
        for message, words in entries.items()
        if all(words)
    )
    keys_at = 28 + 16 * len(pairs)
    texts_at = keys_at + sum(len(key) + 1 for key, _text in pairs)
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, keys_at)
    tables = _table((key for key, _text in pairs), keys_at) + _table((text for _key, text in pairs), texts_at)
    strings = (*(key for key, _text in pairs), *(text for _key, text in pairs))
    return head + tables + b"".join(string + b"\0" for string in strings)


def refreshed(old: Catalogue, *, language: str) -> dict[Message, tuple[str, ...]]:
    """The catalogue with every message that is wanted now; a new one stands empty, one that is gone is dropped."""
    forms = forms_of(language)
    return {one: old.get(one, ("",) * (forms if one.plural else 1)) for one in wanted_in(language)}


def forms_of(language: str) -> int:
    """How many forms a counted text has."""
    return int(_plurals(language).partition("=")[2].partition(";")[0])


def written_languages() -> list[str]:
    """Those that have a catalogue: all of staff, and those of the public that somebody has begun."""
    return sorted([*PLURALS, *(one for one in PUBLIC_PLURALS if (LOCALE / one).is_dir())])


def _plurals(language: str) -> str:
    return {**PLURALS, **PUBLIC_PLURALS}[language]


def main() -> None:
    """Write the catalogues anew and say how much of each is not translated."""
    for language in written_languages():
        folder = LOCALE / language / "LC_MESSAGES"
        folder.mkdir(parents=True, exist_ok=True)
        source = folder / "django.po"
        entries = refreshed(read_po(source.read_text("utf-8")) if source.exists() else {}, language=language)
        source.write_text(write_po(entries, language=language), "utf-8")
        (folder / "django.mo").write_bytes(compiled(read_po(source.read_text("utf-8"))))
        missing = sum(not all(words) for words in entries.values())
        print(f"{language}: {len(entries)} texts, {missing} not translated")


def _of_templates() -> Iterator[Message]:
    for path in sorted((WEB / "templates").rglob("*.html")):
        yield from in_template(path.read_text("utf-8"))


def _of_code() -> Iterator[Message]:
    for path in sorted(WEB.rglob("*.py")):
        yield from in_code(path.read_text("utf-8"))


def _of_refusals() -> Iterator[Message]:
    for name in SHOWN:
        path = ACTIONS / name
        for module in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            yield from in_refusals(module.read_text("utf-8"))


def _of_vocabulary() -> Iterator[Message]:
    yield from (Message(wording.CODE, wording.english(code), "") for code in wording.codes())
    yield from (Message(wording.READING, doc, "") for doc in wording.readings())
    yield from (Message(wording.FIELD, doc, "") for doc in wording.held())


def _table(strings: Iterable[bytes], at: int) -> bytes:
    table = b""
    for string in strings:
        table += struct.pack("<2I", len(string), at)
        at += len(string) + 1
    return table


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "encircle.config.settings")
    django.setup()
    main()
