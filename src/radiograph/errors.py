"""Every error the API answers with, in one tree.

::

    ApiError                     code                                status   remedy
    ├── InvalidRequest           InvalidRequestException             400   correct the named member
    │   └── MemberMissing        InvalidRequestException             400   send the named member
    ├── Serialization            SerializationException              400   send JSON of the documented shape
    ├── Throttled                ThrottledException                  429   wait Retry-After seconds, send again
    ├── ResourceNotFound         ResourceNotFoundException           404   check the ARN, the name, the token
    ├── RuleLimitExceeded        RuleLimitExceededException          400   delete a sampling rule
    ├── TooManyTags              TooManyTagsException                400   remove a tag
    ├── MalformedPolicyDocument  MalformedPolicyDocumentException    400   correct the policy
    ├── LockoutPrevention        LockoutPreventionException          400   let the account keep PutResourcePolicy
    ├── InvalidPolicyRevisionId  InvalidPolicyRevisionIdException    400   list the policies, send the latest
    ├── PolicySizeLimitExceeded  PolicySizeLimitExceededException    400   shorten the policy
    ├── PolicyCountLimitExceeded PolicyCountLimitExceededException   400   delete a policy
    ├── AccessDenied             AccessDeniedException               403   ask for the permission
    ├── UnknownOperation         UnknownOperationException           404   check method and path
    ├── RequestTooLarge          RequestEntityTooLargeException      413   send fewer documents a call
    ├── NotImplementedYet        NotImplemented                      501   wait for a later release
    ├── ServiceUnavailable       ServiceUnavailable                  503   wait, send again
    │   └── StoreLost                       (never answered: the journal is applied from its start)
    └── InternalFailure          InternalFailure                     500   report it with the request id

Source: the service model of X-Ray (2016-04-12) and AWS's list of common errors.
"""

from __future__ import annotations

from typing import ClassVar

__all__ = [
    "AccessDenied",
    "ApiError",
    "InternalFailure",
    "InvalidPolicyRevisionId",
    "InvalidRequest",
    "LockoutPrevention",
    "MalformedPolicyDocument",
    "MemberMissing",
    "NotImplementedYet",
    "PolicyCountLimitExceeded",
    "PolicySizeLimitExceeded",
    "RequestTooLarge",
    "ResourceNotFound",
    "RuleLimitExceeded",
    "Serialization",
    "ServiceUnavailable",
    "StoreLost",
    "Throttled",
    "TooManyTags",
    "UnknownOperation",
]


class ApiError(Exception):
    """An answer that is an error; ``str(error)`` is the message the caller reads."""

    code: ClassVar[str] = "InternalFailure"
    status: ClassVar[int] = 500

    def __init__(self, message: str, **members: str) -> None:
        super().__init__(message)
        self.message = message
        self.members = members
        """Further members of the error body, such as ``ResourceName``."""


class InvalidRequest(ApiError):
    """A parameter is missing or not acceptable."""

    code = "InvalidRequestException"
    status = 400


class MemberMissing(InvalidRequest):
    """A required parameter is missing; services that know an error of its own for that answer with it."""


class Serialization(ApiError):
    """The body is not JSON, or a member has the wrong JSON type."""

    code = "SerializationException"
    status = 400


class Throttled(ApiError):
    """More than can be taken now; ``retry_after_s`` says when to come back."""

    code = "ThrottledException"
    status = 429

    def __init__(self, message: str, retry_after_s: int = 1) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class ResourceNotFound(ApiError):
    """No such resource; the member ``ResourceName`` repeats what was asked for."""

    code = "ResourceNotFoundException"
    status = 404


class RuleLimitExceeded(ApiError):
    """No room for another sampling rule."""

    code = "RuleLimitExceededException"
    status = 400


class TooManyTags(ApiError):
    """No room for so many tags; the member ``ResourceName`` repeats what they were for."""

    code = "TooManyTagsException"
    status = 400


class MalformedPolicyDocument(ApiError):
    """The policy is not JSON, or not a policy."""

    code = "MalformedPolicyDocumentException"
    status = 400


class LockoutPrevention(ApiError):
    """With this policy, the caller could not change policies any more."""

    code = "LockoutPreventionException"
    status = 400


class InvalidPolicyRevisionId(ApiError):
    """The policy has another revision by now."""

    code = "InvalidPolicyRevisionIdException"
    status = 400


class PolicySizeLimitExceeded(ApiError):
    """The policy is too long."""

    code = "PolicySizeLimitExceededException"
    status = 400


class PolicyCountLimitExceeded(ApiError):
    """No room for another policy."""

    code = "PolicyCountLimitExceededException"
    status = 400


class AccessDenied(ApiError):
    """The caller may not do this here."""

    code = "AccessDeniedException"
    status = 403


class UnknownOperation(ApiError):
    """No operation at this method and path."""

    code = "UnknownOperationException"
    status = 404


class RequestTooLarge(ApiError):
    """The body is larger than the configured limit."""

    code = "RequestEntityTooLargeException"
    status = 413


class NotImplementedYet(ApiError):
    """Something X-Ray answers and this release does not."""

    code = "NotImplemented"
    status = 501


class ServiceUnavailable(ApiError):
    """The journal or the store cannot answer now."""

    code = "ServiceUnavailable"
    status = 503


class StoreLost(ServiceUnavailable):
    """The store no longer has something it had; the journal has to be applied from its start."""


class InternalFailure(ApiError):
    """A fault of ours; the log has it under the request id."""
