"""Files in words, at the door and at the desk: what a file is, never what it was called."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FAMILIES: Mapping[str, str | Promise] = {
    "picture": _("A picture"),
    "sound": _("A sound"),
    "video": _("A video"),
    "paper": _("A document"),
    "other": _("A file"),
}
