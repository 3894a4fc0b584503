"""The corpus of policies: what evaluator and oracle decide of each request; and what is no policy."""

from __future__ import annotations

import json
from typing import Any

import pytest

from radiograph.auth.policy import read_policy
from radiograph.auth.policy.operators import OPERATORS
from radiograph.errors import MalformedPolicyDocument
from tests.auth.policy_cases import CORPUS, Json, decided, document, plain
from tests.oracle.policies import decide


def _whole() -> list[Any]:
    return [
        pytest.param(
            {key: value for key, value in group.items() if key not in ("about", "source", "cases")} | case,
            id=f"{group['about']}: {case['it']}",
        )
        for group in CORPUS["decisions"]
        for case in group["cases"]
    ]


def _conditions() -> list[Any]:
    return [
        pytest.param(case, id=f"{group['about']}: {case['it']}")
        for group in CORPUS["conditions"]
        for case in group["cases"]
    ]


def _with(statement: Json, **members: Any) -> Json:
    whole = {"Effect": "Allow", "Action": "*", "Resource": "*"} | statement
    return plain({"identity": [whole]} | members)


@pytest.mark.parametrize("case", _whole())
def test_a_request_is_decided(case: Json) -> None:
    whole = plain(case)
    _, decision = decided(whole)
    assert decision.outcome == case["expect"]
    assert decide(whole) == case["expect"]
    assert decision.allowed == (case["expect"] == "allowed")
    if "by" in case:
        assert [one.sid for one in decision.statements if one.sid] == case["by"]
    if "blame" in case:
        assert decision.layer == case["blame"]


@pytest.mark.parametrize("case", _conditions())
def test_a_condition_holds_or_not(case: Json) -> None:
    asked = {key.lower() for keys in case["if"].values() for key in keys}
    context = dict.fromkeys(sorted(asked)) | {key.lower(): value for key, value in case["given"].items()}
    for effect, outcome in (("Allow", "allowed"), ("Deny", "explicitDeny")):
        whole = _with({"Effect": effect, "Condition": case["if"]}, context=context)
        expected = outcome if case["holds"] else "implicitDeny"
        assert decided(whole)[1].outcome == expected
        assert decide(whole) == expected


@pytest.mark.parametrize("case", CORPUS["actions"]["cases"], ids=lambda case: f"{case['pattern']} {case['action']}")
def test_an_action_matches_or_not(case: Json) -> None:
    for member, matches in (("Action", case["matches"]), ("NotAction", not case["matches"])):
        statement = {"Effect": "Allow", member: case["pattern"], "Resource": "*"}
        whole = plain({"identity": [statement], "action": case["action"]})
        expected = "allowed" if matches else "implicitDeny"
        assert decided(whole)[1].outcome == expected
        assert decide(whole) == expected


@pytest.mark.parametrize("case", CORPUS["resources"]["cases"], ids=lambda case: f"{case['pattern']} {case['resource']}")
def test_a_resource_matches_or_not(case: Json) -> None:
    for member, matches in (("Resource", case["matches"]), ("NotResource", not case["matches"])):
        statement = {"Effect": "Allow", "Action": "*", member: case["pattern"]}
        whole = plain({"identity": [statement], "resource": case["resource"], "context": case.get("context", {})})
        expected = "allowed" if matches else "implicitDeny"
        assert decided(whole)[1].outcome == expected
        assert decide(whole) == expected


@pytest.mark.parametrize("case", CORPUS["refused"], ids=lambda case: case["it"])
def test_what_is_no_policy_is_pointed_at(case: Json) -> None:
    policy = case["policy"] if "policy" in case else document([case.get("statement")])
    text = case["text"] if "text" in case else json.dumps(policy)
    with pytest.raises(MalformedPolicyDocument) as refused:
        read_policy(text, case.get("kind", "identity"))
    assert str(refused.value).startswith(f"{case['place']}: ")
    assert case["accepted"] in str(refused.value).rpartition("; accepted: ")[2]


def test_the_corpus_has_every_operator() -> None:
    written = {
        name.rpartition(":")[2].removesuffix("IfExists")
        for group in CORPUS["conditions"]
        for case in group["cases"]
        for name in case["if"]
    }
    assert set(OPERATORS) - written == set()


def test_the_corpus_does_not_repeat_itself() -> None:
    for part in ("decisions", "conditions"):
        for group in CORPUS[part]:
            told = [case["it"] for case in group["cases"]]
            assert len(told) == len(set(told))
            assert group["source"]
