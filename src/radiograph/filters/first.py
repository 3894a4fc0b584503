"""An expression that knows only the first annotations of a trace, as where no more are indexed."""

from __future__ import annotations

from msgspec import structs

from .tree import And, Annotation, Compare, Expression, Not, Or, Present

__all__ = ["of_first_annotations"]


def of_first_annotations(expression: Expression, most: int) -> Expression:
    """Give the expression asked of each trace's first ``most`` annotations; of all where that is 0.

    Source: AWS X-Ray quotas, "indexed annotations per trace".
    """
    if not most:
        return expression
    match expression:
        case And(terms) | Or(terms):
            return structs.replace(expression, terms=tuple(of_first_annotations(term, most) for term in terms))
        case Not(term):
            return structs.replace(expression, term=of_first_annotations(term, most))
        case Present(Annotation(key)) | Compare(Annotation(key)):
            return structs.replace(expression, subject=Annotation(key, most))
    # Everything else has only blocks, where no annotation can stand.
    return expression
