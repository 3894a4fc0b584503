"""FilterExpression of a request: what traces have to satisfy, whichever operation asks."""

from __future__ import annotations

from radiograph.filters import Expression, of_first_annotations

from .context import Context
from .trace_groups import read_expression

__all__ = ["expression_of"]


def expression_of(text: str | None, ctx: Context) -> Expression | None:
    """Give the expression with every group replaced; None of an empty one.

    Raises: InvalidRequestException, with the column where it goes wrong.
    """
    if text is None or not text.strip():
        return None
    with ctx.settings.read(ctx.account) as kept:
        return of_first_annotations(read_expression(text, kept), ctx.quotas.annotations)
