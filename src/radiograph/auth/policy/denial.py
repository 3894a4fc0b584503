"""The sentence with which a request is denied.

Source: IAM user guide, "Troubleshoot access denied error messages".
"""

from __future__ import annotations

from .evaluate import Decision, Layer, Request

__all__ = ["denial"]

_LAYERS: dict[Layer, tuple[str, str]] = {
    "identity": ("an", "identity-based policy"),
    "boundary": ("a", "permissions boundary"),
    "session": ("a", "session policy"),
    "resource": ("a", "resource-based policy"),
    "trust": ("the", "role trust policy"),
}


def denial(request: Request, decision: Decision) -> str:
    """Give what the caller is told: who may not do what to which resource, and which type of policy is to blame."""
    if request.principal.kind == "web identity":
        return f"Not authorized to perform {request.action}"
    what = f"User: {request.principal.arn} is not authorized to perform: {request.action}"
    if request.resource != "*":
        what += f" on resource: {request.resource}"
    if decision.layer is None:
        return what
    article, name = _LAYERS[decision.layer]
    if decision.outcome == "explicitDeny":
        return f"{what} with an explicit deny in {article} {name}"
    return f"{what} because no {name} allows the {request.action} action"
