"""Counted rows to the Services and Edges that GetServiceGraph and GetTraceGraph answer with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

import msgspec
from msgspec import UNSET, UnsetType

from radiograph.model.graph_rows import DURATION, EDGE, LINK, RESPONSE, GraphRow, NodeKey
from radiograph.model.graphs import Alias, Edge, EdgeStatistics, Service, ServiceStatistics

from .statistics import coarse_seconds, histogram, statistics

__all__ = ["service_graph"]

_CLIENT = "client"


def service_graph(
    rows: Sequence[GraphRow], account: str, seconds: Callable[[int], float] = coarse_seconds
) -> list[Service]:
    """Give the nodes, by descending traffic, with their edges; ``seconds`` says what a bucket means.

    A Client node stands before each root service. A node that sent segments is ``active``, one that only its
    callers know ``unknown``. An edge along which events came, not calls, is a ``link``: beside the other edge between
    the same two nodes, if there is one. Services of one name in two accounts are two.

    Source: spec of the service graph, "Output model" and the developer guide's worked example.
    """
    measured: dict[tuple[int, NodeKey], list[GraphRow]] = defaultdict(list)
    outgoing: dict[NodeKey, dict[NodeKey, list[GraphRow]]] = defaultdict(lambda: defaultdict(list))
    links: dict[NodeKey, dict[NodeKey, list[GraphRow]]] = defaultdict(lambda: defaultdict(list))
    nodes: dict[NodeKey, bool] = {}
    for row in rows:
        key = NodeKey(row.name, row.type, row.source)
        nodes[key] = nodes.get(key, False) or (row.active and row.kind not in (EDGE, LINK))
        if row.kind in (EDGE, LINK):
            # A client is nobody's: those of one name are one.
            shared_by = "" if row.caller_type == _CLIENT else row.caller_source
            caller = NodeKey(row.caller_name, row.caller_type, shared_by)
            nodes.setdefault(caller, False)
            (outgoing if row.kind == EDGE else links)[caller][key].append(row)
        else:
            measured[row.kind, key].append(row)
    order = sorted(
        nodes,
        key=lambda node: (node.type == _CLIENT, -_requests(measured[RESPONSE, node]), *msgspec.structs.astuple(node)),
    )
    reference = {node: n for n, node in enumerate(order)}
    roots = {target for caller, targets in outgoing.items() if caller.type == _CLIENT for target in targets}
    services = []
    for node in order:
        edges = [_edge(reference[target], target, found, seconds) for target, found in outgoing[node].items()]
        edges += [_link(reference[target], found, seconds) for target, found in links[node].items()]
        edges.sort(key=lambda edge: edge.reference_id)
        if node.type == _CLIENT:
            services.append(
                _client(node, reference[node], edges, [row for found in outgoing[node].values() for row in found])
            )
            continue
        responses = measured[RESPONSE, node]
        everything = responses or [row for targets in outgoing.values() for row in targets.get(node, ())]
        services.append(
            Service(
                reference_id=reference[node],
                name=node.name,
                names=[node.name],
                root=True if node in roots else UNSET,
                account_id=node.account or account if nodes[node] else UNSET,
                type=node.type or UNSET,
                state="active" if nodes[node] else "unknown",
                start_time=_start(everything),
                end_time=_end(everything),
                edges=edges,
                summary_statistics=statistics(ServiceStatistics, responses),
                duration_histogram=histogram(measured[DURATION, node] or responses, seconds),
                response_time_histogram=histogram(responses, seconds),
            )
        )
    return services


def _edge(reference_id: int, target: NodeKey, rows: list[GraphRow], seconds: Callable[[int], float]) -> Edge:
    return Edge(
        reference_id=reference_id,
        start_time=_start(rows),
        end_time=_end(rows),
        summary_statistics=statistics(EdgeStatistics, rows),
        response_time_histogram=histogram(rows, seconds),
        aliases=[
            Alias(name=name, names=[name], type=target.type or UNSET)
            for name in sorted({name for row in rows for name in row.aliases})
        ],
    )


def _link(reference_id: int, rows: list[GraphRow], seconds: Callable[[int], float]) -> Edge:
    return Edge(
        reference_id=reference_id,
        start_time=_start(rows),
        end_time=_end(rows),
        summary_statistics=statistics(EdgeStatistics, rows),
        response_time_histogram=[],
        edge_type="link",
        received_event_age_histogram=histogram(rows, seconds),
    )


def _client(node: NodeKey, reference_id: int, edges: list[Edge], rows: list[GraphRow]) -> Service:
    return Service(
        reference_id=reference_id,
        name=node.name,
        names=[node.name],
        type=_CLIENT,
        state="unknown",
        start_time=_start(rows),
        end_time=_end(rows),
        edges=edges,
    )


def _requests(rows: Sequence[GraphRow]) -> int:
    return sum(row.ok + row.error + row.throttle + row.fault for row in rows)


def _start(rows: Sequence[GraphRow]) -> float | UnsetType:
    return min(row.first_us for row in rows) / 1e6 if rows else UNSET


def _end(rows: Sequence[GraphRow]) -> float | UnsetType:
    return max(row.last_us for row in rows) / 1e6 if rows else UNSET
