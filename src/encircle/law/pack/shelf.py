"""Shelves: the packs of one folder, each read once and shared by all that rest on it. Reads files; builds no law."""

from collections.abc import Iterator
from pathlib import Path

from encircle.law.origin import Origin
from encircle.law.pack.head import HEAD_FILE, Head, PackKind, chain_of, packs_in
from encircle.law.pack.layer import Layer, layer_of
from encircle.law.pack.phrase import Phrase, Phrasebook, english_in, phrases_of
from encircle.law.pack.problem import Problem, Problems, meant
from encircle.law.pack.read import read_file
from encircle.law.pack.shape import HELP_FOLDER, OTHER_FOLDERS, SHAPES, STATING, Shape
from encircle.law.pack.tree import Tree
from encircle.vocabulary.refusal import BadInput


def states_law(folder: Path, pack: str) -> bool:
    """Whether that pack states any rule, number or agency itself; one that only helps at its door states none."""
    return any((folder / pack / shape.folder).exists() for shape in STATING)


class Shelf:
    """The packs of a folder as they were when they were first asked for.

    What is written in the folder afterwards does not change what stands here: the law of a running program is not
    exchanged in the middle, and never for a pack with a problem.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._chains: dict[str, tuple[Head, ...]] = {}
        self._layers: dict[str, tuple[Layer, tuple[Problem, ...]]] = {}
        self._phrases: dict[str, tuple[tuple[Phrase, ...], tuple[Problem, ...]]] = {}
        self._at_the_door: dict[str, frozenset[str]] = {}

    def chain(self, country: str) -> tuple[Head, ...]:
        """The heads of that pack and of all that it rests on, the lowest first.

        Refuses: a country without a pack (BadInput); heads with any problem (BadPack).
        """
        pack = country.lower()
        if pack not in self._chains:
            self._existing(country, pack)
            problems = Problems()
            chain = chain_of(self.folder, pack, problems=problems)
            problems.stop_if_any(f"{self.folder.name}/{pack}")
            self._chains[pack] = chain
        return self._chains[pack]

    def layers(self, chain: tuple[Head, ...]) -> tuple[Layer, ...]:
        """What those packs bring. Refuses: packs with any problem (BadPack, which lists all of them)."""
        problems = Problems()
        layers = []
        for head in chain:
            layer, found = self._layer(head)
            layers.append(layer)
            for one in found:
                problems.add(one.origin, one.what)
        problems.stop_if_any(f"{self.folder.name}/{chain[-1].pack}")
        return tuple(layers)

    def phrasebook(self, chain: tuple[Head, ...]) -> Phrasebook:
        """The texts that those packs say in other languages. Refuses: as `layers`."""
        problems = Problems()
        phrases: list[Phrase] = []
        elsewhere: set[str] = set()
        for head in chain:
            elsewhere |= self._said_at_the_door(head.pack)
            of_pack, found = self._phrases_of(head.pack)
            phrases += of_pack
            for one in found:
                problems.add(one.origin, one.what)
        problems.stop_if_any(f"{self.folder.name}/{chain[-1].pack}")
        return Phrasebook.of(phrases, elsewhere=elsewhere)

    def _said_at_the_door(self, pack: str) -> frozenset[str]:
        """The English texts of its folder of help. What is wrong with its files is told by whoever reads help."""
        if pack not in self._at_the_door:
            where = self.folder / pack / HELP_FOLDER
            files = (
                read_file(one, name=one.name, problems=Problems()) for one in sorted(where.glob("*.yaml"))
            )
            trees = (tree for tree in files if tree is not None)
            self._at_the_door[pack] = frozenset(said for tree in trees for said in english_in(tree))
        return self._at_the_door[pack]

    def _phrases_of(self, pack: str) -> tuple[tuple[Phrase, ...], tuple[Problem, ...]]:
        if pack not in self._phrases:
            problems = Problems()
            self._phrases[pack] = phrases_of(self.folder, pack, problems), problems.found
        return self._phrases[pack]

    def _existing(self, country: str, pack: str) -> None:
        known = packs_in(self.folder)
        if pack not in known:
            raise BadInput(
                code="no_pack",
                reason=f"There is no pack {country!r} in {self.folder.name}/.",
                where=f"{self.folder.name}/{country}",
                instead=meant(pack, known),
            )

    def _layer(self, head: Head) -> tuple[Layer, tuple[Problem, ...]]:
        if head.pack not in self._layers:
            problems = Problems()
            layer = layer_of(
                head.pack,
                _trees(self.folder, head, problems),
                extends=bool(head.extends),
                local=head.kind is PackKind.SOP,
                problems=problems,
            )
            self._layers[head.pack] = layer, problems.found
        return self._layers[head.pack]


def _trees(folder: Path, head: Head, problems: Problems) -> Iterator[tuple[Shape, Tree]]:
    shapes = {shape.folder: shape for shape in SHAPES}
    for path in sorted((folder / head.pack).iterdir()):
        if path.name == HEAD_FILE or path.name in OTHER_FOLDERS or path.suffix == ".md":
            continue
        name = f"{folder.name}/{head.pack}/{path.name}"
        shape = shapes.get(path.name)
        if shape is None:
            known = {*shapes, *OTHER_FOLDERS, HEAD_FILE}
            problems.add(Origin(name, 1), f"unknown file or folder. {meant(path.name, known)}")
            continue
        for file in sorted(path.iterdir()) if path.is_dir() else [path]:
            place = name if file is path else f"{name}/{file.name}"
            if file.suffix != ".yaml":
                problems.add(Origin(place, 1), "not a .yaml file. Expected files that end in .yaml here.")
                continue
            tree = read_file(file, name=place, problems=problems)
            if tree is not None:
                yield shape, tree
