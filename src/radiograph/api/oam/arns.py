"""ARNs of sinks and links, and who may do what to them."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from msgspec.structs import replace

from radiograph.api.context import Context
from radiograph.auth.caller import authorize
from radiograph.model.ids import aws_arn

__all__ = ["Arn", "Kind", "new_arn", "permit", "permit_new", "read_arn"]

Kind = Literal["sink", "link"]

_ARN = re.compile(r"arn:[a-z-]+:oam:([a-z0-9-]+):(\d{12}):(sink|link)/([0-9A-Za-z-]{1,64})")


class Arn(NamedTuple):
    """A sink's or link's name, taken apart."""

    text: str
    region: str
    account: str
    kind: str
    id: str


def read_arn(text: str) -> Arn | None:
    """Give the parts of an ARN of OAM; None of what is none."""
    found = _ARN.fullmatch(text)
    return Arn(text, *found.groups()) if found is not None else None


def new_arn(kind: Kind, ctx: Context) -> str:
    """Give an ARN that nothing else has."""
    return aws_arn("oam", ctx.region, ctx.account, f"{kind}/{uuid.uuid4()}")


def permit(operation: str, ctx: Context, arn: Arn | None = None, tags: Mapping[str, str] | None = None) -> None:
    """Return when the caller may do this to a sink or link, which has these tags; without one, to the account.

    Of another account's, nobody may: neither has a policy that lets others do anything but attach to it.

    Raises: AccessDeniedException.
    """
    facts = replace(ctx.facts, resource_tags=tuple((tags or {}).items()))
    owner = ctx.account if arn is None else arn.account
    authorize(ctx.caller, f"oam:{operation}", "*" if arn is None else arn.text, owner, facts)


def permit_new(
    operation: str, ctx: Context, kind: Kind, tags: Mapping[str, str] | None, types: Sequence[str] = ()
) -> None:
    """Return when the caller may make one with these tags, which takes the leave to tag as well.

    Raises: AccessDeniedException.
    """
    arn = aws_arn("oam", ctx.region, ctx.account, f"{kind}/*")
    more = {"oam:ResourceTypes": tuple(types)} if types else {}
    facts = replace(ctx.facts, request_tags=tuple((tags or {}).items()), more=more)
    for one in (operation, "TagResource") if tags else (operation,):
        authorize(ctx.caller, f"oam:{one}", arn, ctx.account, facts)
