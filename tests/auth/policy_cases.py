"""Requests as the corpus writes them, put to the evaluator, and in the plain form the oracle takes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import yaml

from radiograph.auth.policy import (
    Attached,
    Decision,
    Facts,
    Kind,
    Policy,
    Principal,
    Request,
    anonymous,
    ask,
    assumed_role,
    compile_policy,
    context_of,
    evaluate,
    evaluate_trust,
    federated_user,
    read_policy,
    root,
    service,
    user,
    web_identity,
)

Json = dict[str, Any]

CORPUS: Json = yaml.safe_load((Path(__file__).parent.parent / "corpora" / "policies.yaml").read_text())
FACTS = Facts(**CORPUS["facts"])
VERSION = "2012-10-17"


def principal(written: Json) -> Principal:
    """Give who asks, as a caller of the corpus is written."""
    rest = {key: value for key, value in written.items() if key not in ("id", "session", "name", "subject")}
    rest |= {"tags": tuple(map(tuple, written["tags"]))} if "tags" in written else {}
    match written:
        case {"user": arn, "id": unique}:
            del rest["user"]
            return user(arn, unique, **rest)
        case {"role": arn, "id": unique, "session": session}:
            del rest["role"]
            return assumed_role(arn, unique, session, **rest)
        case {"federated": arn, "id": unique, "name": name}:
            del rest["federated"]
            return federated_user(arn, unique, name, **rest)
        case {"root": account}:
            return root(account)
        case {"service": name}:
            return service(name)
        case {"web_identity": provider, "subject": subject}:
            return web_identity(provider, subject)
    return anonymous()


CALLERS = {name: principal(written) for name, written in CORPUS["callers"].items()}


def document(written: Any) -> Json:
    """Give the whole document that a statement, a list of statements or a document stands for."""
    if isinstance(written, dict) and "Statement" in written:
        whole = {"Version": VERSION} | written
        return {name: value for name, value in whole.items() if value is not None}
    return {"Version": VERSION, "Statement": written}


def ready(written: Json, kind: Kind, name: str = "") -> Policy:
    return compile_policy(read_policy(json.dumps(written), kind), name)


def plain(case: Json) -> Json:
    """Give the case as the oracle takes it: policies whole, the context complete, who asks as a dictionary."""
    caller = CALLERS[case.get("caller", "bob")]
    given = {key: tuple(value) if isinstance(value, list) else value for key, value in case.get("context", {}).items()}
    action, account = case.get("action", "xray:GetTraceSummaries"), case.get("account", "111122223333")
    known = ask(caller, action, case.get("resource", "*"), account, FACTS).context
    context = dict(known) | dict(context_of((key, value) for key, value in given.items() if value is not None))
    for key, value in given.items():
        if value is None:
            context.pop(key.lower(), None)
    return {
        "caller": msgspec.to_builtins(caller),
        "action": action,
        "resource": case.get("resource", "*"),
        "account": account,
        "context": context,
        "identity": [document(one) for one in case.get("identity", [])],
        "boundary": document(case["boundary"]) if case.get("boundary") else None,
        "session": [document(one) for one in case["session"]] if case.get("session") is not None else None,
        "resource_policies": [document(one) for one in case.get("resource_policies", [])],
        "trust": document(case["trust"]) if case.get("trust") else None,
    }


def decided(case: Json) -> tuple[Request, Decision]:
    """Give the evaluator's request and decision on a case in the oracle's form."""
    request = Request(
        principal=msgspec.convert(case["caller"], Principal),
        action=case["action"],
        resource=case["resource"],
        account=case["account"],
        context=case["context"],
    )
    attached = Attached(
        identity=tuple(ready(one, "identity", f"i{place}") for place, one in enumerate(case["identity"])),
        boundary=ready(case["boundary"], "identity", "boundary") if case["boundary"] else None,
        session=None
        if case["session"] is None
        else tuple(ready(one, "identity", "session") for one in case["session"]),
        resource=tuple(ready(one, "resource", "resource") for one in case["resource_policies"]),
    )
    if case["trust"]:
        return request, evaluate_trust(request, attached, ready(case["trust"], "trust", "trust"))
    return request, evaluate(request, attached)
