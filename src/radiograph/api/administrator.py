"""The first administrator of an account: somebody must be there who can let the others in."""

from __future__ import annotations

from typing import NamedTuple

from radiograph.auth.caller import local_administrator
from radiograph.auth.policy import Facts
from radiograph.model.iam.users import CreateUserRequest

from .iam.access_keys import new_key
from .iam.context import Desk, IamContext
from .iam.ids import new_access_key_id, new_secret
from .iam.managed import ADMINISTRATOR_ACCESS
from .iam.users import create_user

__all__ = ["FirstKey", "first_administrator"]

_NAME = "administrator"


class FirstKey(NamedTuple):
    """An access key, and its secret, which is told this once."""

    id: str
    secret: str


def first_administrator(
    desk: Desk, account: str, region: str, now: float, given: FirstKey | None = None
) -> FirstKey | None:
    """Make the user ``administrator`` with a new access key, in an account that has no users yet; give the key.

    Of a key that is ``given`` the user is made, if need be, and the key is its, whoever else there is; None then, and
    when there are users.
    """
    with desk.store.read(account) as kept:
        there = kept.users.count() > 0
        known = given is not None and kept.keys.with_id(given.id) is not None
    if known or (there and given is None):
        return None
    key = given or FirstKey(new_access_key_id("AKIA", account), new_secret())
    with desk.store.change(account) as kept:
        ctx = IamContext(
            account=account,
            caller=local_administrator(account),
            facts=Facts(now_s=now, region=region),
            kept=kept,
            desk=desk,
        )
        user = kept.users.named(_NAME)
        if user is None:
            create_user(CreateUserRequest(user_name=_NAME), ctx)
            user = kept.users.named(_NAME)
        if user is None:
            raise AssertionError("a user that was made is there")
        kept.attachments.put(ADMINISTRATOR_ACCESS, user.id)
        kept.keys.put(new_key(key.id, key.secret, user, ctx))
    return None if given is not None else key
