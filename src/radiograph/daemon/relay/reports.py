"""Once a minute: what was counted, to the log and as telemetry records to X-Ray."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping

import msgspec

from radiograph.clock import Clock
from radiograph.model.segments import PutTelemetryRecordsRequest
from radiograph.telemetry import log

from .metadata import Ec2Metadata
from .service import JSON, Service
from .tally import Tally, kind_of_error

__all__ = ["Reports", "Whoami", "who_am_i"]

_EVERY_S = 60.0
_MOST_RECORDS = 10
_TIMEOUT_S, _TIMEOUT_AT_END_S = 10.0, 2.0
_PATH = "/TelemetryRecords"


class Whoami(msgspec.Struct, frozen=True):
    """What telemetry records say of the machine; empty where nothing is known."""

    instance_id: str = ""
    hostname: str = ""
    resource_arn: str = ""


def who_am_i(resource_arn: str, environment: Mapping[str, str], metadata: Ec2Metadata | None) -> Whoami:
    """Give what the environment says, else what EC2's metadata service does, when it may be asked.

    Source: aws-xray-daemon, "telemetry"; the service model's limits of length.
    """

    def found(variable: str, path: str) -> str:
        return environment.get(variable) or (metadata.get(path) if metadata is not None else "")

    return Whoami(
        found("AWS_INSTANCE_ID", "instance-id")[:20], found("AWS_HOSTNAME", "hostname")[:255], resource_arn[:500]
    )


class Reports:
    """Closes minutes and reports them; what cannot be reported is kept for the next time."""

    def __init__(
        self,
        service: Service,
        tally: Tally,
        whoami: Callable[[], Whoami],
        behind: Callable[[], int],
        kernel_drops: Callable[[], int],
        clock: Clock,
    ) -> None:
        self._service, self._tally, self._ask_who, self._clock = service, tally, whoami, clock
        self._behind, self._kernel_drops = behind, kernel_drops
        self._dropped = 0
        self._whoami: Whoami | None = None
        self._connection = service.connection()

    def start(self) -> None:
        """Begin to count minutes."""
        self._running = asyncio.create_task(self._run())

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(_EVERY_S)
            try:
                self.close_minute()
                await self.send(_TIMEOUT_S)
            except Exception:  # the edge: one minute's trouble is not the next one's
                log.exception("a minute could not be reported")

    def close_minute(self) -> None:
        """Close the minute: to the log, and into a record."""
        drops = self._kernel_drops()
        if drops > self._dropped:
            lost, self._dropped = drops - self._dropped, drops
            self._tally.add("received", lost)
            self._tally.add("spillover", lost)
            log.warning("%d datagrams are lost: the kernel's receive buffer was full (see net.core.rmem_max)", lost)
        counts = self._tally.close_minute(self._clock())
        if counts:
            log.info("%s; %d wait on disk", _in_words(counts), self._behind())

    async def send(self, timeout_s: float) -> None:
        """Report the records there are."""
        if self._whoami is None:
            self._whoami = await asyncio.to_thread(self._ask_who)
        who = self._whoami
        while records := self._tally.take_records(_MOST_RECORDS):
            body = msgspec.json.encode(
                PutTelemetryRecordsRequest(
                    telemetry_records=records,
                    ec2_instance_id=who.instance_id,
                    hostname=who.hostname,
                    resource_arn=who.resource_arn,
                )
            )
            try:
                reply = await self._service.post(self._connection, _PATH, JSON, body, timeout_s)
            except OSError as error:
                self._tally.add(kind_of_error(error))
                self._tally.give_back(records)
                log.debug("%d telemetry records wait: %s", len(records), error)
                return
            if reply.status != 200:
                self._tally.add("5xx" if reply.status >= 500 else "4xx")
                self._tally.give_back(records)
                log.debug("%d telemetry records wait: %d", len(records), reply.status)
                return
            log.debug("%d telemetry records are sent", len(records))

    async def stop(self, reachable: bool) -> None:
        """Close the last minute; report it when the service was ``reachable`` a moment ago."""
        self._running.cancel()
        await asyncio.gather(self._running, return_exceptions=True)
        self.close_minute()
        if reachable:
            await self.send(_TIMEOUT_AT_END_S)
        self._connection.close()


def _in_words(counts: Counter[str]) -> str:
    told = [f"{name} {counts[name]}" for name in ("received", "sent", "rejected", "spillover")]
    errors = [f"{name} {count}" for name, count in sorted(counts.items()) if name in _ERRORS]
    return f"segments: {', '.join(told)}" + (f"; failed requests: {', '.join(errors)}" if errors else "")


_ERRORS = ("timeout", "refused", "4xx", "5xx", "unknown_host", "other")
