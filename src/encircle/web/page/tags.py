"""Tags that every template may use without loading them: `asset` and `icon`. Decides nothing."""

from django.template import Library

from encircle.web.page.asset import address, icon

register = Library()
register.simple_tag(address, name="asset")
register.simple_tag(icon, name="icon")
