"""Stored documents as clean JSON objects, and where their calls lead: what a filter expression is evaluated on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from radiograph.model.document import ApiCall
from radiograph.model.rows import StoredDocument

from .clean import clean
from .derive import inferred_node

__all__ = ["opened", "sources_of"]

_decode = msgspec.json.Decoder().decode


def opened(documents: Sequence[StoredDocument]) -> tuple[list[dict[str, Any]], dict[str, tuple[str, str]]]:
    """Give the documents, without what does not follow the schema; and by the id of every call to something outside,
    in lower case, the (name, type) of the node it calls.
    """
    found = [clean(_decode(one.document)) for one in documents]
    callees: dict[str, tuple[str, str]] = {}
    stack = list(found)
    while stack:
        entity = stack.pop()
        stack += entity.get("subsegments", ())
        namespace = entity.get("namespace")
        if namespace in ("aws", "remote"):
            aws = msgspec.convert(entity["aws"], ApiCall) if namespace == "aws" and "aws" in entity else None
            node = inferred_node(entity["name"], namespace, aws, bool(entity.get("sql")))
            if node is not None:
                callees[entity["id"].lower()] = node
    return found, callees


def sources_of(documents: Sequence[StoredDocument]) -> dict[str, str]:
    """Give which account shares a document, by the document's id in lower case; nothing of the account's own."""
    return {f"{one.id:016x}": one.source for one in documents if one.source}
