"""Errors of OAM, as its SDKs know them.

::

    Conflict          ConflictException                    409   delete the links first; or there is one already
    InvalidParameter  InvalidParameterException            400   correct the named member
    MissingParameter  MissingRequiredParameterException    400   send the named member
    NotFound          ResourceNotFoundException            404   list sinks, or links
    QuotaExceeded     ServiceQuotaExceededException        429   delete a link
    TooMany           TooManyTagsException                 400   remove a tag
    Invalid           ValidationException                  400   correct the ARN, or the tags
"""

from __future__ import annotations

from radiograph.errors import ApiError

__all__ = ["Conflict", "Invalid", "InvalidParameter", "MissingParameter", "NotFound", "QuotaExceeded", "TooMany"]


class Conflict(ApiError):
    """What there is already stands against it."""

    code = "ConflictException"
    status = 409


class InvalidParameter(ApiError):
    """A member has a value that is not accepted."""

    code = "InvalidParameterException"
    status = 400


class MissingParameter(ApiError):
    """A required member is missing."""

    code = "MissingRequiredParameterException"
    status = 400


class NotFound(ApiError):
    """No such sink or link."""

    code = "ResourceNotFoundException"
    status = 404


class QuotaExceeded(ApiError):
    """No room for another one."""

    code = "ServiceQuotaExceededException"
    status = 429


class TooMany(ApiError):
    """No room for so many tags."""

    code = "TooManyTagsException"
    status = 400


class Invalid(ApiError):
    """Of operations on tags: a value that is not accepted."""

    code = "ValidationException"
    status = 400
