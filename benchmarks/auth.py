"""What it costs to know who asks and whether that one may: CPU time, so that a shared machine spoils little of it.

python -m benchmarks.auth [--rounds 20000]
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path

from benchmarks.measure import heading, row
from benchmarks.sigv4 import known_caller, microseconds
from radiograph.auth.caller import Caller, authorize
from radiograph.auth.policy import Attached, Facts, compile_policy, read_policy, user
from tests.auth.signed import sign

ACCOUNT = "123456789012"


def caller(statements: int) -> Caller:
    """A user with so many statements attached, of which the last one lets it send; some have conditions."""
    listed = []
    for n in range(statements - 1):
        one = {"Effect": "Allow", "Action": [f"xray:Get{n}*", "s3:*"], "Resource": f"arn:aws:xray:*:*:group/team{n}/*"}
        if n % 3 == 0:
            one["Condition"] = {"StringEquals": {"aws:PrincipalTag/team": f"team{n}"}}
        if n % 5 == 0:
            one |= {"Effect": "Deny", "Action": ["xray:Put*"], "Resource": "*"}
            one["Condition"] = {"NotIpAddress": {"aws:SourceIp": ["10.0.0.0/8", "127.0.0.0/8"]}}
        listed.append(one)
    listed.append({"Effect": "Allow", "Action": "xray:PutTraceSegments", "Resource": "*"})
    policy = read_policy(json.dumps({"Version": "2012-10-17", "Statement": listed}))
    return Caller(
        principal=user(f"arn:aws:iam::{ACCOUNT}:user/u", "AIDAEXAMPLE"),
        attached=Attached(identity=(compile_policy(policy, "bench"),)),
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=20_000)
    options = parser.parse_args()
    print(heading())
    print("| what | measured | must | aim | ratio |\n|---|---|---|---|---|")
    now = time.time()
    with tempfile.TemporaryDirectory(prefix="radiograph-bench-") as directory:
        wire = sign(body=b"x" * 1024)
        callers = known_caller(Path(directory), now)
        p50, p95 = microseconds(lambda: callers.identify(*wire, {"xray"}), options.rounds)
        row("who asks, of 1 KB, p50 / p95", f"{p50:.1f} / {p95:.1f} µs", "25 µs", "20 µs", p50 / 25)
    for statements in (1, 20, 100):
        asking = caller(statements)

        def may(asking: Caller = asking) -> None:
            facts = Facts(now_s=now, region="eu-west-1", source_ip="127.0.0.1", user_agent="bench")
            authorize(asking, "xray:PutTraceSegments", "*", ACCOUNT, facts)

        p50, p95 = microseconds(may, options.rounds)
        must = 15.0 if statements == 20 else None
        row(
            f"whether it may, with {statements} statements, p50 / p95",
            f"{p50:.1f} / {p95:.1f} µs",
            f"{must:.0f} µs" if must else "",
            "",
            must and p50 / must,
        )


if __name__ == "__main__":
    main()
