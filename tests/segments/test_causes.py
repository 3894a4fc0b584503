"""Where a trace's faults and errors come from."""

from __future__ import annotations

from typing import Any

import msgspec

from radiograph.segments.causes import root_causes
from radiograph.segments.summarise import summarise
from tests.oracle.documents import NOW_S, ROOT, columns, segment, stored, subsegment

Json = dict[str, Any]
ACCOUNT = "000000000000"
CALL = {"id": "b" * 16, "name": "cart.test", "namespace": "remote"}
CALLEE = {"id": "c" * 16, "name": "cart", "parent_id": "b" * 16}
FAULT = {"fault": True}


def told(*documents: Json) -> Json:
    """The root causes as a summary writes them."""
    causes = root_causes(stored(*documents), ACCOUNT)
    return {
        "FaultRootCauses": msgspec.to_builtins(causes.fault_root_causes),
        "ErrorRootCauses": msgspec.to_builtins(causes.error_root_causes),
        "ResponseTimeRootCauses": msgspec.to_builtins(causes.response_time_root_causes),
    }


def ways(causes: list[Json]) -> list[str]:
    """Each root cause in one line: its services, and the entities in them."""
    return [
        " → ".join(
            f"{one['Name']}({', '.join(entity['Name'] for entity in one['EntityPath'])})" for one in cause["Services"]
        )
        for cause in causes
    ]


def faults(*documents: Json) -> list[str]:
    return ways(told(*documents)["FaultRootCauses"])


def status(code: int) -> Json:
    return {"http": {"response": {"status": code}}}


# What is responsible


def test_a_trace_without_failures_has_no_root_cause_of_any() -> None:
    causes = told(segment(subsegments=[subsegment(**CALL)]))
    assert (causes["FaultRootCauses"], causes["ErrorRootCauses"]) == ([], [])


def test_a_fault_comes_from_the_deepest_entity_that_is_faulty() -> None:
    shop = segment(**FAULT, subsegments=[subsegment(**CALL, **FAULT)])
    cart = segment(**CALLEE, **FAULT, subsegments=[subsegment(id="d" * 16, name="count", **FAULT)])
    (cause,) = told(cart, shop)["FaultRootCauses"]
    assert cause == {
        "ClientImpacting": True,
        "Services": [
            {
                **{"Name": "shop", "Names": ["shop"], "AccountId": ACCOUNT, "Inferred": False},
                "EntityPath": [
                    {"Name": "shop", "Remote": False, "Exceptions": []},
                    {"Name": "cart.test", "Remote": True, "Exceptions": []},
                ],
            },
            {
                **{"Name": "cart", "Names": ["cart"], "AccountId": ACCOUNT, "Inferred": False},
                "EntityPath": [
                    {"Name": "cart", "Remote": False, "Exceptions": []},
                    {"Name": "count", "Remote": False, "Exceptions": []},
                ],
            },
        ],
    }


def test_an_error_that_was_handled_downstream_is_not_a_root_cause_of_a_fault_at_the_entry() -> None:
    causes = told(segment(**FAULT, subsegments=[subsegment(**CALL, error=True)]))
    assert ways(causes["FaultRootCauses"]) == ["shop(shop)"]
    assert ways(causes["ErrorRootCauses"]) == ["shop(shop, cart.test) → cart.test(cart.test)"]
    assert [one["ClientImpacting"] for one in causes["ErrorRootCauses"]] == [False]


def test_a_fault_that_was_handled_is_a_root_cause_that_does_not_impact_the_client() -> None:
    (cause,) = told(segment(**status(200), subsegments=[subsegment(**CALL, **status(503))]))["FaultRootCauses"]
    assert not cause["ClientImpacting"]


def test_a_fault_that_a_callee_handled_does_not_impact_the_client_even_if_the_entry_fails_otherwise() -> None:
    shop = segment(**FAULT, subsegments=[subsegment(**CALL)])
    cart = segment(**CALLEE, subsegments=[subsegment(id="d" * 16, name="stock", namespace="remote", **FAULT)])
    causes = told(shop, cart)["FaultRootCauses"]
    assert [(way, one["ClientImpacting"]) for way, one in zip(ways(causes), causes, strict=True)] == [
        ("shop(shop)", True),
        ("shop(shop, cart.test) → cart(cart, stock) → stock(stock)", False),
    ]


def test_work_inside_a_service_that_is_not_marked_hides_no_fault_below_it() -> None:
    inner = subsegment(id="d" * 16, name="render", subsegments=[subsegment(**CALL, **FAULT)])
    (cause,) = told(segment(**FAULT, subsegments=[inner]))["FaultRootCauses"]
    assert ways([cause]) == ["shop(shop, render, cart.test) → cart.test(cart.test)"]
    assert cause["ClientImpacting"]


def test_a_call_that_failed_while_its_callee_did_not_is_responsible_itself() -> None:
    assert faults(segment(**FAULT, subsegments=[subsegment(**CALL, **FAULT)]), segment(**CALLEE)) == [
        "shop(shop, cart.test)"
    ]


def test_a_throttle_is_an_error_and_flags_win_over_the_status() -> None:
    causes = told(segment(**status(429)))
    assert (ways(causes["ErrorRootCauses"]), causes["FaultRootCauses"]) == (["shop(shop)"], [])
    assert faults(segment(**status(500), fault=False)) == []


def test_several_different_causes_are_told_and_equal_ones_once() -> None:
    retries = [subsegment(**CALL | {"id": f"{n:016x}"}, **FAULT) for n in range(1, 5)]
    other = subsegment(id="d" * 16, name="stock.test", namespace="remote", **FAULT)
    assert [way.rsplit(" ", 1)[1] for way in faults(segment(**FAULT, subsegments=[*retries, other]))] == [
        "cart.test(cart.test)",
        "stock.test(stock.test)",
    ]


def test_those_that_impact_the_client_come_first() -> None:
    early = segment(id="d" * 16, name="ping", start_time=NOW_S - 5, subsegments=[subsegment(**CALL, **FAULT)])
    causes = told(early, segment(**FAULT))["FaultRootCauses"]
    assert [one["ClientImpacting"] for one in causes] == [True, False]


def test_what_hangs_together_with_no_entry_is_left_out() -> None:
    assert faults(subsegment(parent_id="f" * 16, **FAULT)) == []
    assert faults(segment(parent_id=ROOT, **FAULT)) == []


def test_a_segment_whose_caller_never_came_is_an_entry() -> None:
    assert faults(segment(parent_id="f" * 16, **FAULT)) == ["shop(shop)"]


def test_a_fault_counts_while_its_segment_is_in_progress() -> None:
    assert faults(segment(in_progress=True, end_time=..., **FAULT)) == ["shop(shop)"]


# What a path tells


def test_subsegments_that_came_alone_are_on_the_path_like_those_inside() -> None:
    assert faults(segment(**FAULT), subsegment(**CALL, parent_id=ROOT, **FAULT), segment(**CALLEE, **FAULT)) == [
        "shop(shop, cart.test) → cart(cart)"
    ]


def test_a_segment_called_by_a_segment_itself_begins_a_service() -> None:
    lambda_ = segment(origin="AWS::Lambda", name="resize", **FAULT)
    function = segment(**CALLEE | {"parent_id": ROOT, "name": "resize"}, origin="AWS::Lambda::Function", **FAULT)
    (cause,) = told(function, lambda_)["FaultRootCauses"]
    assert [one["Type"] for one in cause["Services"]] == ["AWS::Lambda", "AWS::Lambda::Function"]


def test_a_call_to_what_sent_no_segment_ends_in_an_inferred_service() -> None:
    call = {"id": "b" * 16, "name": "dynamodb", "namespace": "aws", "aws": {"table_name": "carts"}}
    (cause,) = told(segment(subsegments=[subsegment(**call, **FAULT)]))["FaultRootCauses"]
    assert cause["Services"][1] == {
        **{"Name": "carts", "Names": ["carts"], "Type": "AWS::DynamoDB::Table", "Inferred": True},
        "EntityPath": [{"Name": "dynamodb", "Remote": False, "Exceptions": []}],
    }


def test_nothing_is_inferred_while_a_callee_will_send_its_own_segment() -> None:
    waiting = subsegment(**CALL, fault=True, http={"request": {"traced": True}})
    assert faults(segment(subsegments=[waiting])) == ["shop(shop, cart.test)"]


def test_an_entity_tells_its_exceptions_in_the_order_they_were_recorded() -> None:
    exceptions = [{"id": "1" * 16, "type": "Wrapped", "message": "no"}, {"type": "ShelfError"}, {"remote": True}]
    (cause,) = told(segment(**FAULT, cause={"exceptions": exceptions}))["FaultRootCauses"]
    assert cause["Services"][0]["EntityPath"][0]["Exceptions"] == [
        {"Name": "Wrapped", "Message": "no"},
        {"Name": "ShelfError"},
    ]


def test_an_exception_recorded_elsewhere_is_told_with_the_chain_that_caused_it() -> None:
    chain = [
        {"id": "1" * 16, "type": "Outer", "cause": "2" * 16},
        {"id": "3" * 16, "type": "Unrelated"},
        {"id": "2" * 16, "type": "Inner", "cause": "1" * 16},
    ]
    inner = subsegment(**CALL, **FAULT, cause={"exceptions": chain})
    (cause,) = told(segment(**FAULT, cause="1" * 16, subsegments=[inner]))["FaultRootCauses"]
    shop, call = cause["Services"][0]["EntityPath"]
    assert [one["Name"] for one in shop["Exceptions"]] == ["Outer", "Inner"]
    assert [one["Name"] for one in call["Exceptions"]] == ["Outer", "Unrelated", "Inner"]


def test_an_exception_that_nobody_recorded_is_none() -> None:
    (cause,) = told(segment(**FAULT, cause="1" * 16))["FaultRootCauses"]
    assert cause["Services"][0]["EntityPath"][0]["Exceptions"] == []


def test_paths_that_differ_in_an_exception_are_different_causes() -> None:
    calls = [
        subsegment(**CALL | {"id": f"{n:016x}"}, **FAULT, cause={"exceptions": [{"type": f"E{n % 2}"}]})
        for n in range(1, 5)
    ]
    assert len(faults(segment(**FAULT, subsegments=calls))) == 2


def test_a_document_that_was_also_embedded_is_one_entity() -> None:
    image = subsegment(**CALL)
    alone = subsegment(**CALL, parent_id=ROOT, **FAULT)
    assert len(faults(segment(subsegments=[image]), alone)) == 1


def test_a_summary_has_the_root_causes_it_is_given() -> None:
    shop = segment(origin="AWS::Lambda", **FAULT)
    causes = root_causes(stored(shop), ACCOUNT)
    summary = summarise(columns(shop), ACCOUNT, causes=causes)
    assert summary.fault_root_causes == causes.fault_root_causes
    assert summary.error_root_causes == []
    assert summary.response_time_root_causes == causes.response_time_root_causes
