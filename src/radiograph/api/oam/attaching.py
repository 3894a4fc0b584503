"""Whether an account may attach to a sink: the caller needs its own account's leave, and the sink's.

Source: CloudWatch user guide, "Link monitoring accounts with source accounts", for the permissions; PutSinkPolicy, for
the condition key.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from radiograph.api.context import Context
from radiograph.auth.caller import authorize
from radiograph.auth.policy import Policy, ask, compile_policy, denial, evaluate, read_policy
from radiograph.errors import AccessDenied
from radiograph.model.sharing import Sink

from .arns import Arn
from .errors import InvalidParameter

__all__ = ["check_types", "permit_attaching"]

_TYPES, _KEY = "oam:ResourceTypes", "Link"
_SERVICES = {
    "AWS::CloudWatch::Metric": "cloudwatch",
    "AWS::Logs::LogGroup": "logs",
    "AWS::XRay::Trace": "xray",
    "AWS::ApplicationInsights::Application": "applicationinsights",
    "AWS::InternetMonitor::Monitor": "internetmonitor",
    "AWS::ApplicationSignals::Service": "application-signals",
    "AWS::ApplicationSignals::ServiceLevelObjective": "application-signals",
}
"""Whose leave to ``Link`` each type takes."""


def check_types(types: Sequence[str]) -> list[str]:
    """Give types of resources, each once, in the order they were given.

    Raises: InvalidParameterException when one comes twice.
    """
    if len(set(types)) < len(types):
        raise InvalidParameter("ResourceTypes has a type twice; each once is accepted")
    return list(types)


def permit_attaching(operation: str, ctx: Context, arn: Arn, sink: Sink | None, types: Sequence[str]) -> None:
    """Return when the caller may link its account to a sink, sharing these types.

    Who has no leave hears the same of a sink that is not there: whether it is, is not everybody's to know.

    Raises: AccessDeniedException.
    """
    for service in sorted({_SERVICES[type_] for type_ in types}):
        authorize(ctx.caller, f"{service}:{_KEY}", "*", ctx.account, ctx.facts)
    facts = replace(ctx.facts, more={_TYPES: tuple(types)})
    request = ask(ctx.caller.principal, f"oam:{operation}", arn.text, arn.account, facts)
    policies: tuple[Policy, ...] = ()
    if sink is not None and sink.policy is not None:
        policies = (compile_policy(read_policy(sink.policy, "resource"), "SinkPolicy", "resource"),)
    decision = evaluate(request, replace(ctx.caller.attached, resource=policies))
    if not decision.allowed:
        raise AccessDenied(denial(request, decision))
