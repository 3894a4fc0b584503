"""Keys of accounts: made, wrapped, found, used and destroyed. Master key → customer key → data key → documents."""

from .customer import (
    AWS_ALIAS,
    NoSuchKey,
    Unusable,
    destroy,
    find,
    is_key_name,
    key_arn,
    managed_key,
    usable,
)
from .deletion import Deletion
from .maker import KeyMaker
from .ring import KeyLife, Keyring

__all__ = [
    "AWS_ALIAS",
    "Deletion",
    "KeyLife",
    "KeyMaker",
    "Keyring",
    "NoSuchKey",
    "Unusable",
    "destroy",
    "find",
    "is_key_name",
    "key_arn",
    "managed_key",
    "usable",
]
