"""What stands unsealed beside what is sealed: the closed list, column by column. Nothing else may join it.

A test reads the database and fails for a column that is not named here, for a text column that no constraint holds
to codes, and for a sealed one that could hold a plain text. Names, free text, health and places are never open.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class What(StrEnum):
    """What a column may hold."""

    ID = "id"
    """Random, made before it is stored: tells nothing."""
    AGENCY = "agency"
    """The id of an agency or of a person on its staff."""
    TIME = "time"
    CODE = "code"
    """A word of a closed list, held to that shape by a constraint."""
    NUMBER = "number"
    """A counter, a position or a version."""
    FLAG = "flag"
    HASH = "hash"
    """Salted or keyed, or of random bytes only."""
    PUBLIC_KEY = "public key"
    SEALED = "sealed"
    """Opens only with a key."""


_A, _C, _F, _H, _I, _N = What.AGENCY, What.CODE, What.FLAG, What.HASH, What.ID, What.NUMBER
_S, _T = What.SEALED, What.TIME

COLUMNS: Final[Mapping[str, Mapping[str, What]]] = {
    "root": {"id": _I, "kind": _C, "number": _C, "opened_by_id": _A, "made_at": _T},
    "subject": {"id": _I, "root_id": _I, "kind": _C, "episode_id": _I, "made_at": _T},
    "membership": {
        "id": _I,
        "root_id": _I,
        "agency_id": _A,
        "person_id": _A,
        "relation": _C,
        "subject_id": _I,
        "basis": _C,
        "since": _T,
        "until": _T,
        "added_by": _C,
        "ended_by": _C,
    },
    "data_key": {
        "id": _I,
        "root_id": _I,
        "agency_id": _A,
        "compartment": _C,
        "kept_by": _C,
        "wrapped": _S,
        "made_at": _T,
        "retired_at": _T,
        "destroyed_at": _T,
        "destroyed_by": _C,
        "destroyed_because": _C,
    },
    "fact": {
        "id": _I,
        "seq": _N,
        "root_id": _I,
        "subject_id": _I,
        "type": _C,
        "happened_earliest": _T,
        "happened_latest": _T,
        "precision": _C,
        "zone": _C,
        "agency_id": _A,
        "said_by": _C,
        "certainty": _C,
        "field_group": _C,
        "regime": _C,
        "compartment": _C,
        "data_key_id": _I,
        "corrects_id": _I,
        "version_of_id": _I,
        "withdraws_id": _I,
        "matter": _I,
        "follows_id": _I,
        "payload_format": _N,
        "payload": _S,
        "received_in": _I,
        "recorded_at": _T,
        "recorded_by": _C,
        "recorded_agency_id": _A,
    },
    "fact_learnt": {
        "id": _N,
        "fact_id": _I,
        "root_id": _I,
        "agency_id": _A,
        "at": _T,
        "recorded_at": _T,
        "recorded_by": _C,
    },
    "link": {"fact_id": _I, "root_id": _I, "other_id": _I},
    "open_field": {
        "id": _N,
        "root_id": _I,
        "fact_id": _I,
        "subject_id": _I,
        "field": _C,
        "code": _C,
        "number": _N,
        "flag": _F,
        "earliest": _T,
        "latest": _T,
    },
    "name_key": {"id": _N, "root_id": _I, "fact_id": _I, "kind": _C, "key": _H},
    "duty_row": {
        "id": _N,
        "scope": _C,
        "root_id": _I,
        "agency_id": _A,
        "person_id": _A,
        "code": _C,
        "subject_id": _I,
        "pack": _C,
        "state": _C,
        "owner": _C,
        "kind": _C,
        "urgency": _N,
        "late": _F,
        "raised_at": _T,
        "due_earliest": _T,
        "due_latest": _T,
        "next_change_at": _T,
        "missing": _C,
        "unknown": _C,
        "by_facts": _I,
        "through_seq": _N,
        "computed_at": _T,
    },
    "alarm_row": {
        "id": _N,
        "root_id": _I,
        "code": _C,
        "subject_id": _I,
        "pack": _C,
        "state": _C,
        "at": _T,
        "by_fact_id": _I,
        "agency_id": _A,
        "override": _C,
        "settled_by_id": _I,
        "escalated": _N,
        "next_change_at": _T,
        "through_seq": _N,
        "computed_at": _T,
    },
    "calendar_row": {
        "id": _N,
        "root_id": _I,
        "code": _C,
        "subject_id": _I,
        "earliest": _T,
        "latest": _T,
        "lane": _C,
        "field_group": _C,
        "agency_id": _A,
        "through_seq": _N,
        "computed_at": _T,
    },
    "situation_row": {
        "root_id": _I,
        "protection": _C,
        "age_basis": _C,
        "parental_care": _C,
        "location": _C,
        "region": _C,
        "case_lead_id": _A,
        "facts": _N,
        "codes": _C,
        "urgency": _N,
        "due_at": _T,
        "pack": _C,
        "next_change_at": _T,
        "through_seq": _N,
        "computed_at": _T,
    },
    "journal_entry": {
        "id": _I,
        "at": _T,
        "kind": _C,
        "actor": _C,
        "agency_id": _A,
        "role": _C,
        "purpose": _C,
        "legal_basis": _C,
        "regime": _C,
        "field_groups": _C,
        "root_id": _I,
        "duty": _C,
        "outcome": _C,
        "data_key_id": _I,
        "body": _S,
        "salt": _H,
    },
    "journal_leaf": {"id": _N, "entry": _I, "hash": _H, "position": _N},
    "journal_node": {"level": _N, "index": _N, "hash": _H},
    "journal_checkpoint": {"size": _N, "tree_root": _H, "note": _H, "made_at": _T},
    "report": {
        "id": _I,
        "hour": _T,
        "region": _C,
        "language": _C,
        "danger": _C,
        "state": _C,
        "code_index": _H,
        "reply_key": What.PUBLIC_KEY,
        "concern_id": _I,
    },
    "report_seal": {"id": _I, "report_id": _I, "agency_id": _A, "recipient_key": _H, "sealed": _S},
    "report_part": {
        "id": _I,
        "report_id": _I,
        "kind": _C,
        "by_agency_id": _A,
        "hour": _T,
        "sealed": _S,
    },
    "statistic_release": {
        "id": _I,
        "period": _C,
        "method": _C,
        "pack": _C,
        "tables": _N,
        "digest": _H,
        "made_at": _T,
    },
    "statistic_cell": {
        "id": _N,
        "release_id": _I,
        "table_code": _C,
        "row_code": _C,
        "column_code": _C,
        "figure": _N,
    },
}
