"""The kernel of access: asks Cedar what the policies say over the mandates of one country. Closed on any error."""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import TypeVar

import cedarpy

from encircle.core.access.decision import NOTHING, Opened
from encircle.core.access.policies import POLICIES, SCHEMA, WIDENING, text_of
from encircle.law.mandate import LedgerSeen, Mandate
from encircle.vocabulary.decision import Decision
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.relation import Relation
from encircle.vocabulary.role import Role
from encircle.vocabulary.visit_purpose import VisitPurpose

_Asked = TypeVar("_Asked")
_PARSED = cedarpy.PolicySet.from_str(text_of())
_SCHEMA = cedarpy.Schema.from_str(SCHEMA)
_WIDTH = tuple(LedgerSeen)
_NAMED = ("sees", "words", "adds", "decides", "purposes", "ledger", "widened_by", "emergency")
_ORDER = {one.id: place for place, one in enumerate(POLICIES)}


class Question:
    """Who asks, for what, and how they stand to the record. Answers by the policies; no answer is remembered here."""

    def __init__(
        self,
        kernel: "Kernel",
        role: Role,
        purpose: Purpose,
        relations: Collection[Relation],
        opened: Opened,
        visit: VisitPurpose | None,
    ) -> None:
        self._kernel = kernel
        self._role = role
        self._principal = f'Role::"{role.value}"'
        self._context = {
            "relations": sorted(relation.value for relation in relations),
            "purpose": purpose.value,
            "visit": "" if visit is None else visit.value,
            "opened": _codes(opened.groups),
            "opened_words": _codes(opened.words),
        }

    def forbidden_by(self, action: str = "enter") -> str | None:
        """The first policy that keeps the whole record shut, in the order in which they stand; None: it may be opened.

        `action`: enter, or weigh; `not_permitted`, where no policy forbids it and none permits it.
        """
        (answer,) = self._asked(action, ['Record::"it"'])
        if answer.diagnostics.errors:
            return "no_mandate"
        if answer.allowed:
            return None
        named = set(answer.diagnostics.id_annotations_by_reason.values())
        return min(named, key=_ORDER.__getitem__, default="not_permitted")

    def parts(self, action: str) -> frozenset[FieldGroup]:
        """The parts for which the policies permit that action: look, read_words or add."""
        groups = tuple(FieldGroup)
        return frozenset(self._permitted(action, groups, [f'Part::"{group.value}"' for group in groups]))

    def matters(self) -> frozenset[Decision]:
        """What may be decided."""
        matters = tuple(Decision)
        return frozenset(
            self._permitted("settle", matters, [f'Matter::"{matter.value}"' for matter in matters])
        )

    def ledger(self) -> LedgerSeen:
        """How much of the duties is shown: the widest that is permitted; the own ones where none is."""
        widths = self._permitted("see_duties", _WIDTH, [f'Ledger::"{width.value}"' for width in _WIDTH])
        return widths[0] if widths else LedgerSeen.OWN

    def roles(self) -> frozenset[Role]:
        """For which roles one acts: one's own, and those that a relation can give."""
        roles = tuple(dict.fromkeys((self._role, *map(Role, WIDENING))))
        return frozenset(self._permitted("act_as", roles, [f'Role::"{role.value}"' for role in roles]))

    def _permitted(
        self, action: str, asked: Sequence[_Asked], resources: Sequence[str]
    ) -> tuple[_Asked, ...]:
        answers = self._asked(action, resources)
        return tuple(
            one
            for one, answer in zip(asked, answers, strict=True)
            if answer.allowed and not answer.diagnostics.errors
        )

    def _asked(self, action: str, resources: Sequence[str]) -> list[cedarpy.AuthzResult]:
        requests = [
            {
                "principal": self._principal,
                "action": f'Action::"{action}"',
                "resource": resource,
                "context": self._context,
            }
            for resource in resources
        ]
        return cedarpy.is_authorized_batch(requests, _PARSED, self._kernel.entities)


class Kernel:
    """The policies over the mandates of one country, which are read once."""

    def __init__(self, mandates: Mapping[Role, Mandate]) -> None:
        rows = [
            {**_entity("Role", role.value, _of(held := mandates.get(role))), "tags": _visits(held)}
            for role in Role
        ]
        rows += [_entity("Part", group.value, {"letter": group.value}) for group in FieldGroup]
        rows += [_entity("Matter", matter.value, {"code": matter.value}) for matter in Decision]
        rows += [_entity("Ledger", width.value, {"width": width.value}) for width in _WIDTH]
        self.entities = cedarpy.Entities.from_json_str(json.dumps(rows), schema=_SCHEMA)

    def asked(
        self,
        role: Role,
        purpose: Purpose,
        relations: Collection[Relation],
        opened: Opened = NOTHING,
        visit: VisitPurpose | None = None,
    ) -> Question:
        """The question of somebody in this role who stands so to a record, of which that was opened by decisions.

        `visit`: to what end this record is visited; None: it is one of a list.
        """
        return Question(self, role, purpose, relations, opened, visit)


def _of(mandate: Mandate | None) -> dict[str, object]:
    """A mandate as the policies read it; one that is not there names nothing."""
    if mandate is None:
        return {**{name: [] for name in _NAMED}, "has_mandate": False}
    return {
        "sees": _codes(mandate.sees),
        "words": _codes(mandate.sees - mandate.summary),
        "adds": _codes(mandate.adds),
        "decides": _codes(mandate.decides),
        "purposes": _codes(mandate.purposes),
        "ledger": [mandate.ledger.value],
        "widened_by": _codes(mandate.widened_by),
        "emergency": _codes(mandate.emergency),
        "has_mandate": True,
    }


def _visits(mandate: Mandate | None) -> dict[str, list[str]]:
    """What a mandate opens for each purpose of a visit."""
    if mandate is None:
        return {}
    return {purpose.value: _codes(groups) for purpose, groups in mandate.opened_for().items()}


def _codes(values: Collection[FieldGroup | Decision | Purpose | Relation]) -> list[str]:
    return sorted(value.value for value in values)


def _entity(kind: str, code: str, attributes: Mapping[str, object]) -> dict[str, object]:
    return {"uid": {"type": kind, "id": code}, "attrs": dict(attributes), "parents": []}
