"""Sinks and links: a row a sink, a link, and a time in which one account shared with another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import msgspec
import sqlalchemy as sql

from radiograph.model.sharing import Share, Sink, SinkLink

from .database import Database

__all__ = ["SharingDatabase", "SharingRows"]

_FORGET_S = 90 * 86_400.0
"""No journal is kept so long: what ended before is never applied again."""

R = TypeVar("R", Sink, SinkLink, Share)


def _table(name: str, record: type[msgspec.Struct]) -> sql.TableClause:
    kinds = {"tags": sql.JSON(), "resource_types": sql.JSON()}
    return sql.table(name, *(sql.column(one, kinds.get(one)) for one in record.__struct_fields__))


_SINKS, _LINKS, _SHARES = _table("sinks", Sink), _table("sink_links", SinkLink), _table("shares", Share)


class SharingRows:
    """A :class:`~radiograph.storage.interfaces.Sharing`, while its transaction lasts."""

    def __init__(self, connection: sql.Connection) -> None:
        self._connection = connection

    def sinks(self, account: str) -> list[Sink]:
        """Give an account's sinks, by ARN."""
        return self._all(Sink, _SINKS, _SINKS.c.account == account)

    def sink(self, arn: str) -> Sink | None:
        """Give the sink of this ARN, or None."""
        return next(iter(self._all(Sink, _SINKS, _SINKS.c.arn == arn)), None)

    def put_sink(self, sink: Sink) -> None:
        """Keep a sink, in place of the one of its ARN."""
        self._put(_SINKS, sink)

    def remove_sink(self, arn: str) -> None:
        """Forget a sink."""
        self._connection.execute(_SINKS.delete().where(_SINKS.c.arn == arn))

    def links(self, account: str) -> list[SinkLink]:
        """Give a source account's links, by ARN."""
        return self._all(SinkLink, _LINKS, _LINKS.c.account == account)

    def links_to(self, sink_arn: str) -> list[SinkLink]:
        """Give the links that are attached to a sink, by ARN."""
        return self._all(SinkLink, _LINKS, _LINKS.c.sink_arn == sink_arn)

    def link(self, arn: str) -> SinkLink | None:
        """Give the link of this ARN, or None."""
        return next(iter(self._all(SinkLink, _LINKS, _LINKS.c.arn == arn)), None)

    def put_link(self, link: SinkLink) -> None:
        """Keep a link, in place of the one of its ARN."""
        self._put(_LINKS, link)

    def remove_link(self, arn: str) -> None:
        """Forget a link."""
        self._connection.execute(_LINKS.delete().where(_LINKS.c.arn == arn))

    def share(self, account: str, monitors: Sequence[str], now: float) -> None:
        """Have an account share with exactly these from now on; see the Protocol."""
        mine, goes_on = _SHARES.c.account == account, _SHARES.c.until.is_(None)
        there = set(self._connection.execute(sql.select(_SHARES.c.monitor).where(mine, goes_on)).scalars())
        ended = there.difference(monitors)
        self._connection.execute(_SHARES.update().where(mine, goes_on, _SHARES.c.monitor.in_(ended)).values(until=now))
        for monitor in sorted(set(monitors) - there):
            self._connection.execute(_SHARES.insert().values(account=account, monitor=monitor, since=now, until=None))
        self._connection.execute(_SHARES.delete().where(_SHARES.c.until < now - _FORGET_S))

    def shares(self) -> list[Share]:
        """Give every time in which something was, or is, shared."""
        rows = self._connection.execute(sql.select(_SHARES).order_by(_SHARES.c.account, _SHARES.c.monitor))
        return [_record(Share, row) for row in rows]

    def _all(self, record: type[R], table: sql.TableClause, where: sql.ColumnElement[bool]) -> list[R]:
        rows = self._connection.execute(sql.select(table).where(where).order_by(table.c.arn))
        return [_record(record, row) for row in rows]

    def _put(self, table: sql.TableClause, record: Sink | SinkLink) -> None:
        self._connection.execute(table.delete().where(table.c.arn == record.arn))
        self._connection.execute(table.insert().values(**msgspec.structs.asdict(record)))


class SharingDatabase:
    """A :class:`~radiograph.storage.interfaces.SharingStore` in the settings' file."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @contextmanager
    def read(self) -> Iterator[SharingRows]:
        """Give what there is at one moment; see the Protocol."""
        with self._database.reading() as connection:
            yield SharingRows(connection)

    @contextmanager
    def change(self) -> Iterator[SharingRows]:
        """Give what there is to read and to write; see the Protocol."""
        with self._database.writing() as connection:
            yield SharingRows(connection)

    def shares(self) -> list[Share]:
        """Give every time in which something was, or is, shared; see the Protocol."""
        with self.read() as kept:
            return kept.shares()


def _record(record: type[R], row: sql.Row[Any]) -> R:
    return record(**{name: row._mapping[name] for name in record.__struct_fields__})
