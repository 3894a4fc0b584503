"""The seam between Radiograph and whatever stores its traces: what a store MUST and MAY do.

Everything is asked within one ``account`` (12 digits). Every method blocks, and may be called from any thread.
A store that cannot answer raises ``errors.ServiceUnavailable``; it MUST NOT answer with less than it has.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

import msgspec

from radiograph.filters.tree import Expression
from radiograph.model.choices import Choice
from radiograph.model.graph_rows import GraphRow, NodeKey
from radiograph.model.groups import Group, MatchedGroup
from radiograph.model.iam.passwords import PasswordPolicy
from radiograph.model.iam.records import (
    Entity,
    GroupRecord,
    PolicyRecord,
    ProfileRecord,
    ProviderRecord,
    RoleRecord,
    Use,
    UserRecord,
)
from radiograph.model.policies import ResourcePolicy
from radiograph.model.rows import EncodedSegments, StoredDocument, StoredSegment
from radiograph.model.sampling_rules import SamplingRuleRecord
from radiograph.model.tags import Tag
from radiograph.model.windows import TraceWindow, WindowPage

from .explorer import TraceExplorer
from .interfaces_of_identities import AccessKeys, Links, Passwords
from .interfaces_of_keys import CustomerKeys

__all__ = [
    "AccessKeys",
    "Choices",
    "CustomerKeys",
    "Entities",
    "Groups",
    "Identities",
    "IdentityStore",
    "Links",
    "Passwords",
    "Policies",
    "Reading",
    "SamplingRules",
    "SegmentWriter",
    "Settings",
    "SettingsStore",
    "Tags",
    "TraceGroup",
    "TraceReader",
]

C = TypeVar("C", bound=Choice)
E = TypeVar("E", bound=Entity)

Reading = Callable[[str, list[StoredDocument]], list[StoredDocument]]
"""From an account and documents as they are kept, to those of them that can be read, as they were sent.

A store MUST have it look at every document before anything else does.
"""


class TraceGroup(msgspec.Struct, frozen=True):
    """A group as a store needs it: what it matches, from when on (epoch seconds). Groups in it are replaced already."""

    arn: str
    expression: Expression
    since_s: float


class SegmentWriter(Protocol):
    """Takes documents in the order of the journal."""

    def encode(
        self, account: str, segments: Sequence[StoredSegment], documents: Sequence[StoredDocument]
    ) -> EncodedSegments:
        """Give both, which go in pairs, as bytes for :meth:`write`. Touches no storage; best for some hundred rows.

        Raises: any error when a row cannot be encoded.
        """

    def write(self, account: str, encoded: Sequence[EncodedSegments]) -> None:
        """Return once all of it is on stable storage.

        MUST keep, of rows with equal (trace id, id), the one with the highest version, so that writing the same
        batch twice changes nothing (in the graph, as long as both begin in the same minute). MAY keep the others for
        a while, as long as no answer shows them.

        Raises: ServiceUnavailable when this batch is not stored; StoreLost when earlier ones are no longer either.
        """


class TraceReader(TraceExplorer, Protocol):
    """Answers questions about what has been written; an answer sees every write that returned before it.

    Three things MAY take seconds longer: an edge between two documents of which one came long after the other, the
    client's edge to a segment whose caller is not known, and an edge along which an event came from another trace.
    """

    def documents(self, account: str, trace_ids: Sequence[str]) -> list[StoredDocument]:
        """Give every document of these traces, one a (trace id, id), in no order. Unknown ids give nothing."""

    def segments(self, account: str, trace_ids: Sequence[str]) -> list[StoredSegment]:
        """Give the columns of every document of these traces, one a (trace id, id), in no order."""

    def traces_in(
        self, account: str, window: TraceWindow, limit: int, expression: Expression | None = None
    ) -> WindowPage:
        """Give at most ``limit`` traces of a window that satisfy an expression, newest first, ties by descending id.

        MUST NOT give a trace at or after ``window.before``, so that pages do not overlap while traces arrive. MAY end
        a page early, and say what it ``reached``. Groups in the expression are replaced already. How many traces were
        looked at MAY be an estimate when they are many.
        """

    def graph(self, account: str, start_s: int, end_s: int, group: TraceGroup | None = None) -> list[GraphRow]:
        """Give nodes and edges of the minutes that ``[start, end)`` touches; several rows of one add up.

        An edge along which events came is of the minutes in which they were received, whenever they were sent.
        Of a group: of the traces that matched it when they came, or may have until their minute is counted.
        """

    def trace_graph(self, account: str, trace_ids: Sequence[str]) -> list[GraphRow]:
        """Give nodes and edges of these traces alone, buckets exact to the millisecond; several rows of one add up.

        Events may have come from any trace.
        """

    def series(
        self,
        account: str,
        start_s: int,
        end_s: int,
        period_s: int,
        caller: NodeKey | None,
        callee: NodeKey | None,
        group: TraceGroup | None = None,
    ) -> list[GraphRow]:
        """Give a node's or an edge's rows by period; ``minute`` is the period's start.

        ``callee`` alone: the node. Both: the edge. Neither: every edge from a client. An empty name or type in a
        key matches any. Edges are those of calls.
        """

    def matched(self, account: str, group_arn: str, start_s: int, end_s: int) -> dict[int, int]:
        """Give how many traces that began in each counted minute of ``[start, end)`` matched a group."""


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


class IdentityStore(Protocol):
    """Keeps users, groups, roles, their policies and access keys, of every account."""

    def read(self, account: str) -> AbstractContextManager[Identities]:
        """Give what an account has at one moment; as :meth:`SettingsStore.read`."""

    def change(self, account: str) -> AbstractContextManager[Identities]:
        """Give what an account has to read and to write; as :meth:`SettingsStore.change`."""

    def generation(self, account: str) -> int:
        """Give a number that is another one after every change of the account that was kept.

        MUST be cheap, some microseconds: it is asked with every request. MAY miss what another process has changed in
        the last milliseconds.
        """

    def account_of(self, access_key_id: str) -> str | None:
        """Give the account that an access key is of, or None."""

    def account_of_alias(self, alias: str) -> str | None:
        """Give the account that has this other name, or None."""

    def note_use(self, account: str, id_: str, use: Use) -> None:
        """Keep when a key or a role was last used, in place of what was noted before; no change of the account."""


class Identities(Protocol):
    """What one account has while a block of :class:`IdentityStore` lasts, family by family.

    Keeps what it is given: what is allowed, and how much of it, is for the API to say.
    """

    @property
    def users(self) -> Entities[UserRecord]:
        """Users."""

    @property
    def groups(self) -> Entities[GroupRecord]:
        """Groups."""

    @property
    def roles(self) -> Entities[RoleRecord]:
        """Roles."""

    @property
    def policies(self) -> Entities[PolicyRecord]:
        """Managed policies of the account."""

    @property
    def profiles(self) -> Entities[ProfileRecord]:
        """Instance profiles."""

    @property
    def providers(self) -> Entities[ProviderRecord]:
        """OpenID Connect providers."""

    @property
    def members(self) -> Links:
        """Which group (its id) has which user (its id)."""

    @property
    def attachments(self) -> Links:
        """Which managed policy (its ARN) is attached to which user, group or role (its id)."""

    @property
    def keys(self) -> AccessKeys:
        """Access keys."""

    @property
    def alias(self) -> str | None:
        """The account's other name, if it has one."""

    def set_alias(self, alias: str | None) -> bool:
        """Keep the account's other name, or none; False when another account has it."""

    @property
    def passwords(self) -> Passwords:
        """Passwords of users."""

    @property
    def password_policy(self) -> PasswordPolicy | None:
        """What the account demands of passwords, if it says so."""

    def set_password_policy(self, policy: PasswordPolicy | None) -> None:
        """Keep what the account demands of passwords, or that it says nothing."""

    def last_use(self, id_: str) -> Use | None:
        """Give when a key or a role was last used, as far as it was noted."""


class Entities(Protocol[E]):
    """Entities of one kind, each with a unique id and a name that no other has, whatever its case."""

    def all(self) -> list[E]:
        """Give every one, by name."""

    def count(self) -> int:
        """Give how many there are."""

    def named(self, name: str) -> E | None:
        """Give the one of exactly this name, or None."""

    def like(self, name: str) -> E | None:
        """Give the one whose name differs from this in case at most, or None."""

    def with_id(self, id_: str) -> E | None:
        """Give the one of this id, or None."""

    def put(self, entity: E) -> None:
        """Keep an entity, in place of the one of its id."""

    def remove(self, id_: str) -> None:
        """Forget the entity of this id, if there is one; what it is linked with is not asked."""
