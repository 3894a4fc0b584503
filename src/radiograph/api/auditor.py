"""The auditor: tells the trail of what was asked, by whom, and what became of it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import UNSET

from radiograph.audit import Kind, Record, Trail, parameters, shown
from radiograph.audit.record import TlsDetails, UserIdentity, stamp
from radiograph.auth.caller import Caller
from radiograph.auth.refusals import Refusal
from radiograph.clock import Clock
from radiograph.errors import AccessDenied, ApiError, InternalFailure
from radiograph.model.sts import AssumeRoleWithWebIdentityResponse
from radiograph.wire.query_xml import error_code

from .asked import Asked
from .audit_events import changes, is_data, is_ingest, source_of, waits
from .audit_identity import claimed_key, identity_of, unproven, web_identity_user
from .calls import QUERY, call_of
from .seen import Seen

__all__ = ["AccountOf", "Auditor", "OwnerOf"]

AccountOf = Callable[[str], str | None]
"""From an access key to its account, or None. Raises: ServiceUnavailable."""

OwnerOf = Callable[[str], Caller]
"""From a login to whose it is. Raises: Refusal, ServiceUnavailable."""

_LONGEST_HEADER, _LONGEST_MESSAGE = 1024, 2048
_NO_OPERATION = "UnknownOperation"
"""Told of whoever is refused at a path where nothing is."""


class Auditor:
    """One process's: of requests to the trail. Safe to use from several threads."""

    def __init__(
        self,
        trail: Trail,
        account: str,
        region: str,
        clock: Clock,
        account_of: AccountOf,
        owner_of: OwnerOf,
        data: str = "off",
    ) -> None:
        """Take ``account`` for whoever tries with no key of ours; ``data`` says which of X-Ray's reads and of what is
        sent are told of: "off", "reads", or "all".
        """
        self._trail, self._account, self._region, self._clock = trail, account, region, clock
        self._account_of, self._owner_of, self._data = account_of, owner_of, data

    def begin(self, asked: Asked) -> Seen:
        """Give what is seen of a request so far."""
        service, operation = call_of(asked)
        seen = Seen(service, operation)
        if waits(service, operation):
            seen.ready = self._trail.check
        return seen

    def tell(self, asked: Asked, seen: Seen) -> None:
        """Tell of a request that was decided; of a change that was made, return once that is on stable storage.

        Raises: ServiceUnavailable when that cannot be.
        """
        error = seen.error
        if not seen.operation:
            if not isinstance(error, ApiError) or not _is_refusal(error):
                return
            seen.service, seen.operation = seen.service or "xray", _NO_OPERATION
        is_proven = seen.caller is not None and seen.caller.principal.kind != "anonymous"
        if isinstance(error, ApiError) and error.status < 500 and (_is_refusal(error) or not is_proven):
            identity, account = self._who(asked, seen)
            kind = Kind(account, is_proven, source_of(seen.service), _code(error, seen.service))
            self._trail.refuse(kind, asked.source_ip or "", lambda: self._record(asked, seen, identity, account))
        elif self._is_wanted(seen) and (is_proven or error is None):
            self._write(self._record(asked, seen, *self._who(asked, seen)), seen)

    def _is_wanted(self, seen: Seen) -> bool:
        if changes(seen.service, seen.operation):
            return True
        if seen.service != "xray":
            return seen.service != "radiograph"
        return self._data == "all" or (self._data == "reads" and not is_ingest(seen.service, seen.operation))

    def _write(self, record: Record, seen: Seen) -> None:
        if seen.error is not None or not waits(seen.service, seen.operation):
            self._trail.note(record)
            return
        caller = seen.caller
        shared = caller is not None and seen.account not in ("", record.recipient_account_id)
        if shared:
            record = msgspec.structs.replace(record, shared_event_id=str(uuid.uuid4()))
            self._trail.note(
                msgspec.structs.replace(record, event_id=str(uuid.uuid4()), recipient_account_id=seen.account)
            )
        self._trail.write(record)

    def _record(self, asked: Asked, seen: Seen, identity: UserIdentity, account: str) -> Record:
        service, operation, error = seen.service, seen.operation, seen.error
        is_read = not changes(service, operation) and operation not in ("PutTraceSegments", "PutSpans")
        is_moment = service in QUERY
        result = None if is_read and service != "sts" else parameters(seen.result, floats_are_moments=is_moment)
        return Record(
            user_identity=identity,
            event_time=stamp(self._clock()),
            event_source=source_of(service),
            event_name=operation,
            aws_region=self._region,
            source_ip_address=shown(asked.source_ip or "", _LONGEST_HEADER),
            user_agent=shown(asked.header(b"user-agent") or "", _LONGEST_HEADER),
            error_code=UNSET if error is None else _code(error, service),
            error_message=UNSET if error is None else _message(error),
            request_parameters=parameters(seen.request, floats_are_moments=is_moment),
            response_elements=result if service != "signin" else {operation: "Failure" if error else "Success"},
            additional_event_data=_further(asked, service, operation),
            request_id=asked.request_id or UNSET,
            event_id=str(uuid.uuid4()),
            read_only=is_read,
            event_type="AwsConsoleSignIn" if service == "signin" else "AwsApiCall",
            management_event=not is_data(service, operation),
            recipient_account_id=account,
            event_category="Data" if is_data(service, operation) else "Management",
            tls_details=TlsDetails(client_provided_host_header=shown(asked.header(b"host") or "", _LONGEST_HEADER))
            if asked.is_tls
            else UNSET,
            session_credential_from_console="true" if asked.login and service != "signin" else UNSET,
        )

    def _who(self, asked: Asked, seen: Seen) -> tuple[UserIdentity, str]:
        """Give who asked, and the account that is to know."""
        caller, told = seen.caller, seen.result
        if isinstance(told, AssumeRoleWithWebIdentityResponse):
            return web_identity_user(told), seen.account or self._account
        if caller is not None and caller.principal.kind != "anonymous":
            return identity_of(caller), caller.account
        key = claimed_key(asked)
        account = self._of_key(key) if key else None
        return unproven(key, account), account or seen.account or self._account

    def _of_key(self, key: str) -> str | None:
        try:
            return self._account_of(key)
        except ApiError:
            return None

    def signed_in(self, asked: Asked, error: ApiError | None) -> None:
        """Tell of a login, before it counts; ``asked.login`` is whose it is, or the access key that was given in vain.

        Raises: ServiceUnavailable when it cannot be told of.
        """
        caller = self._owner_of(asked.login) if error is None else None
        self.tell(asked, Seen("signin", "ConsoleLogin", caller=caller, error=error))

    def changed_password(self, asked: Asked) -> None:
        """Tell that whoever ``asked.login`` is of has chosen another password on the way in.

        Raises: ServiceUnavailable when it cannot be told of.
        """
        self.tell(asked, Seen("iam", "ChangePassword", caller=self._owner_of(asked.login)))

    def signed_out(self, asked: Asked) -> None:
        """Tell of a logout of whoever ``asked.login`` is of.

        Raises: ServiceUnavailable when it cannot be told of.
        """
        try:
            caller = self._owner_of(asked.login)
        except ApiError:
            caller = None  # the key is not there any more
        self.tell(asked, Seen("signin", "ConsoleLogout", caller=caller))


def _is_refusal(error: ApiError) -> bool:
    return isinstance(error, Refusal | AccessDenied)


def _code(error: Exception, service: str) -> str:
    if not isinstance(error, ApiError):
        return InternalFailure.code
    return error_code(error) if service in QUERY else error.code


def _message(error: Exception) -> str:
    return shown(error.message if isinstance(error, ApiError) else "the server failed", _LONGEST_MESSAGE)


def _further(asked: Asked, service: str, operation: str) -> Any:
    if service == "signin":
        return {"MobileVersion": "No", "MFAUsed": "No"}
    if service == "xray" and operation in ("PutTraceSegments", "PutSpans"):
        return {"bytesTransferredIn": len(asked.body)}
    return UNSET
