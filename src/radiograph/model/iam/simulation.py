"""What policies would decide."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, field

from radiograph.model.iam.base import Model, Request
from radiograph.model.iam.ids import (
    ActionName,
    Arn,
    ContextKeyName,
    ContextKeyType,
    Marker,
    MaxItems,
    PolicyDocument,
    PolicyName,
    ResourceHandlingOption,
    ResourceName,
)

__all__ = [
    "ContextEntry",
    "EvaluationResult",
    "GetContextKeysForCustomPolicyRequest",
    "GetContextKeysForPolicyResponse",
    "GetContextKeysForPrincipalPolicyRequest",
    "InlinePolicyIdentifierType",
    "OrderedOrganizationPolicyType",
    "PermissionsBoundaryDecisionDetail",
    "PolicyIdentifier",
    "Position",
    "ResourceSpecificResult",
    "SimulateCustomPolicyRequest",
    "SimulatePolicyResponse",
    "SimulatePrincipalPolicyRequest",
    "Statement",
]


class InlinePolicyIdentifierType(Request, frozen=True, kw_only=True):
    """A policy that is part of a user, a group or a role."""

    policy_name: PolicyName
    attachment_type: Literal["user", "group", "role"]
    attachment_name: PolicyName


_PolicyType: TypeAlias = Literal["inline", "aws-managed", "user-managed", "permission-boundary", "scp", "rcp"]


class PolicyIdentifier(Request, frozen=True, kw_only=True):
    """A policy that a simulation shall leave out."""

    policy_type: _PolicyType | None = None
    policy_arn: Arn | None = None
    inline_policy_identifier: InlinePolicyIdentifierType | None = None


class ContextEntry(Request, frozen=True, kw_only=True):
    """A condition key and what a simulated request has under it."""

    context_key_name: ContextKeyName | None = None
    context_key_values: list[str] | None = None
    context_key_type: ContextKeyType | None = None


class SimulatePrincipalPolicyRequest(Request, frozen=True, kw_only=True):
    """What a user, a group or a role may do, with further policies if wanted."""

    policy_source_arn: Arn
    policy_input_list: list[PolicyDocument] | None = None
    permissions_boundary_policy_input_list: list[PolicyDocument] | None = None
    policy_exclusion_list: Annotated[list[PolicyIdentifier], Meta(max_length=256)] | None = None
    action_names: list[ActionName]
    resource_arns: list[ResourceName] | None = None
    resource_policy: PolicyDocument | None = None
    resource_owner: ResourceName | None = None
    caller_arn: ResourceName | None = None
    context_entries: list[ContextEntry] | None = None
    resource_handling_option: ResourceHandlingOption | None = None
    max_items: MaxItems | None = None
    marker: Marker | None = None


class Position(Model, frozen=True, kw_only=True):
    """A place in a document, from 1 on."""

    line: int | None = None
    column: int | None = None


class Statement(Model, frozen=True, kw_only=True):
    """A statement that decided, and the policy it is in."""

    source_policy_id: str | None = None
    source_policy_type: str | None = None
    start_position: Position | None = None
    end_position: Position | None = None


class PermissionsBoundaryDecisionDetail(Model, frozen=True, kw_only=True):
    """Whether the boundary lets it pass."""

    allowed_by_permissions_boundary: bool | None = None


class ResourceSpecificResult(Model, frozen=True, kw_only=True):
    """What came of it for one resource of several."""

    eval_resource_name: str
    eval_resource_decision: str
    matched_statements: list[Statement] = field(default_factory=list)
    missing_context_values: list[str] = field(default_factory=list)
    eval_decision_details: dict[str, str] | None = None
    permissions_boundary_decision_detail: PermissionsBoundaryDecisionDetail | None = None


class EvaluationResult(Model, frozen=True, kw_only=True):
    """What came of one action."""

    eval_action_name: str
    eval_resource_name: str | None = None
    eval_decision: str
    matched_statements: list[Statement] = field(default_factory=list)
    missing_context_values: list[str] = field(default_factory=list)
    permissions_boundary_decision_detail: PermissionsBoundaryDecisionDetail | None = None
    eval_decision_details: dict[str, str] | None = None
    resource_specific_results: list[ResourceSpecificResult] = field(default_factory=list)


class SimulatePolicyResponse(Model, frozen=True, kw_only=True):
    """A page of results, in the order of actions and resources."""

    evaluation_results: list[EvaluationResult] = field(default_factory=list)
    is_truncated: bool | None = None
    marker: str | None = None


class OrderedOrganizationPolicyType(Request, frozen=True, kw_only=True):
    """Policies of one level of an organisation."""

    service_control_policy_input_list: list[PolicyDocument] | None = None


_OrganizationPolicies: TypeAlias = Annotated[list[OrderedOrganizationPolicyType], Meta(max_length=7)]


class SimulateCustomPolicyRequest(Request, frozen=True, kw_only=True):
    """What policies would let somebody do who has these and no others."""

    policy_input_list: list[PolicyDocument]
    permissions_boundary_policy_input_list: list[PolicyDocument] | None = None
    ordered_organization_policy_input_list: (
        Annotated[list[OrderedOrganizationPolicyType], Meta(max_length=7)] | None
    ) = None
    action_names: list[ActionName]
    resource_arns: list[ResourceName] | None = None
    resource_policy: PolicyDocument | None = None
    resource_owner: ResourceName | None = None
    caller_arn: ResourceName | None = None
    context_entries: list[ContextEntry] | None = None
    resource_handling_option: ResourceHandlingOption | None = None
    max_items: MaxItems | None = None
    marker: Marker | None = None


class GetContextKeysForCustomPolicyRequest(Request, frozen=True, kw_only=True):
    """The policies to look through for condition keys."""

    policy_input_list: list[PolicyDocument]


class GetContextKeysForPolicyResponse(Model, frozen=True, kw_only=True):
    """The condition keys that were found."""

    context_key_names: list[str] = field(default_factory=list)


class GetContextKeysForPrincipalPolicyRequest(Request, frozen=True, kw_only=True):
    """The user, group or role whose policies to look through for condition keys."""

    policy_source_arn: Arn
    policy_input_list: list[PolicyDocument] | None = None
