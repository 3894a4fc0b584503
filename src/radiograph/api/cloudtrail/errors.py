"""The errors that CloudTrail has of its own; those it shares with every service are in ``radiograph.errors``.

::

    TrailError               code                                status   remedy
    ├── InvalidAttributes    InvalidLookupAttributesException    400      one attribute, of those that are accepted
    ├── InvalidTimeRange     InvalidTimeRangeException           400      a start that is not after the end
    ├── InvalidMaxResults    InvalidMaxResultsException          400      1 to 50
    ├── InvalidToken         InvalidNextTokenException           400      the last answer's, with what was asked then
    └── InvalidCategory      InvalidEventCategoryException       400      leave it out

Source: botocore's service model of CloudTrail, 2013-11-01.
"""

from __future__ import annotations

from radiograph.errors import ApiError

__all__ = [
    "InvalidAttributes",
    "InvalidCategory",
    "InvalidMaxResults",
    "InvalidTimeRange",
    "InvalidToken",
    "TrailError",
]


class TrailError(ApiError):
    """An error as CloudTrail spells it."""

    status = 400


class InvalidAttributes(TrailError):
    """Events cannot be looked up by this."""

    code = "InvalidLookupAttributesException"


class InvalidTimeRange(TrailError):
    """The window ends before it starts."""

    code = "InvalidTimeRangeException"


class InvalidMaxResults(TrailError):
    """A page cannot have so many."""

    code = "InvalidMaxResultsException"


class InvalidToken(TrailError):
    """No page ended there, or another question was asked then."""

    code = "InvalidNextTokenException"


class InvalidCategory(TrailError):
    """There are no events of this category."""

    code = "InvalidEventCategoryException"
