"""The errors that IAM and STS have of their own; those they share with every service are in ``radiograph.errors``.

::

    IamError                code                    status   remedy
    ├── NoSuchEntity        NoSuchEntity            404      check the name or the ARN
    ├── AlreadyExists       EntityAlreadyExists     409      take another name
    ├── DeleteConflict      DeleteConflict          409      take away first what the message names
    ├── LimitExceeded       LimitExceeded           409      delete something, or shorten the document
    ├── InvalidInput        InvalidInput            400      correct what the message names
    ├── NotAttachable       PolicyNotAttachable     400      attach another policy
    ├── PackedTooLarge      PackedPolicyTooLarge    400      shorten session policies and tags
    ├── InvalidToken        InvalidIdentityToken    400      get a token of a provider the account has
    ├── InvalidUserType     InvalidUserType         400      ask as a user of IAM
    ├── PasswordPolicyViolation  PasswordPolicyViolation  400  choose another password
    ├── Unmodifiable        EntityTemporarilyUnmodifiable  409  send it again
    ├── RejectedClaim       IDPRejectedClaim        403      get a token that its provider stands by
    ├── ProviderSilent      IDPCommunicationError   400      wait, send again
    └── TokenOver           ExpiredTokenException   400      get a new token of the provider

Source: botocore's service models of IAM (2010-05-08) and STS (2011-06-15).
"""

from __future__ import annotations

from radiograph.errors import ApiError

__all__ = [
    "AlreadyExists",
    "DeleteConflict",
    "IamError",
    "InvalidInput",
    "InvalidToken",
    "InvalidUserType",
    "LimitExceeded",
    "NoSuchEntity",
    "NotAttachable",
    "PackedTooLarge",
    "PasswordPolicyViolation",
    "ProviderSilent",
    "RejectedClaim",
    "TokenOver",
    "Unmodifiable",
]


class IamError(ApiError):
    """An error with a code as Query services spell them."""

    code = "InvalidInput"
    status = 400


class NoSuchEntity(IamError):
    """There is nothing of this name, id or ARN."""

    code = "NoSuchEntity"
    status = 404


class AlreadyExists(IamError):
    """There is one of this name already, in whatever case."""

    code = "EntityAlreadyExists"
    status = 409


class DeleteConflict(IamError):
    """It still has something, or something still has it."""

    code = "DeleteConflict"
    status = 409


class LimitExceeded(IamError):
    """There would be more than there may be."""

    code = "LimitExceeded"
    status = 409


class InvalidInput(IamError):
    """A value is of its form, and still not acceptable."""


class NotAttachable(IamError):
    """The policy is for something else."""

    code = "PolicyNotAttachable"


class PackedTooLarge(IamError):
    """Session policies and tags are more than a session token can carry."""

    code = "PackedPolicyTooLarge"


class InvalidToken(IamError):
    """The web identity token is none that the account accepts."""

    code = "InvalidIdentityToken"


class InvalidUserType(IamError):
    """Only users have what is asked for."""

    code = "InvalidUserType"


class PasswordPolicyViolation(IamError):
    """The password is not what the account demands."""

    code = "PasswordPolicyViolation"


class Unmodifiable(IamError):
    """It is just being changed by somebody else; the same request may succeed in a moment."""

    code = "EntityTemporarilyUnmodifiable"
    status = 409


class RejectedClaim(IamError):
    """The provider does not stand by the token."""

    code = "IDPRejectedClaim"
    status = 403


class ProviderSilent(IamError):
    """The provider's keys could not be fetched."""

    code = "IDPCommunicationError"


class TokenOver(IamError):
    """The web identity token is not valid any more."""

    code = "ExpiredTokenException"
