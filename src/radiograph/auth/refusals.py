"""Why a caller is not who it says it is, in one tree; each has one code for JSON services and one for Query services.

::

    Refusal              X-Ray's code                          IAM's and STS's code        status
    ├── Unsigned         MissingAuthenticationTokenException   MissingAuthenticationToken  403
    ├── Incomplete       IncompleteSignature                   IncompleteSignature         400
    ├── UnknownKey       UnrecognizedClientException           InvalidClientTokenId        403
    ├── WrongSignature   InvalidSignatureException             SignatureDoesNotMatch       403
    └── TokenExpired     ExpiredTokenException                 ExpiredToken                403

Source: AWS's list of common errors, and what its services answer: a signature outside the clock window is a wrong one.
"""

from __future__ import annotations

from typing import ClassVar

from radiograph.errors import ApiError

__all__ = ["Incomplete", "Refusal", "TokenExpired", "UnknownKey", "Unsigned", "WrongSignature"]


class Refusal(ApiError):
    """The request is not let in; ``detail`` is for a log at debug level, never for the caller."""

    query_code: ClassVar[str] = "AccessDenied"
    code = "AccessDeniedException"
    status = 403

    def __init__(self, message: str, detail: str = "") -> None:
        super().__init__(message)
        self.detail = detail


class Unsigned(Refusal):
    """There is no signature at all."""

    code = "MissingAuthenticationTokenException"
    query_code = "MissingAuthenticationToken"

    def __init__(self) -> None:
        super().__init__("Missing Authentication Token")


class Incomplete(Refusal):
    """There is something like a signature, and a part of it is missing or is not of its form."""

    code = "IncompleteSignature"
    query_code = "IncompleteSignature"
    status = 400


class UnknownKey(Refusal):
    """There is no such access key, or it is not active, or the session token is not one of ours."""

    code = "UnrecognizedClientException"
    query_code = "InvalidClientTokenId"

    def __init__(self, detail: str = "") -> None:
        super().__init__("The security token included in the request is invalid.", detail)


class WrongSignature(Refusal):
    """The signature is another one, or for another service, day or moment."""

    code = "InvalidSignatureException"
    query_code = "SignatureDoesNotMatch"


class TokenExpired(Refusal):
    """The session that the token stands for is over."""

    code = "ExpiredTokenException"
    query_code = "ExpiredToken"

    def __init__(self) -> None:
        super().__init__("The security token included in the request is expired")
