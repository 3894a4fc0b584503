"""CreateLoginProfile · GetLoginProfile · UpdateLoginProfile · DeleteLoginProfile · ChangePassword, and what an account
demands of passwords: GetAccountPasswordPolicy · UpdateAccountPasswordPolicy · DeleteAccountPasswordPolicy.

Source: IAM user guide, "Set an account password policy for IAM users".
"""

from __future__ import annotations

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
from radiograph.passwords import hash_password, is_password
from radiograph.storage.interfaces import Identities

from .account import NoMembers
from .context import IamContext
from .entities import find_user, target_of
from .errors import AlreadyExists, InvalidInput, InvalidUserType, NoSuchEntity, PasswordPolicyViolation

__all__ = [
    "change_password",
    "changed_password",
    "create_login_profile",
    "delete_account_password_policy",
    "delete_login_profile",
    "get_account_password_policy",
    "get_login_profile",
    "is_over",
    "update_account_password_policy",
    "update_login_profile",
]

_DAY_S = 86_400
_SYMBOLS = frozenset("!@#$%^&*()_+-=[]{}|'")
_LEAST, _LEAST_KINDS = 8, 3
"""What is demanded where the account says nothing: eight characters, of three kinds of four."""
_SIX = 6


def create_login_profile(request: CreateLoginProfileRequest, ctx: IamContext) -> CreateLoginProfileResponse:
    """Give a user a password.

    Raises: NoSuchEntity, EntityAlreadyExists, PasswordPolicyViolation, InvalidInput.
    """
    user = find_user(request.user_name, ctx)
    if ctx.kept.passwords.of(user.id) is not None:
        raise AlreadyExists(f"Login Profile for user {user.name} already exists.")
    if request.password is None:
        raise InvalidInput("Password is missing; a password is accepted")
    _check(request.password, user, ctx.kept)
    kept = PasswordRecord(
        user_id=user.id,
        created_at=ctx.now,
        changed_at=ctx.now,
        hash=hash_password(request.password),
        must_change=bool(request.password_reset_required),
    )
    ctx.kept.passwords.put(kept)
    return CreateLoginProfileResponse(login_profile=_told(kept, user))


def get_login_profile(request: GetLoginProfileRequest, ctx: IamContext) -> GetLoginProfileResponse:
    """Tell that a user has a password. Raises: NoSuchEntity."""
    user = find_user(request.user_name, ctx)
    return GetLoginProfileResponse(login_profile=_told(_found(user, ctx), user))


def update_login_profile(request: UpdateLoginProfileRequest, ctx: IamContext) -> None:
    """Give a user another password, or have it change its own; its sessions end.

    Raises: NoSuchEntity, PasswordPolicyViolation.
    """
    user = find_user(request.user_name, ctx)
    before = _found(user, ctx)
    must = before.must_change if request.password_reset_required is None else request.password_reset_required
    after = replace(before, must_change=must)
    if request.password is not None:
        after = replace(changed_password(request.password, user, before, ctx.kept, ctx.now), must_change=must)
    ctx.kept.passwords.put(after)


def delete_login_profile(request: DeleteLoginProfileRequest, ctx: IamContext) -> None:
    """Take a user's password away. Raises: NoSuchEntity."""
    user = find_user(request.user_name, ctx)
    ctx.kept.passwords.remove(_found(user, ctx).user_id)


def change_password(request: ChangePasswordRequest, ctx: IamContext) -> None:
    """Give the caller another password, for the one it has.

    Raises: InvalidUserType, NoSuchEntity, AccessDenied for a wrong old one, PasswordPolicyViolation.
    """
    if ctx.caller.principal.kind != "user":
        raise InvalidUserType("Only IAM users can change their own password")
    user = find_user(None, ctx)
    policy = ctx.kept.password_policy
    if policy is None or not policy.allow_users_to_change_password:
        ctx.authorize("iam:ChangePassword", target_of(user, ctx))
    before = _found(user, ctx)
    if not is_password(request.old_password, before.hash):
        raise AccessDenied("The old password was entered incorrectly.")
    ctx.kept.passwords.put(changed_password(request.new_password, user, before, ctx.kept, ctx.now))


def changed_password(
    password: str, user: UserRecord, before: PasswordRecord, kept: Identities, now: float
) -> PasswordRecord:
    """Give what to keep of a new password in place of another.

    Raises: PasswordPolicyViolation.
    """
    policy = kept.password_policy
    _check(password, user, kept)
    remembered = (policy.password_reuse_prevention or 0) if policy is not None else 0
    earlier = [before.hash, *before.earlier][:remembered]
    if any(is_password(password, one) for one in earlier):
        raise PasswordPolicyViolation(f"The password was used before; none of the last {remembered} is accepted")
    return replace(before, hash=hash_password(password), changed_at=now, must_change=False, earlier=earlier)


def is_over(password: PasswordRecord, policy: PasswordPolicy | None, now: float) -> bool:
    """Whether a password is older than its account allows."""
    days = policy.max_password_age if policy is not None else None
    return days is not None and now - password.changed_at > days * _DAY_S


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


def _found(user: UserRecord, ctx: IamContext) -> PasswordRecord:
    found = ctx.kept.passwords.of(user.id)
    if found is None:
        raise NoSuchEntity(f"Login Profile for User {user.name} cannot be found.")
    return found


def _told(kept: PasswordRecord, user: UserRecord) -> LoginProfile:
    return LoginProfile(user_name=user.name, create_date=kept.created_at, password_reset_required=kept.must_change)


def _check(password: str, user: UserRecord, kept: Identities) -> None:
    """Return when a password is what the account demands."""
    kinds = {
        "an uppercase letter": any(one.isascii() and one.isupper() for one in password),
        "a lowercase letter": any(one.isascii() and one.islower() for one in password),
        "a number": any(one.isascii() and one.isdigit() for one in password),
        "a symbol": any(one in _SYMBOLS for one in password),
    }
    policy = kept.password_policy
    if policy is None:
        wanting = [] if sum(kinds.values()) >= _LEAST_KINDS else ["three of: " + ", ".join(kinds)]
        least = _LEAST
    else:
        demanded = (
            policy.require_uppercase_characters,
            policy.require_lowercase_characters,
            policy.require_numbers,
            policy.require_symbols,
        )
        wanting = [kind for (kind, there), must in zip(kinds.items(), demanded, strict=True) if must and not there]
        least = policy.minimum_password_length or _SIX
    if len(password) < least:
        wanting.insert(0, f"{least} characters or more")
    if password.lower() in (user.name.lower(), (kept.alias or "").lower()):
        wanting.append("anything but the name of its user or account")
    if wanting:
        raise PasswordPolicyViolation(f"Password does not conform to the account password policy: {'; '.join(wanting)}")
