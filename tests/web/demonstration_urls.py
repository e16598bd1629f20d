"""The addresses of an installation that runs as a demonstration."""

from encircle.config.urls import handler400, handler403, handler404, handler500, pages

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
urlpatterns = pages(demo=True)
