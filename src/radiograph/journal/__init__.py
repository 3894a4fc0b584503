"""The journal: what is in it is acknowledged. Append · group commit · read · follow · retain."""

from .files import JournalFiles
from .follower import JournalFollower
from .journal import Durable, Journal, JournalLimits
from .keys import FrameKeys, KeysOfFrames
from .mark import AppliedMark
from .reader import JournalReader, Record

__all__ = [
    "AppliedMark",
    "Durable",
    "FrameKeys",
    "Journal",
    "JournalFiles",
    "JournalFollower",
    "JournalLimits",
    "JournalReader",
    "KeysOfFrames",
    "Record",
]
