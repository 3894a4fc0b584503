"""Session tags and a source identity that an identity provider's token brings along.

Source: IAM user guide, "Pass session tags in AWS STS": the claims ``https://aws.amazon.com/tags`` and
``https://aws.amazon.com/source_identity``.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import msgspec

from radiograph.api.iam.errors import InvalidToken
from radiograph.api.iam.tags import new_tags
from radiograph.model.iam.tags import Tag

__all__ = ["TokenTags", "tags_in"]

_TAGS, _IDENTITY = "https://aws.amazon.com/tags", "https://aws.amazon.com/source_identity"
_MOST = 50
_SOURCE = re.compile(r"[\w+=,.@-]{2,64}", re.ASCII)


class TokenTags(NamedTuple):
    """What a token brings along; empty where it does not."""

    tags: dict[str, str]
    transitive: tuple[str, ...]
    source_identity: str


class _Tags(msgspec.Struct, frozen=True):
    principal_tags: dict[str, list[str]] = {}
    transitive_tag_keys: list[str] = []


def tags_in(claims: dict[str, Any]) -> TokenTags:
    """Give the tags and the source identity in a token's claims.

    Raises: InvalidIdentityToken for what is not of their form, InvalidInput for tags that may not be.
    """
    try:
        said = msgspec.convert(claims.get(_TAGS, {}), _Tags)
        tags = new_tags(
            [msgspec.convert({"Key": key, "Value": value}, Tag) for key, [value] in said.principal_tags.items()]
        )
    except (msgspec.ValidationError, ValueError) as error:
        raise InvalidToken(f"The claim {_TAGS} is not of its form: {error}") from None
    if len(tags) > _MOST:
        raise InvalidToken(f"The claim {_TAGS} has {len(tags)} tags; at most {_MOST} are accepted")
    identity = claims.get(_IDENTITY, "")
    if identity != "" and not (isinstance(identity, str) and _SOURCE.fullmatch(identity)):
        raise InvalidToken(f"The claim {_IDENTITY} is not of its form: 2 to 64 letters, digits and +=,.@-_")
    goes_on = {key.lower() for key in said.transitive_tag_keys}
    return TokenTags(tags, tuple(key for key in tags if key.lower() in goes_on), identity)
