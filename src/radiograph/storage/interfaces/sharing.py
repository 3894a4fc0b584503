"""The part of the seam that links between accounts are kept behind: they alone are of two accounts each."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from radiograph.model.sharing import Share, Sink, SinkLink

__all__ = ["Sharing", "SharingStore"]


class SharingStore(Protocol):
    """Keeps sinks, links and what they have shared, of every account."""

    def read(self) -> AbstractContextManager[Sharing]:
        """Give what there is at one moment; MUST NOT be written to."""

    def change(self) -> AbstractContextManager[Sharing]:
        """Give what there is to read and to write; as ``SettingsStore.change``, but of all accounts."""

    def shares(self) -> list[Share]:
        """Give every time in which something was, or is, shared.

        Raises: ServiceUnavailable.
        """


class Sharing(Protocol):
    """Sinks and links while a block of :class:`SharingStore` lasts. Keeps what it is given."""

    def sinks(self, account: str) -> list[Sink]:
        """Give an account's sinks, by ARN."""

    def sink(self, arn: str) -> Sink | None:
        """Give the sink of this ARN, or None."""

    def put_sink(self, sink: Sink) -> None:
        """Keep a sink, in place of the one of its ARN."""

    def remove_sink(self, arn: str) -> None:
        """Forget a sink, if there is one."""

    def links(self, account: str) -> list[SinkLink]:
        """Give a source account's links, by ARN."""

    def links_to(self, sink_arn: str) -> list[SinkLink]:
        """Give the links that are attached to a sink, by ARN."""

    def link(self, arn: str) -> SinkLink | None:
        """Give the link of this ARN, or None."""

    def put_link(self, link: SinkLink) -> None:
        """Keep a link, in place of the one of its ARN."""

    def remove_link(self, arn: str) -> None:
        """Forget a link, if there is one."""

    def share(self, account: str, monitors: Sequence[str], now: float) -> None:
        """Have an account share with exactly these from now on: what else it shares ends.

        MUST leave alone what goes on, and MAY forget what ended long ago.
        """
