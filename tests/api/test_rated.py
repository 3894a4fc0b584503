"""How much one caller and one address may ask."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from radiograph.api.asked import Asked
from radiograph.api.rated import RatedGate, network_of
from radiograph.auth.caller import Caller, local_administrator
from radiograph.auth.policy import user
from radiograph.auth.refusals import Refusal, Unsigned
from radiograph.errors import Throttled
from radiograph.rates import Rates


class Names:
    """Lets in whoever gives a name."""

    def admit(self, asked: Asked, services: Collection[str]) -> Caller:
        name = asked.header(b"name")
        if name is None:
            raise Unsigned
        if name == "local":
            return local_administrator("000000000000")
        return Caller(principal=user(f"arn:aws:iam::000000000000:user/{name}", f"AIDA{name}"))


def ask(gate: RatedGate, name: str | None = None, address: str = "192.0.2.1") -> Caller:
    headers = [(b"name", name.encode())] if name else []
    return gate.admit(Asked(headers=headers, source_ip=address), {"xray"})


def test_each_user_has_a_rate_of_its_own() -> None:
    gate = RatedGate(Names(), 2, 0)
    ask(gate, "ann")
    ask(gate, "ann")
    with pytest.raises(Throttled, match="user/ann"):
        ask(gate, "ann", address="192.0.2.2")
    ask(gate, "bob")


def test_refusals_are_counted_by_address_and_only_refusals() -> None:
    gate = RatedGate(Names(), 0, 2)
    for _ in range(2):
        with pytest.raises(Refusal):
            ask(gate)
    with pytest.raises(Throttled):
        ask(gate)
    ask(gate, "ann")
    with pytest.raises(Refusal):
        ask(gate, address="192.0.2.2")


def test_whoever_has_this_machine_is_not_counted() -> None:
    gate = RatedGate(Names(), 1, 1)
    for _ in range(5):
        assert ask(gate, "local").is_local


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        (None, "nowhere"),
        ("a socket", "a socket"),
    ],
)
def test_an_address_is_what_one_machine_has(address: str | None, counted: str) -> None:
    assert network_of(address) == counted


def test_as_many_names_are_counted_as_there_is_room_for() -> None:
    rates = Rates(1, lambda: 0.0, most=100)
    for n in range(10_000):
        rates.take(str(n))
    assert len(rates) == 100
    with pytest.raises(Throttled):
        rates.take("9999")


def test_a_name_may_have_more_at_once_than_in_a_second() -> None:
    now = [0.0]
    rates = Rates(0.5, lambda: now[0], at_once=3)
    for _ in range(3):
        rates.take("one")
    with pytest.raises(Throttled) as failed:
        rates.take("one")
    assert failed.value.retry_after_s == 2
    now[0] = 2.0
    rates.take("one")
    rates.give_back("one")
    rates.take("one")
