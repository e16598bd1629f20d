"""Form mark: what every form carries beside its token, so that what was typed is kept for who typed it."""

from django import template
from django.http import HttpRequest
from django.template.defaulttags import csrf_token as token_tag
from django.utils.html import format_html
from django.utils.safestring import SafeString

from encircle.web.page.kept import MARK, mark_of

register = template.Library()


class FormToken(template.Node):
    """The token against forged forms and, for who is signed in, the sealed mark of whose form it is."""

    def __init__(self, token: template.Node) -> None:
        self._token = token

    def render(self, context: template.Context) -> SafeString:
        """One or two hidden fields."""
        request = getattr(context, "request", None)
        mark = mark_of(request) if isinstance(request, HttpRequest) else ""
        marked = format_html('<input type="hidden" name="{}" value="{}">', MARK, mark) if mark else ""
        return format_html("{}{}", self._token.render(context), marked)


@register.tag
def csrf_token(parser: template.base.Parser, token: template.base.Token) -> FormToken:
    """`{% csrf_token %}`, as Django has it, with the mark."""
    return FormToken(token_tag(parser, token))
