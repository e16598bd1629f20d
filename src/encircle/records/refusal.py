"""What the tables refuse: each rule of the database as a reason for people. Knows no screens."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import IntegrityError

from encircle.vocabulary.fact import Fact
from encircle.vocabulary.refusal import Refused


class Unavailable(Refused):
    """The database does not answer just now; it may in a moment."""


class RuleBroken(Refused):
    """What was to be written breaks a rule of the record. `code` is the name of the rule in the database."""


class Conflict(Refused):
    """A stale write: since the writer read this matter, somebody else wrote about it. Carries both."""

    def __init__(self, *, yours: Fact, theirs: tuple[Fact, ...]) -> None:
        super().__init__(
            code="conflict",
            reason="Somebody else has written about this since you read it. Nothing of yours was saved yet.",
            instead="Look at both, then save again: as a correction, as another version, or not at all.",
        )
        self.yours = yours
        self.theirs = theirs


REASONS: dict[str, str] = {
    "fact_pkey": "This was saved already; it is on record once.",
    "fact_happened_earliest_before_latest": "The later end of the time lies before its earlier end.",
    "fact_not_recorded_before_it_happened": "The time lies in the future. A plan happened when it was made.",
    "fact_not_learnt_before_it_happened": "Somebody is said to have learnt it before it happened.",
    "fact_not_recorded_before_it_was_learnt": "The time at which it was learnt lies in the future.",
    "fact_withdrawal_names_a_fact": "A withdrawal names the fact that it withdraws, and nothing else does.",
    "fact_refers_to_one_other": "A fact corrects, is a version of, or withdraws one other fact, not several.",
    "fact_refers_to_a_fact": "The fact that this one refers to is not on this record.",
    "fact_refers_within_its_root": "A fact is corrected or withdrawn on the record on which it stands.",
    "fact_refers_to_its_type": "A correction or another version has the same type as the fact it refers to.",
    "fact_corrects_its_subject": "A correction is about the same thing as the fact it corrects.",
    "fact_subject_of_its_root": "The thing that this is about belongs to another record.",
    "fact_follows_its_matter": "What was read before writing belongs to another matter.",
    "fact_learnt_of_a_fact": "The fact that was learnt is not on this record.",
    "fact_learnt_once": "It is on record already that this agency learnt it then.",
    "membership_ends_once": "A membership that ends is not made longer; a new one is added.",
    "emergency_access_reviewed_once": "Somebody has looked at this already, and what they found stands.",
    "emergency_access_reviewed_by_another": "Who opened a record in an emergency does not review it; a second person does.",
    "owner_question_so_many_a_day": "You have asked as often as one may in a day. Nothing more is answered today.",
    "owner_question_answered_once": "Somebody has answered this already, and that stands.",
    "caseload_answer_next_once": "Somebody has answered for this child meanwhile.",
    "caseload_child_is_not_changed": "A child in a review is not changed.",
    "referral_offer_ends_once": "This referral has ended already, and how it ended stands.",
    "access_file_checked_by_another": "Who prepared a file does not check it; a second person does.",
    "access_file_stands": "This file was checked, given or put aside already. A new one is prepared.",
    "look_alarm_answered_once": "Somebody has said already what was found, and that stands.",
    "look_alarm_answered_by_another": "Whose looks stood out does not say what was found; another person does.",
    "erasure_decided_by_another": "Who asked for an erasure does not decide on it; a second person does.",
    "erasure_stands": "This erasure was decided, done or put aside already. A new one is asked for.",
    "erasure_waits_for_the_hold": "A legal hold runs on this record: nothing of it is erased until it ends.",
    "report_erasure_decided_by_another": "Who asked for an erasure does not decide on it; a second person does.",
    "report_erasure_stands": "This erasure was decided, done or put aside already. A new one is asked for.",
    "legal_hold_is_not_made_longer": "A legal hold is not made longer; a new one is set.",
    "sharing_agreement_stands": "This agreement has ended, and stays ended. A new one is proposed.",
    "sharing_agreement_signed_by_its_side": "Each side signs for itself, once.",
    "opened_part_rests_on_its_agreement": "The agreement does not cover this, or runs no longer.",
    "agency_key_has_ended": "An agency of this record has a new key since you began. Nothing was saved; save it once more.",
    "data_key_destroyed_for_good": "What was erased cannot be brought back.",
}


@contextmanager
def rules_told() -> Iterator[None]:
    """Turn a broken rule of the database that people can break into its reason; other errors stay."""
    try:
        yield
    except IntegrityError as broken:
        cause = broken.__cause__
        rule = cause.diag.constraint_name if isinstance(cause, psycopg.Error) else None
        if rule is None or rule not in REASONS:
            raise
        raise rule_broken(rule) from broken


def rule_broken(rule: str) -> RuleBroken:
    """The refusal for this rule of the database."""
    return RuleBroken(code=rule, reason=REASONS[rule], instead="Correct it and save again.")
