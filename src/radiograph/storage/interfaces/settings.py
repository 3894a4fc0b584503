"""What a store of settings promises: the small things that an operator sets, family by family."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

from radiograph.model.choices import Choice
from radiograph.model.groups import Group, MatchedGroup
from radiograph.model.policies import ResourcePolicy
from radiograph.model.sampling_rules import SamplingRuleRecord
from radiograph.model.tags import Tag

from .keys import CustomerKeys

__all__ = ["Choices", "Groups", "Policies", "SamplingRules", "Settings", "SettingsStore", "Tags"]

C = TypeVar("C", bound=Choice)


class SettingsStore(Protocol):
    """Keeps the small things that an operator sets: a few dozen an account."""

    def read(self, account: str) -> AbstractContextManager[Settings]:
        """Give the account's settings as they are at one moment, for the length of a ``with`` block.

        MAY be several at once, also while a change is under way. MUST NOT be written to.
        """

    def change(self, account: str) -> AbstractContextManager[Settings]:
        """Give the account's settings to read and to write, for the length of a ``with`` block.

        MUST let no other change of the account come between, so that what was read still holds when it is written.
        When the block ends, all of it is on stable storage; when it ends by an exception, nothing of it is kept.
        """

    def accounts_with_keys(self) -> list[str]:
        """Give every account that has a customer key, in no order."""

    def scrub(self) -> bool:
        """Leave nothing of what was removed or replaced in any file; False when it has to be tried again.

        MUST be asked for after a key's material was removed.
        """


class Settings(Protocol):
    """One account's settings while a block of :class:`SettingsStore` lasts, family by family.

    Keeps what it is given: what is allowed, and how much of it, is for the API to say.
    """

    @property
    def rules(self) -> SamplingRules:
        """Sampling rules."""

    @property
    def groups(self) -> Groups:
        """Groups."""

    @property
    def tags(self) -> Tags:
        """Tags of both."""

    @property
    def policies(self) -> Policies:
        """Resource policies."""

    @property
    def choices(self) -> Choices:
        """What there is one of."""

    @property
    def keys(self) -> CustomerKeys:
        """Keys that documents are sealed with."""


class SamplingRules(Protocol):
    """Sampling rules, by name."""

    def all(self) -> list[SamplingRuleRecord]:
        """Give every rule, by (priority, name)."""

    def named(self, name: str) -> SamplingRuleRecord | None:
        """Give the rule of this name, or None."""

    def put(self, record: SamplingRuleRecord) -> None:
        """Keep a rule, which has a name and an ARN, in place of the one of its name."""

    def remove(self, name: str) -> None:
        """Forget the rule of this name, if there is one."""


class Groups(Protocol):
    """Groups, by name."""

    def all(self) -> list[Group]:
        """Give every group, by name."""

    def named(self, name: str) -> Group | None:
        """Give the group of this name, or None."""

    def matching(self) -> list[MatchedGroup]:
        """Give what traces are matched against, by name."""

    def put(self, group: Group, now: float) -> None:
        """Keep a group, in place of the one of its name; ``now`` is when its expression changes, if it does."""

    def remove(self, name: str) -> None:
        """Forget the group of this name, if there is one."""


class Tags(Protocol):
    """Tags, by the ARN of what they are put to; whether that exists is not asked."""

    def of(self, resource: str) -> list[Tag]:
        """Give a resource's tags, by key."""

    def put(self, resource: str, tags: Sequence[Tag]) -> None:
        """Keep tags, in place of those with their keys."""

    def remove(self, resource: str, keys: Sequence[str]) -> None:
        """Forget the tags with these keys, as far as there are any."""

    def forget(self, resource: str) -> None:
        """Forget all tags of a resource."""


class Policies(Protocol):
    """Resource policies, by name."""

    def all(self) -> list[ResourcePolicy]:
        """Give every policy, by name."""

    def named(self, name: str) -> ResourcePolicy | None:
        """Give the policy of this name, or None."""

    def put(self, policy: ResourcePolicy) -> None:
        """Keep a policy, in place of the one of its name."""

    def remove(self, name: str) -> None:
        """Forget the policy of this name, if there is one."""


class Choices(Protocol):
    """What there is one of in an account, by its kind."""

    def get(self, type_: type[C]) -> C | None:
        """Give the choice of this kind, or None when none was made."""

    def put(self, choice: Choice) -> None:
        """Keep a choice, in place of the one of its kind."""
