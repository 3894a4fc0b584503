"""Stack traces, as each language prints them, read into exceptions, their causes and their frames.

Every reader goes over the lines once and cuts each at fixed words: a text made to hurt costs no more than another.
"""

from .thrown import MAX_FRAMES, MAX_THROWN, Thrown, thrown
from .told import Frame

__all__ = ["MAX_FRAMES", "MAX_THROWN", "Frame", "Thrown", "thrown"]
