"""Pictures of the tools for access and privacy: who looks, at which page, and what has to be done before."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: who looks (as the step-in page names the role), at which page; N stands for the first record.

    `follow`: the first link of that kind is followed from there; `typed`: what is searched for there; `picked`: the list
    from which the first entry is chosen there.
    """

    file: str
    role: str
    page: str
    follow: str = ""
    typed: str = ""
    picked: str = ""


SUPERVISOR = "supervisor, Police, east"
LEAD = "case lead, Child protection service, east"
OFFICER = "data protection officer, Hospital, east"
OF_ACCESS = (
    Picture("worker/pictures/access-purpose.png", LEAD, "/records/N/purpose/"),
    Picture("worker/pictures/access-opened-parts.png", LEAD, "/records/N/people/opened/"),
    Picture("worker/pictures/access-emergency-review.png", LEAD, "/records/N/emergencies/"),
    Picture("worker/pictures/access-week.png", LEAD, "/looks/week/"),
    Picture("worker/pictures/access-file.png", LEAD, "/records/N/access/"),
    Picture("worker/pictures/access-correction.png", LEAD, "/records/N/record/correction-asked/"),
    Picture("worker/pictures/access-restriction.png", LEAD, "/records/N/record/restrict-use/"),
    Picture("worker/pictures/access-keeping.png", LEAD, "/records/N/keeping/"),
    Picture("worker/pictures/access-breach.png", SUPERVISOR, "/looks/breach/", picked="person"),
    Picture("worker/pictures/access-agreements.png", SUPERVISOR, "/agreements/"),
    Picture(
        "worker/pictures/access-agreement.png",
        SUPERVISOR,
        "/agreements/",
        follow="main table a",
    ),
    Picture("worker/pictures/access-sessions.png", SUPERVISOR, "/account/sessions/"),
    Picture("worker/pictures/access-colleagues.png", SUPERVISOR, "/account/colleagues/"),
    Picture("worker/pictures/access-invitation.png", SUPERVISOR, "/account/colleagues/invite/"),
    Picture(
        "worker/pictures/access-leaving.png",
        SUPERVISOR,
        "/account/colleagues/",
        follow="main a[href$='/leave/']",
    ),
    Picture("worker/pictures/access-privacy.png", OFFICER, "/law/privacy/"),
    Picture("worker/pictures/access-officer-looks.png", OFFICER, "/looks/"),
    Picture("worker/pictures/access-officer-people.png", OFFICER, "/looks/people/", picked="person"),
)
