"""Who is shopping: a few hundred customers who keep their tier, market and browser from visit to visit."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache

from radiograph.demo.identifiers import stable_hex

__all__ = ["Customer", "draw"]

_CUSTOMERS = 400
_AGENTS = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5",
    "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0",
    "ShopApp/5.12 (Android 16; Pixel 10)",
)
_TIERS = ("bronze", "bronze", "bronze", "silver", "silver", "gold")
_TENANTS = ("northwind", "contoso", "fabrikam", "tailspin")
_MARKETS = ("emea", "emea", "amer", "apac")


@dataclass(frozen=True, slots=True)
class Customer:
    """A person with an account in the shop; ``tenant`` is the brand whose shop it is."""

    user: str
    tier: str
    tenant: str
    market: str
    returning: bool
    agent: str
    client_ip: str


@cache
def _customer(number: int) -> Customer:
    traits = [int(stable_hex(f"customer/{number}/{trait}", 8), 16) for trait in range(6)]
    return Customer(
        user=f"customer-{1000 + number}",
        tier=_TIERS[traits[0] % len(_TIERS)],
        tenant=_TENANTS[traits[1] % len(_TENANTS)],
        market=_MARKETS[traits[2] % len(_MARKETS)],
        returning=traits[3] % 3 > 0,
        agent=_AGENTS[traits[4] % len(_AGENTS)],
        client_ip=f"203.0.113.{traits[5] % 254 + 1}",
    )


def draw(rng: random.Random) -> Customer:
    """Return a customer; a few come far more often than the rest."""
    return _customer(int(_CUSTOMERS * rng.random() ** 2.2))
