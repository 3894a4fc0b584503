"""Whether a request is allowed, and which statements decide it.

::

    any Deny applies, in whatever policy                          → explicitDeny
    the resource's policy means who asks by name, in its account  → allowed
    identity ∧ boundary ∧ session policies allow                  → allowed in its own account;
                                                                    in another one if the resource's policy does too
    otherwise                                                     → implicitDeny

A role's trust policy is the policy of a resource that always has to allow. The root user has no policies and all rights
in its account.

Source: IAM user guide, "Policy evaluation logic" and "Cross-account policy evaluation logic".
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

from .compiled import Deciding, Policy
from .principal import Grant, Principal
from .variables import Context

__all__ = ["Attached", "Decision", "Layer", "Outcome", "Request", "Verdict", "evaluate", "evaluate_trust"]

Outcome: TypeAlias = Literal["allowed", "explicitDeny", "implicitDeny"]
Layer: TypeAlias = Literal["identity", "boundary", "session", "resource", "trust"]


class Request(Struct, frozen=True, kw_only=True):
    """What is asked: ``account`` is the one that owns the resource; keys of ``context`` are in lower case."""

    principal: Principal
    action: str
    resource: str = "*"
    account: str
    context: Context


class Attached(Struct, frozen=True, kw_only=True):
    """The policies that are to be heard; None is what there is not, and an empty tuple allows nothing."""

    identity: tuple[Policy, ...] = ()
    """Of the user and its groups, or of the role."""
    boundary: Policy | None = None
    session: tuple[Policy, ...] | None = None
    """What was passed with AssumeRole: each allows, all of them limit."""
    resource: tuple[Policy, ...] = ()


class Verdict(Struct, frozen=True):
    """What one layer says by itself, and the statements it says it for."""

    layer: Layer
    outcome: Outcome
    statements: tuple[Deciding, ...]
    grant: Grant = Grant.NONE
    """Of the policies of a resource: how near they mean who asks."""


class Decision(Struct, frozen=True):
    """The answer; of a denial, the layer to blame first; of each layer that was heard, its verdict."""

    outcome: Outcome
    layer: Layer | None
    verdicts: tuple[Verdict, ...]

    @property
    def allowed(self) -> bool:
        """Whether the request may go on."""
        return self.outcome == "allowed"

    @property
    def statements(self) -> tuple[Deciding, ...]:
        """The statements that decided: of a denial those that deny, else those that allow."""
        return tuple(one for verdict in self.verdicts if verdict.outcome == self.outcome for one in verdict.statements)


def evaluate(request: Request, attached: Attached) -> Decision:
    """Give the decision on a request. To assume a role, ask :func:`evaluate_trust`."""
    heard = _own_verdicts(request, attached)
    heard.append(_resource_verdict("resource", attached.resource, request, attached))
    return _decide(request, heard)


def evaluate_trust(request: Request, attached: Attached, trust: Policy) -> Decision:
    """Give the decision on assuming the role that is the request's resource, by its trust policy and all others."""
    heard = _own_verdicts(request, attached)
    heard.append(_resource_verdict("trust", (trust,), request, attached))
    return _decide(request, heard)


def _own_verdicts(request: Request, attached: Attached) -> list[Verdict]:
    """What the policies of who asks say; only users and sessions have any."""
    if request.principal.kind not in ("user", "role session", "federated user"):
        return []
    heard = [_verdict("identity", attached.identity, request)]
    if attached.boundary is not None:
        heard.append(_verdict("boundary", (attached.boundary,), request))
    if attached.session is not None:
        heard.append(_verdict("session", attached.session, request))
    elif request.principal.kind == "federated user":
        heard.append(Verdict("session", "implicitDeny", ()))
    return heard


def _verdict(layer: Layer, policies: tuple[Policy, ...], request: Request) -> Verdict:
    action, resource, context = request.action, request.resource, request.context
    denying: tuple[Deciding, ...] = ()
    allowing: tuple[Deciding, ...] = ()
    for policy in policies:
        for statement in policy.about(action):
            if statement.applies(resource, context):
                if statement.effect == "Deny":
                    denying += (statement.deciding,)
                else:
                    allowing += (statement.deciding,)
    return _said(layer, denying, allowing)


def _resource_verdict(layer: Layer, policies: tuple[Policy, ...], request: Request, attached: Attached) -> Verdict:
    action, resource, context = request.action, request.resource, request.context
    bounded, nearest = attached.boundary is not None, Grant.NONE
    denying: tuple[Deciding, ...] = ()
    allowing: tuple[Deciding, ...] = ()
    for policy in policies:
        for statement in policy.about(action):
            grant = statement.names(request.principal, bounded) if statement.names is not None else Grant.NONE
            if grant and statement.applies(resource, context):
                if statement.effect == "Deny":
                    denying += (statement.deciding,)
                else:
                    allowing += (statement.deciding,)
                    nearest = max(nearest, grant)
    return _said(layer, denying, allowing, nearest)


def _said(
    layer: Layer, denying: tuple[Deciding, ...], allowing: tuple[Deciding, ...], grant: Grant = Grant.NONE
) -> Verdict:
    if denying:
        return Verdict(layer, "explicitDeny", denying)
    return Verdict(layer, "allowed", allowing, grant) if allowing else Verdict(layer, "implicitDeny", ())


def _decide(request: Request, heard: list[Verdict]) -> Decision:
    verdicts = tuple(heard)
    for verdict in verdicts:
        if verdict.outcome == "explicitDeny":
            return Decision("explicitDeny", verdict.layer, verdicts)
    layer = _missing(request, {verdict.layer: verdict for verdict in verdicts}, verdicts[-1])
    return Decision("allowed" if layer is None else "implicitDeny", layer, verdicts)


def _missing(request: Request, heard: dict[Layer, Verdict], gate: Verdict) -> Layer | None:
    """Give the layer whose leave is missing; None when none is."""
    principal = request.principal
    if principal.kind in ("service", "web identity", "anonymous"):
        return None if gate.grant else gate.layer
    at_home, trusting = principal.account == request.account, gate.layer == "trust"
    if at_home and gate.grant is Grant.DIRECT:
        return None
    limits: list[Layer] = ["boundary", "session"]
    if not (at_home and gate.grant is Grant.ENTITY):
        limits.insert(0, "identity")
    for layer in limits:
        if layer in heard and heard[layer].outcome != "allowed":
            return layer
    return gate.layer if (trusting or not at_home) and not gate.grant else None
