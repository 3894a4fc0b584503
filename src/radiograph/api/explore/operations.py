"""THE TABLE of the console's own questions: the path each is posted to, what answers, and what one must be allowed.

None of them tells more than operations of X-Ray do: whoever may have those answered may ask these.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, get_type_hints

import msgspec

from radiograph.api.context import Context

from . import changes, exceptions, live, populations, sets, values

__all__ = ["LIVE", "QUESTIONS", "Question"]

Answer = Callable[[Any, Context], msgspec.Struct]


class Question(msgspec.Struct, frozen=True):
    """One row: what a question is called, who answers, and the operations of X-Ray that it needs."""

    name: str
    answer: Answer
    needs: tuple[str, ...]

    @property
    def path(self) -> str:
        """Give the path it is posted to."""
        return f"/console/api/{self.name}"

    @property
    def request(self) -> type[msgspec.Struct]:
        """Give what it takes: the answering function says so."""
        return _request(self.answer)


@cache
def _request(answer: Answer) -> type[msgspec.Struct]:
    request: type[msgspec.Struct] = get_type_hints(answer)["request"]
    return request


_SUMMARIES = ("GetTraceSummaries",)
_TRACES = ("GetTraceSummaries", "BatchGetTraces")
_GRAPH = ("GetServiceGraph",)
LIVE = Question("Live", live.live, _SUMMARIES)
_ROWS = (
    Question("Heatmap", values.heatmap, _SUMMARIES),
    Question("Breakdown", values.breakdown, _SUMMARIES),
    Question("Complete", values.complete, _SUMMARIES),
    Question("Explain", sets.explain, _TRACES),
    Question("Typical", populations.typical, _TRACES),
    Question("Operations", populations.operations, _SUMMARIES),
    Question("Exceptions", exceptions.exceptions, _TRACES),
    Question("Changes", changes.changes, _GRAPH),
    LIVE,
)

QUESTIONS = {question.path: question for question in _ROWS}
"""Questions by path; all are posted."""
