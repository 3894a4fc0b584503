"""The traces of a window that satisfy an expression, as the source of a query; a share of them where they are many."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeAlias

import msgspec

from radiograph.filters.tree import Everything, Expression
from radiograph.model.rows import StoredSegment
from radiograph.model.windows import TraceWindow
from radiograph.storage.interfaces.explorer import Window

from .engine import Engine
from .predicates import Condition, compile_condition
from .slices import COUNT_DOCUMENTS, FIND_OWN_TIMES, ROOT, Slice, began, slice_parameters, slice_rows
from .times import NEARBY_S, OWN_TIME
from .truths import Need

__all__ = ["BLOCKS", "Sample", "Sampler", "take_share"]

Refine: TypeAlias = Callable[[str, Sequence[str], Expression], set[str]]
"""Which of these traces of an account satisfy an expression by their documents."""
TrueTimes: TypeAlias = Callable[[str, Sequence[str]], dict[str, int]]

Aggregates: TypeAlias = Sequence[tuple[str, str]]
"""Names, and the SQL over the documents of a trace that is called so."""

BLOCKS = 36
"""Stretches of a window that a sample is taken of, at least."""
_ENOUGH_ROWS, _MOST_SCANNED = 4_000, 600_000
_WIDE = re.compile(r"\b(annotations|http_url|client_ip|user|resource_arns|sub_(?!\w+_\b)\w+)\b")
"""Columns of which a document takes as long to read as several others."""
_CHUNK = 5_000
_WINDOW = TraceWindow(0, 0)
_MOST_REFINED = 250
_WORD = re.compile(r"\w+")
_COLUMNS = frozenset(one.name for one in msgspec.structs.fields(StoredSegment))
_IDS = "(SELECT CAST(unhex(arrayJoin({{{name}:Array(String)}})) AS FixedString(16)))"


class _One(msgspec.Struct):
    one: int


class _Id(msgspec.Struct):
    id: str


class _Began(msgspec.Struct):
    id: str
    time: int


class Sample(msgspec.Struct, frozen=True):
    """A source of queries: one row a trace."""

    share: float
    sampled: str
    """The condition that takes this share of all documents."""
    parameters: dict[str, object]
    condition: Condition
    part: Slice
    matched: str
    others: tuple[str, ...]
    """SQL of whether the other expressions hold."""

    def traces(self, aggregates: Aggregates = (), of_root: Sequence[str] = ()) -> str:
        """Give the SQL of the traces: ``trace_id``, ``time``, ``began_us``, ``took_us``, ``fault``, ``error``,
        ``throttle``, columns of the root (``root_name`` …), whether the ``others`` hold (``other_0`` …), and what else
        is gathered of their documents.
        """
        named = [f"entry.{n} AS root_{column}" for n, column in enumerate(of_root, 3)]
        named += [f"{sql} AS other_{n}" for n, sql in enumerate(self.others)]
        named += [name for name, _ in aggregates]
        # A trace that has no segment without a parent has a root all the same: here, its first segment, and of those
        # that begin together the longest. Whose parents are missing would take every id of the trace to tell.
        values = ", ".join(("fault", "error", *of_root))
        first = f"argMinIf(({values}), (parent_id != 0, start_us, -toInt64(span_us), id), segment)"
        own = [
            ("began_us", "min(start_us)"),
            ("took_us", "max(start_us + span_us) - min(start_us)"),
            ("throttle_", "max(throttle)"),
            ("entry", first),
        ]
        return f"""(
            SELECT trace_id, time, began_us, took_us, throttle_ AS throttle, entry.1 AS fault, entry.2 AS error
                {"".join(f", {one}" for one in named)}
            FROM ({self.grouped((*own, *aggregates))})
            WHERE time >= {{start:Int64}} AND time < {{end:Int64}} AND {self.matched}
        )"""

    def grouped(self, aggregates: Aggregates = ()) -> str:
        """Give the SQL of the documents grouped by trace, before any is left out."""
        condition, window = self.condition, _WINDOW
        named = [(name, sql) for name, sql in condition.aggregates.items()] + [*aggregates]
        if unsure(condition) != "0":
            named.append(("torn", "count() != uniqExact(id)"))
        if self.part.own_times:
            named.append(("own_time", f"max({OWN_TIME})"))
        gathered = "".join(f",\n{sql} AS {name}" for name, sql in named)
        columns = sorted({"trace_id", "trace_time"} | set(_WORD.findall(" ".join(sql for _, sql in named))) & _COLUMNS)
        root = ROOT.format(all=condition.all_ids).rstrip(",") if "root_sent" in condition.aggregates else ""
        chosen = "".join(
            f"\n    AND trace_id IN ({slice_rows(window, self.part, ['trace_id'], self.sampled, need)})"
            for need in condition.truth.needs
        )
        return f"""SELECT *{"," if root else ""}{root} FROM (
            SELECT trace_id, toUInt32({began(window, self.part)}) AS time{gathered}
            FROM ({slice_rows(window, self.part, columns, self.sampled, chosen=chosen)})
            GROUP BY trace_id)"""

    def documents(self, columns: Sequence[str], need: Need) -> str:
        """Give the SQL of the single documents of the sample that meet a need, the condition apart."""
        return slice_rows(_WINDOW, self.part, columns, self.sampled, need)


def take_share(start_s: int, end_s: int, share: float, blocks: int) -> tuple[float, str]:
    """Give about the share asked for, as it came out, and the condition on documents that takes it.

    Traces of some seconds here and there, evenly: these stand together, and nothing between them is read. Where a
    block would be shorter than a second, traces by a hash of their ids, for which every id is read.
    """
    if share >= 1.0:
        return 1.0, ""
    stratum = (end_s - start_s) / blocks
    length = int(stratum * share)
    if length < 1:
        return share, f" AND cityHash64(trace_id) < {int(share * 2**64)}"
    ranges = []
    for n in range(blocks):
        # Nothing periodic must meet always the same part of a stratum.
        room = (n * 0x9E3779B1 % 2**32) / 2**32 * (stratum - length)
        first = start_s + int(n * stratum + room)
        ranges.append(f"trace_time >= {first} AND trace_time < {first + length}")
    return length * blocks / (end_s - start_s), f" AND ({' OR '.join(ranges)})"


class Sampler:
    """Takes samples of one engine's traces."""

    def __init__(self, engine: Engine, refine: Refine, true_times: TrueTimes) -> None:
        self._engine, self._refine, self._true_times = engine, refine, true_times

    def take(
        self,
        account: str,
        window: Window,
        most_documents: int,
        others: Sequence[Expression] = (),
        needs: tuple[Need, ...] = (),
        blocks: int = BLOCKS,
    ) -> Sample:
        """Give a sample of about so many documents of the window's traces that satisfy its expression.

        ``blocks`` is how many stretches of time it comes of, where it is a sample. Where columns cannot tell, the
        documents of some hundred traces are read, and the sample is as small as that.
        """
        start_s, end_s = window.start_s, window.end_s
        asked = [Everything() if window.expression is None else window.expression, *others]
        condition = compile_condition(*asked)
        truth = condition.truth
        condition = condition._replace(truth=truth._replace(needs=(*truth.needs, *needs)))
        documents = self._one(account, COUNT_DOCUMENTS, start_s, end_s)
        own_times = bool(self._one(account, FIND_OWN_TIMES, start_s - NEARBY_S, end_s + NEARBY_S))
        part = Slice(start_s, end_s, own_times)
        parameters = {**slice_parameters(account, _WINDOW, part), **condition.parameters}
        truths = [truth.lower, *(other.lower for other in condition.others)]
        sample = Sample(1.0, "", parameters, condition, part, truths[0], tuple(truths[1:]))

        def of(sample: Sample, share: float) -> Sample:
            # Documents with times of their own may be in another block than the rest of their trace.
            got, sampled = take_share(start_s, end_s, share, 1 << 62 if own_times else blocks)
            return msgspec.structs.replace(sample, share=got, sampled=sampled)

        width = _width(*condition.aggregates.values(), *(need.sql for need in condition.truth.needs))
        sample = of(sample, most_documents / width / max(documents, 1))
        if sample.share < 1.0 and condition.truth.needs:
            sample = of(sample, self._wider(sample, documents))
        if own_times:
            sample = self._without_strangers(account, sample)
        return self._decided(account, sample, asked, of)

    def _wider(self, sample: Sample, documents: int) -> float:
        """Give a larger share where few documents are what the expression needs."""
        need = sample.condition.truth.needs[0]
        sql = f"SELECT count() AS one FROM ({sample.documents(['id'], need)})"
        (met,) = self._engine.rows(_One, sql, **sample.parameters)
        grown = sample.share * _ENOUGH_ROWS / max(met.one, 1)
        most = 1.0 if need.rank == 0 and not met.one else _MOST_SCANNED / _width(need.sql) / documents
        return min(1.0, max(sample.share, min(grown, most)))

    def _without_strangers(self, account: str, sample: Sample) -> Sample:
        """Leave out traces that began elsewhere, of which only documents with times of their own are here."""
        told_by_id = "reinterpretAsUInt32(reverse(substring(trace_id, 1, 4))) != time"
        sql = f"SELECT lower(hex(trace_id)) AS id, time FROM ({sample.grouped()}) WHERE own_time AND {told_by_id}"
        told = {one.id: one.time for one in self._engine.rows(_Began, sql, **sample.parameters)}
        part, strange = sample.part, list[str]()
        for first in range(0, len(told), _CHUNK):
            ids = list(told)[first : first + _CHUNK]
            true = self._true_times(account, ids)
            strange += [id_ for id_ in ids if not part.start_s <= true.get(id_, told[id_]) < part.end_s]
        if not strange:
            return sample
        matched = f"{sample.matched} AND trace_id NOT IN {_IDS.format(name='strange')}"
        return msgspec.structs.replace(sample, matched=matched, parameters=sample.parameters | {"strange": strange})

    def _decided(
        self,
        account: str,
        sample: Sample,
        asked: Sequence[Expression],
        of: Callable[[Sample, float], Sample],
    ) -> Sample:
        """Have the documents decide where columns cannot."""
        condition = sample.condition
        open_ = unsure(condition)
        if open_ == "0":
            return sample
        where = f"({condition.truth.upper} OR torn) AND ({open_}) AND time >= {{start:Int64}} AND time < {{end:Int64}}"
        ids = self._ids(sample, where)
        while len(ids) > _MOST_REFINED:
            sample = of(sample, sample.share * _MOST_REFINED / len(ids) * 0.9)
            ids = self._ids(sample, where)
        if not ids:
            return sample
        named = [f"1-{id_[:8]}-{id_[8:]}" for id_ in ids]
        parameters: dict[str, object] = {**sample.parameters, "unsure": ids}
        decided, truths = [], (condition.truth, *condition.others)
        for n, (truth, sql, expression) in enumerate(zip(truths, (sample.matched, *sample.others), asked, strict=True)):
            if truth.lower == "1":
                decided.append(sql)
                continue
            true = self._refine(account, named, expression)
            parameters[f"true_{n}"] = [id_[2:].replace("-", "") for id_ in true]
            listed, holds = _IDS.format(name="unsure"), _IDS.format(name=f"true_{n}")
            decided.append(f"if(trace_id IN {listed}, trace_id IN {holds}, {sql})")
        return msgspec.structs.replace(sample, parameters=parameters, matched=decided[0], others=tuple(decided[1:]))

    def _ids(self, sample: Sample, where: str) -> list[str]:
        sql = f"SELECT lower(hex(trace_id)) AS id FROM ({sample.grouped()}) WHERE {where}"
        return [one.id for one in self._engine.rows(_Id, sql, **sample.parameters)]

    def told_of_traces(self, condition: Condition) -> str:
        """Give the SQL of ``id`` and ``sure`` of those of some traces, ``ids``, that may satisfy a condition."""
        gathered = "".join(f",\n{sql} AS {name}" for name, sql in condition.aggregates.items())
        root = ROOT.format(all=condition.all_ids) if "root_sent" in condition.aggregates else ""
        lower, upper, _ = condition.truth
        return f"""SELECT lower(hex(trace_id)) AS id,{root} NOT torn AND {lower} AS sure
            FROM (SELECT trace_id, count() != uniqExact(id) AS torn{gathered}
                FROM segments FINAL PREWHERE account = {{account:String}} AND trace_id IN {_IDS.format(name="ids")}
                GROUP BY trace_id)
            WHERE torn OR {upper}"""

    def _one(self, account: str, sql: str, start_s: int, end_s: int) -> int:
        rows = self._engine.rows(_One, sql, account=account, start=start_s, end=end_s)
        return rows[0].one if rows else 0


def _width(*parts: str) -> float:
    return 1 + len(set(_WIDE.findall(" ".join(parts)))) / 2


def unsure(condition: Condition) -> str:
    """Give the SQL of whether columns leave anything open; versions of one that begin in different minutes do."""
    truths = (condition.truth, *condition.others)
    asked = [truth for truth in truths if truth.lower != "1" and truth.upper != "0"]
    if not asked:
        return "0"
    return " OR ".join(["torn", *(f"({truth.upper} AND NOT {truth.lower})" for truth in asked if not truth.exact)])
