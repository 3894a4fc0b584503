"""What is known of the service's absence, and said of it in the log: loudly, but seldom."""

from __future__ import annotations

import time

from radiograph.telemetry import Seldom, log

from .verdict import Away, Failing, Misdirected

__all__ = ["Outage"]

_WORTH_A_LINE_S = 1.0


class Outage:
    """Shared by all who send."""

    def __init__(self) -> None:
        self._since: float | None = None
        self._of_service, self._of_ours = Seldom(30.0), Seldom(60.0)

    @property
    def is_on(self) -> bool:
        """Whether the last thing we heard was that documents have to wait."""
        return self._since is not None

    def note(self, verdict: Away | Failing | Misdirected) -> None:
        """Say why documents wait."""
        if self._since is None:
            self._since = time.monotonic()
        if isinstance(verdict, Misdirected):
            what = "our credentials or their rights are" if verdict.keys else "the endpoint or the way to it is"
            self._of_ours.warning(
                "ours", f"NOTHING IS TAKEN; documents wait on disk until {what} set right: {verdict.reason}"
            )
        else:
            self._of_service.warning("away", f"the service takes no documents, they wait on disk: {verdict.reason}")

    def over(self) -> None:
        """Say that documents are taken again."""
        since, self._since = self._since, None
        lasted_s = 0.0 if since is None else time.monotonic() - since
        if lasted_s > _WORTH_A_LINE_S:
            log.info("documents are taken again, after %.1f s", lasted_s)
