"""The audit, assembled: each process has a chain of its own, and tells of what it decided."""

from __future__ import annotations

from msgspec.structs import replace

from radiograph.api.audit_events import source_of
from radiograph.api.auditor import Auditor
from radiograph.audit import Trail, TrailLimits, chain_directory
from radiograph.audit.record import SharedResource, own_record
from radiograph.clock import Clock
from radiograph.config import Config
from radiograph.keys import key_arn
from radiograph.telemetry import Counters

from .identities import OpenIdentities

__all__ = ["OpenAudit"]


class OpenAudit:
    """One process's chain, open, and the auditor that tells it."""

    def __init__(
        self, config: Config, chain: str, identities: OpenIdentities, clock: Clock, counters: Counters
    ) -> None:
        """Open it.

        Raises: OSError.
        """
        self._region, self._clock = config.region, clock
        limits = TrailLimits(
            file_bytes=config.audit_file_bytes,
            retain_s=config.audit_retain_days * 86_400.0,
            retain_bytes=config.audit_retain_bytes // 2,  # there are two
            refusals_per_minute=config.audit_refusals_per_minute,
        )
        self.trail = Trail(
            chain_directory(config.data, chain),
            chain,
            identities.audit_sealer,
            limits,
            clock,
            counters,
            config.account,
            config.region,
        )
        self.auditor = Auditor(
            self.trail,
            config.account,
            config.region,
            clock,
            identities.desk.store.account_of,
            identities.callers.logged_in,
            config.audit_data,
        )

    def key_destroyed(self, account: str, key_id: str) -> None:
        """Return when it is told that a key was destroyed because its time had come.

        Raises: ServiceUnavailable.

        Source: KMS developer guide, "DeleteKey" among the entries of CloudTrail.
        """
        arn = key_arn(key_id, account, self._region)
        record = own_record("DeleteKey", self._clock(), account, self._region, {"keyId": key_id})
        resource = SharedResource(resource_arn=arn, account_id=account, type="AWS::KMS::Key")
        self.trail.write(replace(record, event_source=source_of("kms"), resources=[resource]))

    def close(self) -> None:
        """Write what waits, and release the files."""
        self.trail.close()
