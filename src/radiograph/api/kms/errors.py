"""Errors of KMS, as its SDKs know them.

::

    NotFound        NotFoundException           400   list the keys, or the aliases
    InvalidState    KMSInvalidStateException    400   enable the key, or cancel its deletion
    AlreadyExists   AlreadyExistsException      400   take another alias
    InvalidAlias    InvalidAliasNameException   400   alias/… that does not begin with alias/aws/
    InvalidMarker   InvalidMarkerException      400   begin again
    Unsupported     UnsupportedOperationException  400   symmetric keys, made here
    Invalid         ValidationException         400   correct the named member
"""

from __future__ import annotations

from radiograph.errors import ApiError

__all__ = ["AlreadyExists", "Invalid", "InvalidAlias", "InvalidMarker", "InvalidState", "NotFound", "Unsupported"]


class NotFound(ApiError):
    """No such key or alias."""

    code = "NotFoundException"
    status = 400


class InvalidState(ApiError):
    """The key's state does not allow it."""

    code = "KMSInvalidStateException"
    status = 400


class AlreadyExists(ApiError):
    """The alias is taken."""

    code = "AlreadyExistsException"
    status = 400


class InvalidAlias(ApiError):
    """No alias can be called this."""

    code = "InvalidAliasNameException"
    status = 400


class InvalidMarker(ApiError):
    """The marker is none of ours."""

    code = "InvalidMarkerException"
    status = 400


class Unsupported(ApiError):
    """A kind of key that documents cannot be encrypted with."""

    code = "UnsupportedOperationException"
    status = 400


class Invalid(ApiError):
    """A member has a value that is not accepted."""

    code = "ValidationException"
    status = 400
