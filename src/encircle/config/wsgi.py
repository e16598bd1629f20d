"""The application as a web server calls it. What could stop it does so here, at the start, not at the first visit."""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "encircle.config.settings")
application = get_wsgi_application()
import_module(settings.ROOT_URLCONF)
