"""GetSamplingTargets with 25 documents, as many clients ask it: CPU of the whole server for each call, and its latency.

python -m benchmarks.sampling [--clients 500] [--calls 5000]
"""

from __future__ import annotations

import argparse
import http.client
import json
import time

from benchmarks.measure import Server, heading, percentile, row, running

_RULES = 25
_ANYTHING = dict.fromkeys(("ResourceARN", "ServiceName", "ServiceType", "Host", "HTTPMethod", "URLPath"), "*")


def make_rules(server: Server) -> None:
    """Make as many rules as there can be, with boosts."""
    for n in range(_RULES):
        limits = {"Priority": n + 1, "FixedRate": 0.05, "ReservoirSize": 50, "Version": 1}
        boost = {"SamplingRateBoost": {"MaxRate": 0.5, "CooldownWindowMinutes": 10}}
        server.post("/CreateSamplingRule", {"SamplingRule": _ANYTHING | limits | boost | {"RuleName": f"rule-{n}"}})


def body(client: int, now: float, boosts: bool) -> bytes:
    """A client's report of every rule."""
    counts = {"RequestCount": 100 + client, "SampledCount": 12, "BorrowCount": 0}
    statistics = [
        {"RuleName": f"rule-{n}", "ClientID": f"{client:024x}", "Timestamp": now, **counts} for n in range(_RULES)
    ]
    anomalies = {"ServiceName": "checkout", "Timestamp": now, "AnomalyCount": 1, "TotalCount": 90}
    wrong = [{"RuleName": f"rule-{n}", "SampledAnomalyCount": 0, **anomalies} for n in range(_RULES)]
    members = {"SamplingStatisticsDocuments": statistics, "SamplingBoostStatisticsDocuments": wrong if boosts else None}
    return json.dumps(members).encode()


def ask(server: Server, options: argparse.Namespace, boosts: bool) -> tuple[float, float, list[float]]:
    """CPU milliseconds a call of the process with the sockets and of the one with the store; latencies in ms."""
    connection = http.client.HTTPConnection(server.host, server.port, timeout=30)
    now = time.time()
    bodies = [body(client, now, boosts) for client in range(options.clients)]
    took = []
    before = server.cpu_s_each()
    for n in range(options.calls):
        began = time.perf_counter()
        connection.request("POST", "/SamplingTargets", bodies[n % len(bodies)])
        answer = connection.getresponse()
        told = answer.read()
        took.append((time.perf_counter() - began) * 1000)
        assert answer.status == 200, told
    after = server.cpu_s_each()
    front, back = ((later - sooner) * 1000 / options.calls for later, sooner in zip(after, before, strict=True))
    connection.close()
    return front, back, took


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--clients", type=int, default=500)
    parser.add_argument("--calls", type=int, default=5000)
    options = parser.parse_args()
    print(heading())
    print("| what | measured | must | aim | ratio |\n|---|---|---|---|---|")
    with running() as server:
        make_rules(server)
        for label, boosts in (("25 documents", False), ("25 documents and 25 of boosts", True)):
            ask(server, argparse.Namespace(clients=options.clients, calls=500), boosts)
            front, back, took = ask(server, options, boosts)
            what = f"GetSamplingTargets, {label}, {options.clients} clients: CPU"
            row(what, f"{front + back:.2f} ms ({front:.2f} sockets, {back:.2f} store)", "1 ms", "", front + back)
            row(
                "its latency, p50 / p99", f"{percentile(took, 0.5):.2f} / {percentile(took, 0.99):.2f} ms", "", "", None
            )
        print(f"memory after: {server.memory_mb():.0f} MB")


if __name__ == "__main__":
    main()
