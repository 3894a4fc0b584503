"""What is wrong with the shop: one name a scenario, and the numbers behind the name."""

from __future__ import annotations

import enum
from dataclasses import dataclass

__all__ = ["TROUBLES", "Scenario", "Trouble"]


class Scenario(enum.StrEnum):
    """The troubles that can be shown."""

    HEALTHY = "healthy"
    SLOW_DATABASE = "slow-database"
    THROTTLED = "throttled"
    BAD_DEPLOY = "bad-deploy"
    N_PLUS_ONE = "n-plus-one"
    COLD_START = "cold-start"


@dataclass(frozen=True, slots=True)
class Trouble:
    """The chances and factors that a trace is told with; the defaults are a healthy day."""

    sql_slowness: float = 1.0
    """Factor on the time of every SQL statement."""
    sql_timeout_chance: float = 0.0005
    throttle_chance: float = 0.0005
    """Chance that one attempt at DynamoDB is answered 429."""
    new_release_share: float = 0.0
    """Share of the payment service's tasks that already run the new release."""
    new_release_fault_chance: float = 0.0
    repeated_queries: tuple[int, int] = (0, 0)
    """Fewest and most queries a listing repeats, one for each product."""
    cold_start_chance: float = 0.01
    fault_chance: float = 0.004
    """Chance of an unrelated fault in a service: the background of any real system."""


TROUBLES: dict[Scenario, Trouble] = {
    Scenario.HEALTHY: Trouble(),
    Scenario.SLOW_DATABASE: Trouble(sql_slowness=14.0, sql_timeout_chance=0.08),
    Scenario.THROTTLED: Trouble(throttle_chance=0.62),
    Scenario.BAD_DEPLOY: Trouble(new_release_share=0.5, new_release_fault_chance=0.7),
    Scenario.N_PLUS_ONE: Trouble(repeated_queries=(24, 64)),
    Scenario.COLD_START: Trouble(cold_start_chance=0.5),
}
