"""X-Amzn-Trace-Id: ``Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1``."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

import msgspec

__all__ = ["Sampled", "TraceHeader", "is_extra"]

Sampled: TypeAlias = Literal["0", "1", "?"]
"""A decision, or the wish to be told of one in the answer."""

_LONGEST = 8192
_ROOT = re.compile(r"1-[0-9a-fA-F]{8}-[0-9a-fA-F]{24}")
_PARENT = re.compile(r"[0-9a-fA-F]{16}")
_KEY = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(r"[\x20-\x3a\x3c-\x7e]*")
_KNOWN = frozenset(("Root", "Parent", "Sampled", "Self"))
_DECISIONS: dict[str, Sampled] = {"0": "0", "1": "1", "?": "?"}


class TraceHeader(msgspec.Struct, frozen=True):
    """What the header says; ``extras`` are the fields nobody here knows, ``Lineage`` among them, in their order.

    Source: developer guide, "Tracing header"; the X-Ray SDKs.
    """

    root: str | None = None
    """The trace to join; None begins a new one."""
    parent: str | None = None
    """The segment or subsegment that calls."""
    sampled: Sampled | None = None
    """None leaves the decision to whoever is called."""
    extras: tuple[tuple[str, str], ...] = ()

    @classmethod
    def parse(cls, text: str | None) -> TraceHeader | None:
        """Give what a header says, or None when it is malformed: then there is none.

        ``Self``, which load balancers add, is left out. Spaces around fields are allowed, and empty fields; of a field
        that comes twice the last counts. A decision that is none of 0, 1 and ? is no decision. More than 8 KiB is no
        header.
        """
        if text is None or len(text) > _LONGEST:
            return None
        fields: dict[str, str] = {}
        for part in text.split(";"):
            if not (field := part.strip(" \t")):
                continue
            key, equals, value = field.partition("=")
            key, value = key.rstrip(" \t"), value.lstrip(" \t")
            if not equals or not (key in _KNOWN or is_extra(key, value)):
                return None
            fields[key] = value
        fields.pop("Self", None)
        root, parent = fields.pop("Root", "") or None, fields.pop("Parent", "") or None
        sampled = _DECISIONS.get(fields.pop("Sampled", ""))
        if (root is not None and not _ROOT.fullmatch(root)) or (parent is not None and not _PARENT.fullmatch(parent)):
            return None
        header = cls(root, parent, sampled, tuple(fields.items()))
        return header if header != cls() else None

    def format(self) -> str:
        """Give the header: Root, Parent, Sampled, then the extras in their order; no spaces."""
        known = (("Root", self.root), ("Parent", self.parent), ("Sampled", self.sampled))
        fields = [*((key, value) for key, value in known if value is not None), *self.extras]
        return ";".join(f"{key}={value}" for key, value in fields)

    @property
    def decided(self) -> bool | None:
        """The decision that must be obeyed; None leaves it to whoever reads this."""
        return {"0": False, "1": True}.get(self.sampled or "")

    @property
    def lineage(self) -> str | None:
        """What Lambda and others add to notice loops."""
        return dict(self.extras).get("Lineage")

    def onward(self, root: str, parent: str, sampled: bool) -> TraceHeader:
        """Give the header of a call made while serving this one: the caller's ids and decision, and the extras."""
        return TraceHeader(root, parent, "1" if sampled else "0", self.extras)

    def answer(self, root: str, sampled: bool) -> TraceHeader:
        """Give the header of the response: the trace, and the decision where it was asked for."""
        return TraceHeader(root, sampled=("1" if sampled else "0") if self.sampled == "?" else None)


def is_extra(key: str, value: str) -> bool:
    """Tell whether this can be one of a header's extras: a token, and printable ASCII without a semicolon."""
    return key not in _KNOWN and _KEY.fullmatch(key) is not None and _VALUE.fullmatch(value) is not None
