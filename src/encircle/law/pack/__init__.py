"""Packs: the law as people write it, in folders of YAML. Reads and merges them; knows no child."""

from encircle.law.law import Law
from encircle.law.pack.load import load_law
from encircle.law.pack.problem import BadPack, Problem

__all__ = ["BadPack", "Law", "Problem", "load_law"]
