"""IAM's policies: read once, made ready once, evaluated for every request; and the sentence of a denial.

``read_policy`` → ``compile_policy`` → ``evaluate(ask(…), Attached(…))`` → ``denial``.
"""

from .compiled import Deciding, Policy, Source, compile_policy
from .context import Facts, ask, context_of
from .denial import denial
from .document import Condition, Document, Effect, Principals, Statement, Version
from .evaluate import Attached, Decision, Layer, Outcome, Request, Verdict, evaluate, evaluate_trust
from .kinds import (
    MOST_GROUP_INLINE,
    MOST_MANAGED,
    MOST_RESOURCE_BYTES,
    MOST_ROLE_INLINE,
    MOST_SESSION,
    MOST_TRUST,
    MOST_USER_INLINE,
    Kind,
    counted,
)
from .positions import Position, Span, statement_spans
from .principal import (
    Grant,
    Principal,
    PrincipalKind,
    Tags,
    anonymous,
    assumed_role,
    federated_user,
    root,
    service,
    user,
    web_identity,
)
from .read import read_policy
from .variables import Context

__all__ = [
    "MOST_GROUP_INLINE",
    "MOST_MANAGED",
    "MOST_RESOURCE_BYTES",
    "MOST_ROLE_INLINE",
    "MOST_SESSION",
    "MOST_TRUST",
    "MOST_USER_INLINE",
    "Attached",
    "Condition",
    "Context",
    "Deciding",
    "Decision",
    "Document",
    "Effect",
    "Facts",
    "Grant",
    "Kind",
    "Layer",
    "Outcome",
    "Policy",
    "Position",
    "Principal",
    "PrincipalKind",
    "Principals",
    "Request",
    "Source",
    "Span",
    "Statement",
    "Tags",
    "Verdict",
    "Version",
    "anonymous",
    "ask",
    "assumed_role",
    "compile_policy",
    "context_of",
    "counted",
    "denial",
    "evaluate",
    "evaluate_trust",
    "federated_user",
    "read_policy",
    "root",
    "service",
    "statement_spans",
    "user",
    "web_identity",
]
