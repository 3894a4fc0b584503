"""THE TABLE of KMS, and its answers: target → request → call → JSON. Blocks, and never raises.

Source: botocore's service model of KMS, 2014-11-01. What uses keys (Encrypt, GenerateDataKey …) is not here: they are
for documents alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from radiograph.api.asked import Asked
from radiograph.api.context import Context
from radiograph.api.edge import failed
from radiograph.api.seen import Seen
from radiograph.asgi import Headers
from radiograph.errors import InvalidRequest, Serialization, UnknownOperation
from radiograph.model import kms
from radiograph.wire import decode, encode
from radiograph.wire.json_rpc import CONTENT_TYPE, error_response

from . import aliases, keys
from .errors import Invalid

__all__ = ["TABLE", "TARGET", "KmsApi"]

TARGET = "TrentService."
"""What the header X-Amz-Target of a request of KMS begins with."""

TABLE: dict[str, tuple[type[msgspec.Struct], Callable[[Any, Context], msgspec.Struct]]] = {
    "CreateKey": (kms.CreateKeyRequest, keys.create_key),
    "DescribeKey": (kms.KeyRequest, keys.describe_key),
    "ListKeys": (kms.ListKeysRequest, keys.list_keys),
    "EnableKey": (kms.KeyRequest, keys.enable_key),
    "DisableKey": (kms.KeyRequest, keys.disable_key),
    "ScheduleKeyDeletion": (kms.ScheduleKeyDeletionRequest, keys.schedule_key_deletion),
    "CancelKeyDeletion": (kms.KeyRequest, keys.cancel_key_deletion),
    "CreateAlias": (kms.AliasRequest, aliases.create_alias),
    "UpdateAlias": (kms.AliasRequest, aliases.update_alias),
    "DeleteAlias": (kms.DeleteAliasRequest, aliases.delete_alias),
    "ListAliases": (kms.ListAliasesRequest, aliases.list_aliases),
}


class KmsApi:
    """KMS, as one endpoint."""

    def answer(self, asked: Asked, ctx: Context, seen: Seen) -> tuple[int, Headers, bytes]:
        """Give status, headers and body of the answer to ``seen.operation``; never raises."""
        request_id = asked.request_id
        try:
            found = TABLE.get(seen.operation)
            if found is None:
                target = asked.header(b"x-amz-target") or ""
                raise UnknownOperation(f"there is no operation {target[:80]!r}; {', '.join(TABLE)} are accepted")
            request, call = found
            ctx.rates.take(f"{TARGET}{seen.operation}")
            seen.request = _decoded(request, asked.body)
            seen.ready()
            told = seen.result = call(seen.request, ctx)
            return 200, [CONTENT_TYPE, (b"x-amzn-RequestId", request_id.encode())], encode(told)
        except Exception as error:  # the edge: whatever went wrong, the caller gets a well-formed answer
            return error_response(failed(error, request_id, seen, ctx.counters), request_id)


def _decoded(type_: type[msgspec.Struct], body: bytes) -> msgspec.Struct:
    try:
        return decode(type_, body)
    except Serialization:
        raise
    except InvalidRequest as error:
        raise Invalid(error.message) from error
