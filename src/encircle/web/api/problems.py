"""Problems that the API answers with: each code, its status, what it means and what to do. The document lists them."""

from typing import Any

STATUSES = {
    400: "The request cannot be read, or lacks its purpose or its key.",
    401: "No token, or none that is still good.",
    403: "Not open to this token or to its role.",
    404: "Not there, or not to be seen: which of the two is not told.",
    409: "It does not fit what stands on record, or a prohibition is in the way.",
    413: "The request is too large.",
    415: "The body is not JSON in UTF-8.",
    422: "A field cannot be right.",
    428: "The request does not say what its writer had read.",
    429: "Too many requests.",
    503: "The database does not answer just now.",
}

PROBLEMS = {
    "unreadable": "The body is not JSON in UTF-8, names a field twice or holds a sign that cannot be kept.",
    "visit_unknown": "Send one of the purposes of a visit as Encircle-Visit.",
    "visit_not_chosen": "The record can be opened to several ends: send one of those that are told as Encircle-Visit.",
    "purpose_missing": "Send the header Encircle-Purpose with the purpose that this address serves.",
    "key_missing": "Send the header Idempotency-Key with a new random key.",
    "person_unreadable": "Encircle-Person is a code of yours, never a name.",
    "no_token": "Send a token that is still good. Whether one is unknown, over or revoked is not told.",  # nosec B105  # words for people
    "token_purpose": "The token is not made for this purpose. Ask the operator for one that is.",  # nosec B105  # words for people
    "not_over_https": "Ask over HTTPS, with a new token: this one was sent where others could read it.",
    "purpose": "The mandate of the role does not have this purpose.",
    "not_allowed": "The mandate does not open this. `source` names it, `instead` says what to do.",
    "needs_person": "No program does this. `page` is where somebody of the agency does it, signed in.",
    "not_seen": "There is no such record, or it belongs to others.",
    "not_valid": "`errors` names each field that is not as the document says.",
    "not_taken": "`errors` names each statement and field that cannot be right.",
    "already_saved": "The same key came before with other statements. What was saved then stays.",
    "key_used": "The same Idempotency-Key came before with another request. Send a new key.",
    "conflict": "Somebody has written since you read. `yours` and `theirs` hold both; read again, then decide.",
    "prohibited": "The plan crosses a prohibition. `prohibitions` says which, on which source, and what to do instead.",
    "not_sent": "Something stands against this request to another country. `reasons` says what.",
    "meeting_over": "The meeting was held or is cancelled: this is no longer done about it.",
    "last_case_lead": "The last of those who lead the case is not sent away: name another one first.",
    "no_seat": "The agency of the token is not invited to this meeting.",
    "request_sent": "The request has gone already, or came from another country.",
    "request_not_open": "The request has not gone yet, has its answer, or has this on record already.",
    "not_lifted": "A flag is lifted only by a best-interests decision in writing, guardian and lawyer heard.",
    "flag_stays": "A do-not-contact flag is not taken back or narrowed as a mistake.",
    "flag_lifted": "The flag was lifted already.",
    "not_read": "Send If-Match, so that nobody's words are written over unread.",
    "too_large": "Send less at once.",
    "not_json": "Send application/json in UTF-8.",
    "too_many": "Wait as long as Retry-After says.",
    "unavailable": "Wait and repeat the same request with the same key.",
}

_STATUS = {
    400: ("unreadable", "purpose_missing", "visit_unknown", "key_missing", "person_unreadable"),
    401: ("no_token",),
    403: ("token_purpose", "not_over_https", "purpose", "visit_not_chosen", "not_allowed", "needs_person"),
    404: ("not_seen",),
    409: (
        "conflict",
        "prohibited",
        "not_sent",
        "meeting_over",
        "no_seat",
        "last_case_lead",
        "request_sent",
        "request_not_open",
        "not_lifted",
        "flag_stays",
        "flag_lifted",
    ),
    413: ("too_large",),
    415: ("not_json",),
    422: ("not_valid", "not_taken", "already_saved", "key_used"),
    428: ("not_read",),
    429: ("too_many",),
    503: ("unavailable",),
}

_TEXT = {"type": "string"}

PROBLEM: dict[str, Any] = {
    "title": "Problem",
    "description": "Why something was not done (RFC 9457). It repeats nothing of what was sent.",
    "type": "object",
    "properties": {
        "type": {**_TEXT, "description": "Where the kind of problem is explained."},
        "title": {**_TEXT, "description": "In a few words."},
        "status": {"type": "integer", "description": "The status of the answer."},
        "detail": {**_TEXT, "description": "What happened and why, for people."},
        "code": {**_TEXT, "description": "The kind of problem, for programs."},
        "instead": {**_TEXT, "description": "What to do now."},
        "source": {**_TEXT, "description": "The law or rule behind it."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"where": _TEXT, "code": _TEXT, "reason": _TEXT},
                "required": ["where", "code", "reason"],
            },
            "description": "Each fault by its field.",
        },
        "prohibitions": {
            "type": "array",
            "items": {"$ref": "#/components/schemas/ProhibitionTold"},
            "description": "Each prohibition in the way.",
        },
        "reasons": {
            "type": "array",
            "items": {"$ref": "#/components/schemas/ReasonAgainst"},
            "description": "What stands against a request to another country.",
        },
        "visits": {"type": "array", "items": _TEXT, "description": "To which ends the record can be opened."},
        "page": {**_TEXT, "description": "The address of the page on which a person does it."},
        "yours": {"$ref": "#/components/schemas/FactTold", "description": "What was to be written."},
        "theirs": {
            "type": "array",
            "items": {"$ref": "#/components/schemas/FactTold"},
            "description": "What was written since.",
        },
    },
    "required": ["type", "title", "status", "detail", "code"],
}


def status_of(code: str) -> int:
    """With which status that kind of problem is answered."""
    return next(status for status, codes in _STATUS.items() if code in codes)
