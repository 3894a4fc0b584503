"""Passwords of users, and what an account demands of them."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from msgspec import Meta

from radiograph.model.iam.base import Model, Request, Timestamp
from radiograph.model.iam.ids import UserName

__all__ = [
    "ChangePasswordRequest",
    "CreateLoginProfileRequest",
    "CreateLoginProfileResponse",
    "DeleteLoginProfileRequest",
    "GetAccountPasswordPolicyResponse",
    "GetLoginProfileRequest",
    "GetLoginProfileResponse",
    "LoginProfile",
    "PasswordPolicy",
    "UpdateAccountPasswordPolicyRequest",
    "UpdateLoginProfileRequest",
]

Password: TypeAlias = Annotated[str, Meta(min_length=1, max_length=128, pattern=r"[\u0009\u000A\u000D\u0020-\u00FF]+")]


class LoginProfile(Model, frozen=True, kw_only=True):
    """That a user has a password."""

    user_name: str
    create_date: Timestamp
    password_reset_required: bool | None = None


class CreateLoginProfileRequest(Request, frozen=True, kw_only=True):
    """A first password."""

    user_name: UserName | None = None
    password: Password | None = None
    password_reset_required: bool | None = None


class CreateLoginProfileResponse(Model, frozen=True, kw_only=True):
    """That the user has it."""

    login_profile: LoginProfile


class GetLoginProfileRequest(Request, frozen=True, kw_only=True):
    """The user to tell of."""

    user_name: UserName | None = None


class GetLoginProfileResponse(Model, frozen=True, kw_only=True):
    """That the user has a password."""

    login_profile: LoginProfile


class UpdateLoginProfileRequest(Request, frozen=True, kw_only=True):
    """Another password."""

    user_name: UserName
    password: Password | None = None
    password_reset_required: bool | None = None


class DeleteLoginProfileRequest(Request, frozen=True, kw_only=True):
    """The user who is to have no password."""

    user_name: UserName | None = None


class ChangePasswordRequest(Request, frozen=True, kw_only=True):
    """The caller's own password, and the one to come."""

    old_password: Password
    new_password: Password


class PasswordPolicy(Model, frozen=True, kw_only=True):
    """What an account demands of passwords."""

    minimum_password_length: int | None = None
    require_symbols: bool | None = None
    require_numbers: bool | None = None
    require_uppercase_characters: bool | None = None
    require_lowercase_characters: bool | None = None
    allow_users_to_change_password: bool | None = None
    expire_passwords: bool | None = None
    max_password_age: int | None = None
    password_reuse_prevention: int | None = None
    hard_expiry: bool | None = None


class UpdateAccountPasswordPolicyRequest(Request, frozen=True, kw_only=True):
    """What to demand; what is left out is not demanded."""

    minimum_password_length: Annotated[int, Meta(ge=6, le=128)] | None = None
    require_symbols: bool | None = None
    require_numbers: bool | None = None
    require_uppercase_characters: bool | None = None
    require_lowercase_characters: bool | None = None
    allow_users_to_change_password: bool | None = None
    max_password_age: Annotated[int, Meta(ge=1, le=1095)] | None = None
    password_reuse_prevention: Annotated[int, Meta(ge=1, le=24)] | None = None
    hard_expiry: bool | None = None


class GetAccountPasswordPolicyResponse(Model, frozen=True, kw_only=True):
    """What is demanded."""

    password_policy: PasswordPolicy
