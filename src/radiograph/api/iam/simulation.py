"""SimulatePrincipalPolicy · SimulateCustomPolicy: what policies would decide, and which statements would.

Nothing is done: whoever is simulated is asked for with no more known of the request than what it is told with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct

from radiograph.auth.policy import (
    Attached,
    Deciding,
    Decision,
    Facts,
    Policy,
    Principal,
    ask,
    context_of,
    evaluate,
    statement_spans,
    user,
)
from radiograph.auth.policy import Request as Asked
from radiograph.model.iam.simulation import (
    ContextEntry,
    EvaluationResult,
    PermissionsBoundaryDecisionDetail,
    Position,
    ResourceSpecificResult,
    SimulateCustomPolicyRequest,
    SimulatePolicyResponse,
    SimulatePrincipalPolicyRequest,
    Statement,
)

from .context import IamContext
from .documents import check_document, compiled
from .errors import InvalidInput
from .holdings import NamedPolicy
from .paging import cut_page
from .simulated import caller_named, holder_of

__all__ = ["simulate_custom_policy", "simulate_principal_policy"]

_ACTION = re.compile(r"[A-Za-z0-9-]+:[A-Za-z0-9*?]+")
_NOT_KNOWN = ("aws:securetransport", "aws:requestedregion", "aws:viaawsservice")
"""What depends on a request's way here, and a simulated one has none."""


class _Bench(Struct, frozen=True):
    """What is simulated with."""

    principal: Principal
    attached: Attached
    documents: dict[tuple[str, str], str]
    """By the names and the sources of their policies."""


def simulate_principal_policy(request: SimulatePrincipalPolicyRequest, ctx: IamContext) -> SimulatePolicyResponse:
    """Give what a user, group or role may do, for each action with each resource.

    Raises: NoSuchEntity, InvalidInput, MalformedPolicyDocument.
    """
    simulated = holder_of(request.policy_source_arn, ctx)
    held = _without(simulated.policies, request)
    principal = caller_named(request.caller_arn, ctx) if request.caller_arn is not None else simulated.principal
    extra = _given(request.policy_input_list, "PolicyInputList")
    bounds = _given(request.permissions_boundary_policy_input_list, "PermissionsBoundaryPolicyInputList")
    return _simulate(request, _bench(principal, [*held, *extra], bounds or simulated.boundary, request), ctx)


def simulate_custom_policy(request: SimulateCustomPolicyRequest, ctx: IamContext) -> SimulatePolicyResponse:
    """Give what these policies alone would let somebody do, for each action with each resource.

    Raises: InvalidInput, MalformedPolicyDocument.
    """
    if request.ordered_organization_policy_input_list:
        raise InvalidInput("OrderedOrganizationPolicyInputList is given; there are no organisations here, none is.")
    somebody = user(ctx.arn("user/simulated"), "AIDASIMULATED")
    principal = somebody if request.caller_arn is None else caller_named(request.caller_arn, ctx)
    given = _given(request.policy_input_list, "PolicyInputList")
    bounds = _given(request.permissions_boundary_policy_input_list, "PermissionsBoundaryPolicyInputList")
    return _simulate(request, _bench(principal, given, bounds, request), ctx)


def _bench(
    principal: Principal,
    policies: Sequence[NamedPolicy],
    bounds: Sequence[NamedPolicy],
    request: SimulatePrincipalPolicyRequest | SimulateCustomPolicyRequest,
) -> _Bench:
    if len(bounds) > 1:
        raise InvalidInput("PermissionsBoundaryPolicyInputList has more than one policy; one is accepted.")
    of_resource: tuple[Policy, ...] = ()
    documents = {(policy.name, policy.source): policy.document for policy in (*policies, *bounds)}
    if request.resource_policy is not None:
        check_document(request.resource_policy, "resource")
        of_resource = (compiled(request.resource_policy, "ResourcePolicy", "resource", "resource"),)
        documents["ResourcePolicy", "resource"] = request.resource_policy
    attached = Attached(
        identity=tuple(_ready(policies)), boundary=next(iter(_ready(bounds)), None), resource=of_resource
    )
    return _Bench(principal, attached, documents)


def _simulate(
    request: SimulatePrincipalPolicyRequest | SimulateCustomPolicyRequest, bench: _Bench, ctx: IamContext
) -> SimulatePolicyResponse:
    for action in request.action_names:
        if not _ACTION.fullmatch(action):
            raise InvalidInput(f"ActionNames has {action!r}; service:action is accepted.")
    pairs = [(action, resource) for action in request.action_names for resource in request.resource_arns or ["*"]]
    numbered = [(f"{number:08d}", *pair) for number, pair in enumerate(pairs)]
    page = cut_page(numbered, request.marker, request.max_items, lambda one: one[0])
    results = [_result(action, resource, request, bench, ctx) for _, action, resource in page.items]
    return SimulatePolicyResponse(evaluation_results=results, is_truncated=page.is_truncated, marker=page.marker)


def _result(action: str, resource: str, request: Any, bench: _Bench, ctx: IamContext) -> EvaluationResult:
    account = _owner(resource, request.resource_owner) or ctx.account
    known = ask(bench.principal, action, resource, account, Facts(now_s=ctx.now, region=ctx.facts.region)).context
    context = {key: value for key, value in known.items() if key not in _NOT_KNOWN}
    context |= context_of(_entries(request.context_entries or []))
    asked = Asked(principal=bench.principal, action=action, resource=resource, account=account, context=context)
    decision = evaluate(asked, bench.attached)
    statements = _statements(decision.statements, bench)
    missing = _missing(bench.attached, context)
    bounded = next((one.outcome == "allowed" for one in decision.verdicts if one.layer == "boundary"), None)
    detail = None if bounded is None else PermissionsBoundaryDecisionDetail(allowed_by_permissions_boundary=bounded)
    specific = ResourceSpecificResult(
        eval_resource_name=resource,
        eval_resource_decision=decision.outcome,
        matched_statements=statements,
        missing_context_values=missing,
        permissions_boundary_decision_detail=detail,
    )
    return EvaluationResult(
        eval_action_name=action,
        eval_resource_name=resource,
        eval_decision=decision.outcome,
        matched_statements=statements,
        missing_context_values=missing,
        permissions_boundary_decision_detail=detail,
        eval_decision_details=_by_layer(decision) if account != bench.principal.account else None,
        resource_specific_results=[specific] if request.resource_arns else [],
    )


def _by_layer(decision: Decision) -> dict[str, str]:
    """Give what each side said, where the resource is another account's."""
    names = {"identity": "IAM Policy", "resource": "Resource Policy"}
    return {names[one.layer]: one.outcome for one in decision.verdicts if one.layer in names}


def _statements(deciding: Iterable[Deciding], bench: _Bench) -> list[Statement]:
    found = []
    for one in deciding:
        span = statement_spans(bench.documents[one.policy, one.source])[one.index]
        found.append(
            Statement(
                source_policy_id=one.policy,
                source_policy_type=one.source,
                start_position=Position(line=span.start.line, column=span.start.column),
                end_position=Position(line=span.end.line, column=span.end.column),
            )
        )
    return found


def _missing(attached: Attached, context: Any) -> list[str]:
    """Give the condition keys that the policies ask for and the simulated request does not have."""
    bounds = () if attached.boundary is None else (attached.boundary,)
    asked = {key for policy in (*attached.identity, *bounds, *attached.resource) for key in policy.keys}
    return sorted(key for key in asked if key.lower() not in context)


def _entries(entries: Sequence[ContextEntry]) -> Iterable[tuple[str, str | tuple[str, ...]]]:
    for entry in entries:
        if entry.context_key_name is None or not entry.context_key_values:
            continue
        is_list = (entry.context_key_type or "string").endswith("List")
        values = tuple(entry.context_key_values)
        if not is_list and len(values) > 1:
            raise InvalidInput(
                f"{entry.context_key_name} has {len(values)} values; a type that ends in List takes them."
            )
        yield entry.context_key_name, values if is_list else values[0]


def _owner(resource: str, said: str | None) -> str | None:
    """Give the account that owns a resource: the one that is said, or the one in its ARN."""
    if said is not None:
        found = said if said.isdigit() else said.split(":")[4] if said.count(":") >= 5 else ""
        if not re.fullmatch(r"\d{12}", found, re.ASCII):
            raise InvalidInput(f"ResourceOwner is {said!r}; an account's 12 digits or the ARN of its root is accepted.")
        return found
    parts = resource.split(":", 5)
    return parts[4] if len(parts) == 6 and re.fullmatch(r"\d{12}", parts[4], re.ASCII) else None


def _given(documents: Sequence[str] | None, name: str) -> list[NamedPolicy]:
    found = [NamedPolicy(f"{name}.{number}", "none", text) for number, text in enumerate(documents or [], 1)]
    for policy in found:
        check_document(policy.document)
    return found


def _ready(policies: Iterable[NamedPolicy]) -> Iterable[Policy]:
    return (compiled(policy.document, policy.name, policy.source) for policy in policies)


def _without(policies: list[NamedPolicy], request: SimulatePrincipalPolicyRequest) -> list[NamedPolicy]:
    """Give the policies but those that the simulation shall leave out."""
    left_out: set[str] = set()
    for one in request.policy_exclusion_list or []:
        if one.policy_arn is not None:
            left_out.add(one.policy_arn)
        if (inline := one.inline_policy_identifier) is not None:
            left_out.add(f"{inline.attachment_type}_{inline.attachment_name}_{inline.policy_name}")
    return [policy for policy in policies if policy.arn not in left_out and policy.name not in left_out]
