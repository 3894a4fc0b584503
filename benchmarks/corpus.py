"""A seeded corpus of segment documents: 1.5–2.5 KB each, about six spans each, about six documents a trace.

Ids, request ids and users are random, so that compression is not flattered; services call one another, so that joins
have something to join.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator

SERVICES = [f"service-{n}" for n in range(24)]
TABLES = [f"table-{n}" for n in range(8)]
HOSTS = ["api.cards.example", "maps.example", "mail.example"]
AGENTS = [f"Mozilla/5.0 (X11; Linux x86_64; rv:{n}.0) Gecko/20100101 Firefox/{n}.0" for n in range(110, 150)]


def _id(rng: random.Random) -> str:
    return f"{rng.getrandbits(64):016x}"


def trace(rng: random.Random, start: float, tenants: int = 256) -> list[dict[str, object]]:
    """The 5–8 documents of one trace that begins at ``start``, callees before callers."""
    trace_id = f"1-{int(start):08x}-{rng.getrandbits(96):024x}"
    documents: list[dict[str, object]] = []
    tenant, user = f"tenant-{rng.randrange(tenants)}", f"user-{rng.getrandbits(40):x}"
    budget = [rng.randint(5, 8)]

    def segment(service: int, parent: str | None, at: float, allowed_s: float) -> None:
        budget[0] -= 1
        name, own = SERVICES[service], _id(rng)
        status = rng.choices((200, 404, 429, 503), (94, 3, 1, 2))[0]
        subsegments: list[dict[str, object]] = []
        clock = at + allowed_s * 0.02
        callees = [service * 2 + 1, service * 2 + 2]
        for n in range(rng.randint(4, 6)):
            share = allowed_s * rng.uniform(0.08, 0.16)
            sub: dict[str, object] = {
                "id": _id(rng),
                "start_time": round(clock, 6),
                "end_time": round(clock + share, 6),
            }
            kind = rng.random()
            if n < 2 and budget[0] > 0 and callees[n] < len(SERVICES):
                sub |= {
                    "name": SERVICES[callees[n]],
                    "namespace": "remote",
                    "http": {
                        "request": {"method": "POST", "url": f"https://{SERVICES[callees[n]]}.internal/do"},
                        "response": {"status": 200, "content_length": rng.randrange(9000)},
                    },
                }
                segment(callees[n], str(sub["id"]), clock + share * 0.05, share * 0.9)
            elif kind < 0.4:
                sub |= {
                    "name": "DynamoDB",
                    "namespace": "aws",
                    "aws": {
                        "operation": "GetItem",
                        "table_name": rng.choice(TABLES),
                        "region": "eu-west-1",
                        "request_id": f"{rng.getrandbits(160):040x}".upper(),
                        "retries": 0,
                    },
                    "http": {"response": {"status": 200, "content_length": rng.randrange(2000)}},
                }
            elif kind < 0.65:
                sub |= {
                    "name": f"orders@db-{service % 3}.internal",
                    "namespace": "remote",
                    "sql": {
                        "url": f"postgresql://db-{service % 3}.internal:5432/orders",
                        "database_type": "PostgreSQL",
                        "sanitized_query": "SELECT id, state, total FROM orders WHERE customer = ? AND state = ?",
                    },
                }
            elif kind < 0.8:
                host = rng.choice(HOSTS)
                sub |= {
                    "name": host,
                    "namespace": "remote",
                    "http": {"request": {"method": "GET", "url": f"https://{host}/v1"}, "response": {"status": 200}},
                }
            else:
                sub |= {"name": f"## compute_{rng.randrange(40)}"}
            subsegments.append(sub)
            clock += share
        document: dict[str, object] = {
            "trace_id": trace_id,
            "id": own,
            "name": name,
            "start_time": round(at, 6),
            "end_time": round(at + allowed_s, 6),
            "origin": "AWS::ECS::Container",
            "user": user,
            "http": {
                "request": {
                    "method": rng.choice(("GET", "POST")),
                    "url": f"https://shop.example/{name}/{rng.getrandbits(32)}",
                    "client_ip": f"10.{rng.randrange(256)}.{rng.randrange(256)}.{rng.randrange(256)}",
                    "user_agent": rng.choice(AGENTS),
                },
                "response": {"status": status, "content_length": rng.randrange(20000)},
            },
            "annotations": {
                "tenant": tenant,
                "order": f"{rng.getrandbits(48):x}",
                "amount": rng.randrange(50000),
                "vip": rng.random() < 0.1,
            },
            "metadata": {
                "default": {"basket": [rng.randrange(9999) for _ in range(6)], "note": f"{rng.getrandbits(128):x}"}
            },
            "aws": {
                "ecs": {"container": f"{rng.getrandbits(48):012x}"},
                "ec2": {"instance_id": f"i-{service:017x}", "availability_zone": "eu-west-1a"},
                "xray": {"sdk": "X-Ray for Python", "sdk_version": "2.15.0", "sampling_rule_name": "Default"},
            },
            "service": {"version": "1.4.2", "runtime": "CPython", "runtime_version": "3.11.7"},
            "subsegments": subsegments,
        }
        if parent:
            document["parent_id"] = parent
        if status == 503:
            document["fault"] = True
            document["cause"] = {
                "working_directory": "/srv/app",
                "exceptions": [
                    {
                        "id": _id(rng),
                        "type": "TimeoutError",
                        "message": f"no answer after {rng.randrange(9000)} ms",
                        "stack": [{"path": "app.py", "line": rng.randrange(900), "label": "handle"}],
                    }
                ],
            }
        elif status >= 400:
            document["error"] = True
            if status == 429:
                document["throttle"] = True
        documents.append(document)

    segment(0, None, start, rng.lognormvariate(-1.5, 0.6))
    return documents


def documents(count: int, start: float, end: float, seed: int = 1) -> Iterator[bytes]:
    """Yield ``count`` encoded documents of traces spread evenly over ``[start, end)``."""
    rng = random.Random(seed)
    traces = max(1, count // 6)
    sent = 0
    n = 0
    while sent < count:
        at = start + (end - start) * min(n / traces, 0.999)
        n += 1
        for document in trace(rng, at):
            if sent < count:
                sent += 1
                yield json.dumps(document, separators=(",", ":")).encode()
