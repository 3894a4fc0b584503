"""Events as CSV: a line each, that no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import msgspec

from radiograph.api.cloudtrail.lookup import username
from radiograph.audit import Found

__all__ = ["HEADINGS", "csv_cells", "csv_line"]

HEADINGS = (
    *("eventTime", "recipientAccountId", "userType", "userName", "arn", "accessKeyId", "eventSource", "eventName"),
    *("readOnly", "sourceIPAddress", "userAgent", "errorCode", "errorMessage", "requestParameters", "requestID"),
    "eventID",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_cells(found: Found) -> list[str]:
    """Give an event's cells, in the order of the headings."""
    record, identity = found.record, found.record.user_identity
    asked = record.request_parameters
    cells = (
        *(record.event_time, record.recipient_account_id, identity.type, username(record), identity.arn),
        *(identity.access_key_id, record.event_source, record.event_name, str(record.read_only).lower()),
        *(record.source_ip_address, record.user_agent, record.error_code, record.error_message),
        *("" if asked is None else msgspec.json.encode(asked).decode(), record.request_id, record.event_id),
    )
    return [_safe(one) if isinstance(one, str) else "" for one in cells]


def csv_line(cells: Sequence[str]) -> bytes:
    """Give a line, its end included."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue().encode()


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
