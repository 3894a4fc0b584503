"""The audit, assembled: each process has a chain of its own, and tells of what it decided."""

from __future__ import annotations

from radiograph.api.auditor import Auditor
from radiograph.audit import Trail, TrailLimits, chain_directory
from radiograph.clock import Clock
from radiograph.config import Config
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

    def close(self) -> None:
        """Write what waits, and release the files."""
        self.trail.close()
