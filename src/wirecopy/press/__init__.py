"""The press: what turns the archive into pages, feeds and sitemaps. Pure; values in, files out."""

from wirecopy.press.pages import Press
from wirecopy.press.theme import ASSETS, TEMPLATES

__all__ = ["ASSETS", "TEMPLATES", "Press"]
