"""CreateLoginProfile · GetLoginProfile · UpdateLoginProfile · DeleteLoginProfile · ChangePassword, and what an account
demands of passwords: GetAccountPasswordPolicy · UpdateAccountPasswordPolicy · DeleteAccountPasswordPolicy.

Source: IAM user guide, "Set an account password policy for IAM users".
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import asdict, replace

from radiograph.errors import AccessDenied
from radiograph.model.iam.passwords import (
    ChangePasswordRequest,
    CreateLoginProfileRequest,
    CreateLoginProfileResponse,
    DeleteLoginProfileRequest,
    GetAccountPasswordPolicyResponse,
    GetLoginProfileRequest,
    GetLoginProfileResponse,
    LoginProfile,
    PasswordPolicy,
    UpdateAccountPasswordPolicyRequest,
    UpdateLoginProfileRequest,
)
from radiograph.model.iam.records import PasswordRecord, UserRecord
from radiograph.passwords import is_password

from .account import NoMembers
from .context import IamContext
from .entities import find_user, target_of
from .errors import AlreadyExists, InvalidInput, InvalidUserType, NoSuchEntity, Unmodifiable
from .new_passwords import Basis, basis_of, changed_password, check_password, first_password

__all__ = [
    "change_password",
    "create_login_profile",
    "delete_account_password_policy",
    "delete_login_profile",
    "get_account_password_policy",
    "get_login_profile",
    "update_account_password_policy",
    "update_login_profile",
    "work_out_first",
    "work_out_other",
    "work_out_own",
]

_SIX = 6


class Worked(Struct, frozen=True):
    """A password, and what it was worked out from."""

    basis: Basis
    password: PasswordRecord


def work_out_first(request: CreateLoginProfileRequest, ctx: IamContext) -> Callable[[], Worked]:
    """Give what works out the password that a user would get. Raises: as :func:`create_login_profile`."""
    basis, password, now = basis_of(find_user(request.user_name, ctx), ctx.kept), request.password, ctx.now
    _check_none(basis)
    if password is None:
        raise InvalidInput("Password is missing; a password is accepted")
    check_password(password, basis)
    must_change = bool(request.password_reset_required)
    return lambda: Worked(basis, first_password(password, basis.user, now, must_change))


def create_login_profile(request: CreateLoginProfileRequest, ctx: IamContext) -> CreateLoginProfileResponse:
    """Give a user a password.

    Raises: NoSuchEntity, EntityAlreadyExists, PasswordPolicyViolation, InvalidInput.
    """
    user = find_user(request.user_name, ctx)
    _check_none(basis_of(user, ctx.kept))
    return CreateLoginProfileResponse(login_profile=_told(_keep(user, ctx), user))


def get_login_profile(request: GetLoginProfileRequest, ctx: IamContext) -> GetLoginProfileResponse:
    """Tell that a user has a password. Raises: NoSuchEntity."""
    user = find_user(request.user_name, ctx)
    return GetLoginProfileResponse(login_profile=_told(_found(user, ctx), user))


def work_out_other(request: UpdateLoginProfileRequest, ctx: IamContext) -> Callable[[], Worked]:
    """Give what works out the password that a user would get instead. Raises: as :func:`update_login_profile`."""
    user, password, now = find_user(request.user_name, ctx), request.password, ctx.now
    before, basis = _found(user, ctx), basis_of(user, ctx.kept)
    must = before.must_change if request.password_reset_required is None else request.password_reset_required
    if password is None:
        return lambda: Worked(basis, replace(before, must_change=must))
    check_password(password, basis)
    return lambda: Worked(basis, replace(changed_password(password, before, basis.policy, now), must_change=must))


def update_login_profile(request: UpdateLoginProfileRequest, ctx: IamContext) -> None:
    """Give a user another password, or have it change its own; its sessions end.

    Raises: NoSuchEntity, PasswordPolicyViolation, EntityTemporarilyUnmodifiable.
    """
    _keep(find_user(request.user_name, ctx), ctx)


def delete_login_profile(request: DeleteLoginProfileRequest, ctx: IamContext) -> None:
    """Take a user's password away. Raises: NoSuchEntity."""
    user = find_user(request.user_name, ctx)
    ctx.kept.passwords.remove(_found(user, ctx).user_id)


def work_out_own(request: ChangePasswordRequest, ctx: IamContext) -> Callable[[], Worked]:
    """Give what works out the password that the caller would get. Raises: as :func:`change_password`."""
    user, now = _self(ctx), ctx.now
    before, basis = _found(user, ctx), basis_of(user, ctx.kept)

    def work() -> Worked:
        if not is_password(request.old_password, before.hash):
            raise AccessDenied("The old password was entered incorrectly.")
        check_password(request.new_password, basis)
        return Worked(basis, changed_password(request.new_password, before, basis.policy, now))

    return work


def change_password(_request: ChangePasswordRequest, ctx: IamContext) -> None:
    """Give the caller another password, for the one it has.

    Raises: InvalidUserType, NoSuchEntity, AccessDenied for a wrong old one, PasswordPolicyViolation,
    EntityTemporarilyUnmodifiable.
    """
    _keep(_self(ctx), ctx)


def get_account_password_policy(_request: NoMembers, ctx: IamContext) -> GetAccountPasswordPolicyResponse:
    """Give what the account demands of passwords. Raises: NoSuchEntity."""
    policy = ctx.kept.password_policy
    if policy is None:
        raise NoSuchEntity(f"The Password Policy with domain name {ctx.account} cannot be found.")
    return GetAccountPasswordPolicyResponse(password_policy=policy)


def update_account_password_policy(request: UpdateAccountPasswordPolicyRequest, ctx: IamContext) -> None:
    """Demand this of passwords from now on, and nothing else."""
    switches = ("require_symbols", "require_numbers", "require_uppercase_characters", "require_lowercase_characters")
    told = asdict(request)
    said = {name: bool(told[name]) for name in (*switches, "allow_users_to_change_password", "hard_expiry")}
    ctx.kept.set_password_policy(
        PasswordPolicy(
            **said,
            minimum_password_length=request.minimum_password_length or _SIX,
            expire_passwords=request.max_password_age is not None,
            max_password_age=request.max_password_age,
            password_reuse_prevention=request.password_reuse_prevention,
        )
    )


def delete_account_password_policy(_request: NoMembers, ctx: IamContext) -> None:
    """Demand of passwords what is usual. Raises: NoSuchEntity."""
    if ctx.kept.password_policy is None:
        raise NoSuchEntity(f"The account policy with name PasswordPolicy cannot be found in {ctx.account}.")
    ctx.kept.set_password_policy(None)


def _self(ctx: IamContext) -> UserRecord:
    """Give the caller, who may change its own password."""
    if ctx.caller.principal.kind != "user":
        raise InvalidUserType("Only IAM users can change their own password")
    user = find_user(None, ctx)
    policy = ctx.kept.password_policy
    if policy is None or not policy.allow_users_to_change_password:
        ctx.authorize("iam:ChangePassword", target_of(user, ctx))
    return user


def _keep(user: UserRecord, ctx: IamContext) -> PasswordRecord:
    """Give the password that was worked out, kept; not when something of what it was worked out from has changed."""
    worked = ctx.worked_out
    if not isinstance(worked, Worked):
        raise AssertionError("a password is worked out before it is kept")
    if basis_of(user, ctx.kept) != worked.basis:
        raise Unmodifiable(f"The password of {user.name} is being changed by somebody else; send it again.")
    ctx.kept.passwords.put(worked.password)
    return worked.password


def _check_none(basis: Basis) -> None:
    if basis.before is not None:
        raise AlreadyExists(f"Login Profile for user {basis.user.name} already exists.")


def _found(user: UserRecord, ctx: IamContext) -> PasswordRecord:
    found = ctx.kept.passwords.of(user.id)
    if found is None:
        raise NoSuchEntity(f"Login Profile for User {user.name} cannot be found.")
    return found


def _told(kept: PasswordRecord, user: UserRecord) -> LoginProfile:
    return LoginProfile(user_name=user.name, create_date=kept.created_at, password_reset_required=kept.must_change)
