"""Across borders: which channel serves a need between two countries, whether a request may go, and its clock."""

from encircle.core.crossborder.advice import Advice, Closed, Offered, channels
from encircle.core.crossborder.clock import RequestClock, RequestState, clock_of
from encircle.core.crossborder.flag import flags_against
from encircle.core.crossborder.request import Request
from encircle.core.crossborder.sending import Reason, ReasonKind, Verdict, may_send, verdict

__all__ = [
    "Advice",
    "Closed",
    "Offered",
    "Reason",
    "ReasonKind",
    "Request",
    "RequestClock",
    "RequestState",
    "Verdict",
    "channels",
    "clock_of",
    "flags_against",
    "may_send",
    "verdict",
]
