"""Kinds of subjects: the things that facts are about, around a child or of an agency. Each has a plural for conditions."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a fact can be about: the child itself, one proceeding, interview ..., or an agency in its own record."""

    CHILD = "child"
    CONCERN = "concern"
    CONSULTATION = "consultation"
    EPISODE = "episode"
    PROCEEDING = "proceeding"
    ALLEGED_ACT = "alleged_act"
    STEP = "step"
    INTERVIEW = "interview"
    RECORDING = "recording"
    EXAMINATION = "examination"
    HEARING = "hearing"
    PLACEMENT = "placement"
    DETENTION = "detention"
    DECISION = "decision"
    ASSESSMENT = "assessment"
    AGE_ASSESSMENT = "age_assessment"
    GUARDIAN = "guardian"
    LAWYER = "lawyer"
    INTERPRETER = "interpreter"
    SUPPORT_PERSON = "support_person"
    PERSON = "person"
    PLACE = "place"
    REFERRAL = "referral"
    REQUEST = "request"
    CONTACT = "contact"
    TRANSFER = "transfer"
    MISSING = "missing"
    ALERT = "alert"
    MEETING = "meeting"
    PARTICIPANT = "participant"
    ACTION = "action"
    SERVICE = "service"
    INFORMATION = "information"
    VIEW = "view"
    DO_NOT_CONTACT = "do_not_contact"
    SCREENING = "screening"
    COMPLAINT = "complaint"
    DATA_REQUEST = "data_request"
    PUBLICATION = "publication"
    DISCLOSURE = "disclosure"
    BREACH = "breach"
    HEALTH_NEED = "health_need"
    ADVICE = "advice"
    INDICATOR = "indicator"
    INDICATION = "indication"
    ACCOUNT = "account"
    PROTECTIVE_FACTOR = "protective_factor"
    DOCUMENT = "document"
    PERMIT = "permit"
    REFLECTION = "reflection"
    ORDER = "order"
    SCHOOLING = "schooling"
    FAMILY_CONTACT = "family_contact"
    HANDOVER = "handover"
    CLOSING = "closing"
    ACKNOWLEDGEMENT = "acknowledgement"
    OVERRIDE = "override"
    WITHDRAWAL = "withdrawal"
    AGENCY = "agency"
    INSTALLATION = "installation"


@dataclass(frozen=True, slots=True)
class KindDoc:
    """The plural under which conditions see all subjects of a kind, and what the kind is."""

    plural: str
    doc: str


KINDS: dict[Kind, KindDoc] = {
    Kind.CHILD: KindDoc("child", "the child whose record this is; always exactly one"),
    Kind.CONCERN: KindDoc("concerns", "a report or observation, from its arrival to the triage decision"),
    Kind.CONSULTATION: KindDoc("consultations", "one agency asked by the triage team, and what it answered"),
    Kind.EPISODE: KindDoc("episodes", "one period of exploitation or risk; re-trafficking opens a new one"),
    Kind.PROCEEDING: KindDoc("proceedings", "criminal, child-protection, family, asylum ... proceedings"),
    Kind.ALLEGED_ACT: KindDoc("alleged_acts", "an act said to be unlawful that is laid to the child"),
    Kind.STEP: KindDoc("steps", "one step of a proceeding: charge, plea, conviction, sentence, appeal"),
    Kind.INTERVIEW: KindDoc("interviews", "an interview of the child, planned or held"),
    Kind.RECORDING: KindDoc("recordings", "an audiovisual recording of an interview"),
    Kind.EXAMINATION: KindDoc("examinations", "a forensic medical examination, planned or done"),
    Kind.HEARING: KindDoc("hearings", "a court hearing that concerns the child"),
    Kind.PLACEMENT: KindDoc("placements", "where the child lives or sleeps, from a day until a day"),
    Kind.DETENTION: KindDoc("detentions", "a deprivation of liberty"),
    Kind.DECISION: KindDoc("decisions", "a decision that affects the child, proposed or made"),
    Kind.ASSESSMENT: KindDoc("assessments", "an individual, best-interests, risk or trafficking assessment"),
    Kind.AGE_ASSESSMENT: KindDoc("age_assessments", "an age-assessment procedure"),
    Kind.GUARDIAN: KindDoc("guardians", "one appointment of a guardian or representative"),
    Kind.LAWYER: KindDoc("lawyers", "one appointment of a lawyer"),
    Kind.INTERPRETER: KindDoc("interpreters", "one engagement of an interpreter or cultural mediator"),
    Kind.SUPPORT_PERSON: KindDoc("support_persons", "the one support person of the child"),
    Kind.PERSON: KindDoc("persons", "somebody around the child: relative, carer, suspect, other child"),
    Kind.PLACE: KindDoc("places", "a place, known to others only by its id"),
    Kind.REFERRAL: KindDoc("referrals", "a referral to the referral mechanism, Barnahus or a service"),
    Kind.REQUEST: KindDoc("requests", "a request to or from another country"),
    Kind.CONTACT: KindDoc("contacts", "one contact with another country, its authorities or a person there"),
    Kind.TRANSFER: KindDoc("transfers", "a return or transfer to another country, proposed or carried out"),
    Kind.MISSING: KindDoc("missing_episodes", "one episode in which the child is not where expected"),
    Kind.ALERT: KindDoc("alerts", "an alert in the Schengen Information System or a national system"),
    Kind.MEETING: KindDoc("meetings", "an inter-agency meeting or case conference"),
    Kind.PARTICIPANT: KindDoc(
        "participants", "one agency at a meeting: invited, whether it comes, what it shares"
    ),
    Kind.ACTION: KindDoc("actions", "what somebody has taken on at a meeting, until when"),
    Kind.SERVICE: KindDoc("services", "a service or support given to the child or family"),
    Kind.INFORMATION: KindDoc("informations", "one occasion on which the child was told something"),
    Kind.VIEW: KindDoc("views", "one occasion on which the child's views were heard"),
    Kind.DO_NOT_CONTACT: KindDoc(
        "do_not_contacts", "a flag that forbids contact with a country, authority or person"
    ),
    Kind.SCREENING: KindDoc("screenings", "a screening at or behind the border"),
    Kind.COMPLAINT: KindDoc("complaints", "a complaint by or for the child"),
    Kind.DATA_REQUEST: KindDoc(
        "data_requests", "a request that something on the record is corrected, and its answer"
    ),
    Kind.PUBLICATION: KindDoc("publications", "something made public about the child"),
    Kind.DISCLOSURE: KindDoc("disclosures", "data passed on to somebody"),
    Kind.BREACH: KindDoc("breaches", "a breach of the child's personal data"),
    Kind.HEALTH_NEED: KindDoc("health_needs", "a need for care of body or mind"),
    Kind.ADVICE: KindDoc("advices", "an expert's advice on what the child can take part in"),
    Kind.INDICATOR: KindDoc("indicators", "one indicator of the common list, noted by somebody"),
    Kind.INDICATION: KindDoc("indications", "an indication of act, purpose or means of trafficking"),
    Kind.ACCOUNT: KindDoc(
        "accounts", "one occasion on which the child told what happened, or the agreed written account"
    ),
    Kind.PROTECTIVE_FACTOR: KindDoc(
        "protective_factors", "a strength or protection around the child; never set off against indicators"
    ),
    Kind.DOCUMENT: KindDoc("documents", "an identity or travel document"),
    Kind.PERMIT: KindDoc("permits", "a residence permit, applied for or given"),
    Kind.REFLECTION: KindDoc("reflections", "a recovery and reflection period"),
    Kind.ORDER: KindDoc("orders", "a contact ban or other protective order"),
    Kind.SCHOOLING: KindDoc("schoolings", "a period in or out of school"),
    Kind.FAMILY_CONTACT: KindDoc("family_contacts", "tracing or contact with a member of the family"),
    Kind.HANDOVER: KindDoc("handovers", "responsibility passed from one authority to another"),
    Kind.CLOSING: KindDoc("closings", "a closing of the record, proposed or decided"),
    Kind.ACKNOWLEDGEMENT: KindDoc("acknowledgements", "an alarm acknowledged, or an override by two persons"),
    Kind.OVERRIDE: KindDoc("overrides", "a prohibition set aside by two persons with a named basis"),
    Kind.WITHDRAWAL: KindDoc("withdrawals", "a fact withdrawn by its source"),
    Kind.AGENCY: KindDoc("agency", "the agency whose own record this is; always exactly one, and no child"),
    Kind.INSTALLATION: KindDoc(
        "installation",
        "the country of this installation, in its own record; always exactly one, and no child",
    ),
}

OWN_RECORDS = (Kind.AGENCY, Kind.INSTALLATION)
"""Kinds that have a record of their own, in which nothing of a child stands and which nothing of a child's record reads."""

WHOLE = frozenset({Kind.CHILD, *OWN_RECORDS})
"""Kinds of which a record has exactly one: the one that it is of. A fact about it names no subject."""


def stands_on(about: Kind, whose: Kind | None) -> bool:
    """Whether that can be said on a record of this: of an agency itself only on its own, of a child never there."""
    if whose in OWN_RECORDS:
        return about in (whose, Kind.WITHDRAWAL)
    return about not in OWN_RECORDS
