"""Access: what somebody in a role may see of a record and do with it. Facts in, a decision out; knows no tables."""

from encircle.core.access.decision import Allowed, Denied, Doing

__all__ = ["Allowed", "Denied", "Doing"]
