"""Packs: the law as people write it, in folders of YAML. Reads and merges them; knows no child."""

from encircle.law.law import Law
from encircle.law.pack.load import law_from, law_with, load_law
from encircle.law.pack.problem import BadPack, Problem
from encircle.law.pack.shelf import Shelf

__all__ = ["BadPack", "Law", "Problem", "Shelf", "law_from", "law_with", "load_law"]
