"""The web console's files, under a strict Content-Security-Policy; and the page that exported files are made of."""

from .files import ConsoleFiles, viewer_page

__all__ = ["ConsoleFiles", "viewer_page"]
