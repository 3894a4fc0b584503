"""A reference page for each of X-Ray's operations, and their list."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from botocore import xform_name  # type: ignore[import-untyped]
from botocore.session import Session  # type: ignore[import-untyped]
from reference_structs import XRAY, Prose, prose, tables

from radiograph import errors
from radiograph.api.xray import OPERATIONS, Operation
from radiograph.api.xray.segments import put_trace_segments

__all__ = ["contents", "operation_page"]

_NOTE = "<!-- Written by tools/reference.py; what it says stands in the code. -->\n"
_ERROR = re.compile(r"\b[A-Z]\w+(?:Exception|Unavailable)\b")
_HEADERS = {"retry_after_s": "Retry-After"}
_EVERYWHERE = (
    errors.Serialization,
    errors.RequestTooLarge,
    errors.UnknownOperation,
    errors.Throttled,
    errors.ServiceUnavailable,
    errors.InternalFailure,
)
_INTRODUCTION = """\
# Reference

What a program may ask Radiograph: the operations of AWS X-Ray, each with its members, their types and limits, and its
errors; and [the filter language](filters.md), by which traces are found. These pages are made from the code.

An operation is posted to its path as JSON, and answers JSON:

```sh
curl http://127.0.0.1:2000/Groups -d '{}'
```

AWS's SDKs and its command line do that once they are told where: `--endpoint-url http://127.0.0.1:2000`, or the
variable `AWS_ENDPOINT_URL_XRAY`. A moment is seconds since 1970, fractions allowed; in a request it may also be a text
as ISO 8601 has it. Members that are not known are ignored; lists in answers are there even when they are empty.
"""


def contents() -> str:
    """Give the list of all pages."""
    lines = [_NOTE, _INTRODUCTION]
    families: dict[str, list[Operation]] = defaultdict(list)
    for operation in OPERATIONS.values():
        families[_family(operation)].append(operation)
    for family, operations in families.items():
        lines.append(f"## {family}\n\n| Operation | Answer |\n|---|---|")
        lines += [f"| [{one.name}]({one.name}.md) | {_told(one).caption} |" for one in operations]
        lines.append("")
    lines.append("## Errors\n\nBeside those that its page names, any operation may answer:\n")
    lines += [*_error_rows([error.code for error in _EVERYWHERE]), ""]
    return "\n".join(lines)


def operation_page(operation: Operation) -> str:
    """Give the page of an operation."""
    shape = XRAY.operation_model(operation.name)
    told = _told(operation)
    names = xform_name(operation.name), xform_name(operation.name, "-")
    lines = [
        _NOTE,
        f"# {operation.name}\n",
        f"{told.caption}\n",
        *(f"{one}\n" for one in told.body),
        f"`POST {operation.path}` · IAM action `{operation.action}` · boto3 `{names[0]}` · "
        f"AWS CLI `aws xray {names[1]}`{_paging(operation.name)}\n",
        "## Request\n",
        *tables(shape.input_shape.name),
        "## Answer\n",
        *tables(shape.output_shape.name),
        "## Errors\n",
        *_errors(operation, told),
        "Any operation may also answer [what every operation may](README.md#errors).",
        "",
    ]
    return "\n".join(lines)


def _family(operation: Operation) -> str:
    module = (operation.answer or put_trace_segments).__module__.rsplit(".", 1)[-1]
    return module.replace("_", " ").capitalize()


def _told(operation: Operation) -> Prose:
    told = prose((operation.answer or put_trace_segments).__doc__ or "")
    return told._replace(caption=told.caption.replace("Give ", "Gives ", 1))


@cache
def _paginators() -> frozenset[str]:
    loaded = Session().get_component("data_loader").load_service_model("xray", "paginators-1")
    return frozenset(loaded["pagination"])


def _paging(name: str) -> str:
    shape = XRAY.operation_model(name)
    if "NextToken" not in shape.input_shape.members:
        return ""
    return " · pages by `NextToken`" + ("" if name in _paginators() else ", for which SDKs have no paginator")


def _errors(operation: Operation, told: Prose) -> Iterator[str]:
    modelled = [shape.name for shape in XRAY.operation_model(operation.name).error_shapes]
    yield from _error_rows(list(dict.fromkeys([*modelled, *_ERROR.findall(told.raises)])))
    yield ""
    if _ERROR.sub("", told.raises).strip(" .,;"):
        yield f"More precisely: {told.raises}\n"


def _error_rows(codes: list[str]) -> Iterator[str]:
    every = (getattr(errors, name) for name in errors.__all__)
    known = {error.code: error for error in every if "code" in vars(error) and error is not errors.ApiError}
    known[errors.InternalFailure.code] = errors.InternalFailure
    yield "| Error | Status | Meaning |\n|---|---|---|"
    for code in codes:
        error = known[code]
        yield f"| `{code}` | {error.status} | {prose(error.__doc__ or '', _HEADERS).caption} |"
