"""Words: the codes of requests, flags and contacts as people say them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from encircle.core.crossborder import RequestState
from encircle.vocabulary.need import Need

Words = str | Promise

NEEDS: dict[Need, tuple[Words, Words]] = {
    Need.VICTIM_REFERRAL: (
        _("Refer the child as a victim"),
        _("The child goes, or has gone, there and needs help."),
    ),
    Need.DANGER_INFORMATION: (
        _("Warn that the child is in danger there"),
        _("The child is now in that country and exposed to danger."),
    ),
    Need.SITUATION_REPORT: (
        _("Ask for a report on the child or a relative"),
        _("How the child lived, what was decided, whether a relative can care for the child."),
    ),
    Need.FIND_CHILD: (_("Find out where the child is"), _("The child is believed to be in that country.")),
    Need.PLACEMENT_CONSENT: (
        _("Place the child there"),
        _("In a foster family or an institution. The other country consents first."),
    ),
    Need.URGENT_MEASURE: (
        _("Ask for a measure of protection, or tell of one"),
        _("It cannot wait for the court that is competent."),
    ),
    Need.JURISDICTION: (_("Have a court there decide"), _("It is better placed to know what is best.")),
    Need.RECOGNITION: (
        _("Have a guardian or a decision recognised"),
        _("What was decided in one country has to be good in the other."),
    ),
    Need.RETURN_OF_CHILD: (
        _("Have a child returned who was taken or kept"),
        _("Wrongful removal or retention by a person."),
    ),
    Need.ALERT: (
        _("Enter an alert"),
        _("The child is missing, or about to be taken out of the country."),
    ),
    Need.EVIDENCE: (
        _("Get evidence or a recording"),
        _("So that the child is not asked a second time."),
    ),
    Need.VIDEO_HEARING: (
        _("Hear the child by video"),
        _("The child is in one country, the court in the other."),
    ),
    Need.JOINT_INVESTIGATION: (
        _("Investigate together"),
        _("The same group is investigated in more than one country."),
    ),
    Need.TRANSFER_OF_PROCEEDINGS: (
        _("Transfer criminal proceedings"),
        _("The case can be tried better there."),
    ),
    Need.RESPONSIBILITY: (
        _("Clear which country is responsible for the asylum application"),
        _("A relative, or an earlier application, is there."),
    ),
    Need.SAFE_RETURN: (
        _("Prepare a return"),
        _("A formal decision found it best for the child."),
    ),
    Need.TRACING: (
        _("Look for the family"),
        _("Through an organisation that does not tell the authorities."),
    ),
    Need.DOCUMENTS: (
        _("Get papers of the child"),
        _("A passport or a certificate of the country of nationality."),
    ),
    Need.CONTENT_ABROAD: (
        _("Have pictures removed"),
        _("Pictures or recordings of the child are online in another country."),
    ),
}

STATES: dict[RequestState, Words] = {
    RequestState.PREPARED: _("Prepared, not sent"),
    RequestState.WAITING: _("Waiting for an answer"),
    RequestState.LATE: _("Answer is late"),
    RequestState.DELAYED: _("Late, with a reason"),
    RequestState.ANSWERED: _("Answered"),
    RequestState.ANSWERED_LATE: _("Answered late"),
}
TONES: dict[RequestState, str] = {
    RequestState.PREPARED: "",
    RequestState.WAITING: "open",
    RequestState.LATE: "overdue",
    RequestState.DELAYED: "due_soon",
    RequestState.ANSWERED: "met",
    RequestState.ANSWERED_LATE: "due_soon",
}

SCOPES: dict[str, Words] = {
    "country": _("Anybody in that country"),
    "authority": _("Authorities of that country"),
    "consulate": _("Its embassy or consulate"),
    "person": _("A person"),
    "family": _("The family"),
    "everybody_there": _("Everybody there"),
}
BECAUSE: dict[str, Words] = {
    "asylum": _("The child seeks, or may seek, protection from that country"),
    "risk_to_child": _("It would put the child at risk"),
    "risk_to_family": _("It would put the family at risk"),
    "state_involved": _("Somebody of that State may be part of it"),
    "other_state_determined": _("Another State has found that disclosure endangers"),
    "other": _("Another reason"),
}
INFORMED: dict[str, Words] = {
    "informed": _("Yes, in words that the child understands"),
    "not_informed_with_reason": _("No, and there is a reason that is written down"),
    "not_informed": _("Not yet"),
}
CONTACTS: dict[str, Words] = {
    "message": _("A message or a letter"),
    "call": _("A telephone call"),
    "matching_query": _("A search or a comparison of data"),
    "visa_check": _("A check of a visa"),
    "consular_check": _("A question to an embassy or consulate"),
    "document_check": _("A check of a passport or another paper"),
    "family_call": _("A call with the family"),
    "other": _("Something else"),
}
ANSWERS: dict[str, Words] = {
    "information": _("With the information that was asked for"),
    "consent": _("With consent"),
    "acceptance": _("It was accepted"),
    "refusal": _("With a refusal"),
    "no_information": _("There is no information"),
}
ENDANGERS: dict[str, Words] = {
    "not_determined": _("It does not say"),
    "endangers": _("Yes: it could endanger somebody"),
    "no_danger": _("No: it says that there is no danger"),
}
ROLES_THERE: Words = _("its counterpart there")


def need(code: str) -> str:
    """What is asked, in a few words."""
    return str(NEEDS[Need(code)][0]) if code in list(Need) else str(_("Another request"))
