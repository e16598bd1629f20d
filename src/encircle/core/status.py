"""Status: the protection axis. Persons set it; the facts on record say only whether reasonable grounds are there.

Law: Dir. 2011/36 Art. 11(2): assistance as soon as there is a reasonable-grounds indication. For a child the means are
irrelevant (Art. 2(5)); no score and no threshold: an act and a purpose, each indicated by somebody.
"""

from dataclasses import dataclass

from encircle.vocabulary.unknown import Unknown

VICTIM_STATUSES = frozenset(
    {"presumed_victim", "identified_victim", "in_review", "declined_identification", "recovered"}
)
UNDONE_BY = frozenset({"negative_decision"})


@dataclass(frozen=True, slots=True)
class Grounds:
    """Whether reasonable grounds are on record, and whether the duties towards a presumed victim apply."""

    reasonable: bool | Unknown
    victim_track: bool | Unknown


def grounds(*, act: bool, purpose: bool, protection: str | Unknown) -> Grounds:
    """What the indications and the status say together. A status set by a person is enough; so are act and purpose."""
    reasonable = _reasonable(act=act, purpose=purpose, protection=protection)
    if protection in UNDONE_BY:
        return Grounds(reasonable, False)
    return Grounds(reasonable, reasonable)


def _reasonable(*, act: bool, purpose: bool, protection: str | Unknown) -> bool | Unknown:
    if protection in VICTIM_STATUSES or (act and purpose):
        return True
    if isinstance(protection, Unknown):
        return protection
    if act:
        return Unknown("no purpose of exploitation indicated yet", ("indication_recorded",))
    if purpose:
        return Unknown(
            "no act (recruiting, moving, harbouring, receiving) indicated yet", ("indication_recorded",)
        )
    return False
