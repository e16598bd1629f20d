"""The journal: entries by all who act, the tree and its signed heads by one sequencer, and whether it is whole."""

from encircle.records.journal.entries import Act, enter
from encircle.records.journal.sequencer import Sequenced, sequence
from encircle.records.journal.verifier import NothingSigned, verify

__all__ = ["Act", "NothingSigned", "Sequenced", "enter", "sequence", "verify"]
