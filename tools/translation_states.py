"""Which texts are in which language, file by file, and who has reviewed them: `docs/developer/reviews.md`."""

from collections.abc import Iterator
from pathlib import Path

from encircle.law.pack.head import packs_in
from encircle.law.pack.shelf import Shelf
from encircle.law.translation import Made, Translation
from tools.messages import written_languages
from tools.reviews import State, state_now

PACKS = Path(__file__).parents[1] / "packs"


def reviews_page() -> str:
    """One row for each language and each file or set of files with texts in it."""
    rows = sorted([*_of_pages(), *_of_packs(PACKS)])
    return (
        "\n".join(
            [
                "# Reviews of translations",
                "",
                "Made from the catalogues and the heads of the packs by `make docs`; a test fails when it is stale.",
                "A text is a draft until somebody who works in the field and in that language has read it:",
                "[translations](translations.md).",
                "",
                "| language | texts | state |",
                "|---|---|---|",
                *(f"| {language} | {texts} | {state} |" for language, texts, state in rows),
            ]
        )
        + "\n"
    )


def _of_pages() -> Iterator[tuple[str, str, str]]:
    for language in written_languages():
        yield language, "pages: `django.po`", of_pages(state_now(language))


def of_pages(state: State) -> str:
    """How far the catalogue of a language is, in words."""
    if not state.reviewed:
        return "machine draft"
    by = ", ".join(state.by)
    return (
        f"reviewed by {by}" if not state.drafts else f"in part reviewed by {by}; the rest is a machine draft"
    )


def _of_packs(folder: Path) -> Iterator[tuple[str, str, str]]:
    shelf = Shelf(folder)
    for pack in packs_in(folder):
        for one in shelf.chain(pack)[-1].translations:
            files = [f"`packs/{pack}/phrases/{name}.yaml`" for name in one.files]
            yield one.language, ", ".join(files) or f"`packs/{pack}`: rules, forms and help", of_pack(one)


def of_pack(one: Translation) -> str:
    """How the texts of a pack were made, and who has reviewed them, in words."""
    if one.reviewed is not None:
        return f"reviewed by a {one.reviewed.role} on {one.reviewed.on}"
    return "machine draft" if one.made is Made.MACHINE else "draft by a person"
