"""Traces from elsewhere into a running server: files of every kind, and what AWS X-Ray keeps."""

from .aws import Source, SourceFailed, open_source
from .door import Door, NotTaken, Unanswered
from .files import read_file
from .formats import Format
from .loading import Loading, load
from .pulling import Pulling, Stopped, pull
from .settings import copy_settings
from .state import PullState, StateUnusable, Stretch
from .tally import Tally

__all__ = [
    "Door",
    "Format",
    "Loading",
    "NotTaken",
    "PullState",
    "Pulling",
    "Source",
    "SourceFailed",
    "StateUnusable",
    "Stopped",
    "Stretch",
    "Tally",
    "Unanswered",
    "copy_settings",
    "load",
    "open_source",
    "pull",
    "read_file",
]
