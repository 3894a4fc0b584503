"""What customers do: each journey is one page or tap, from the entry to the last service it reaches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from radiograph.demo.calls import dynamodb
from radiograph.demo.customers import Customer
from radiograph.demo.failures import OUT_OF_MEMORY, TIMED_OUT
from radiograph.demo.identifiers import request_id, stable_hex
from radiograph.demo.services import cart, catalog, charge, insist, recommend, stock
from radiograph.demo.shop import ACCOUNT, CATALOG, CHECKOUT, GATEWAY, STOREFRONT
from radiograph.demo.story import Entity, Story
from radiograph.demo.workers import enqueue_shipping, notify, report

__all__ = ["JOURNEYS", "Journey"]

Journey = Callable[[Story, float, Customer], None]
"""Tell one trace that a customer starts at an epoch second."""

_ANNOUNCED_SHARE = 0.2


def _home(story: Story, at_s: float, customer: Customer) -> None:
    with _page(story, at_s, customer, "GET", "/") as front:
        fork_s = front.now
        status = _catalog(front, "listing", "/products")
        _recommended(front, fork_s)
        _render(front, status)


def _product(story: Story, at_s: float, customer: Customer) -> None:
    number = story.rng.randrange(1, 900)
    with _page(story, at_s, customer, "GET", f"/p/{number}") as front:
        fork_s = front.now
        status = _catalog(front, "product", f"/products/{number}")
        if status == 200:
            stock(front)
            _recommended(front, fork_s)
        _render(front, status)


def _search(story: Story, at_s: float, customer: Customer) -> None:
    words = story.rng.choice(("desk lamp", "oak chair", "wool rug", "mirror"))
    with _page(story, at_s, customer, "GET", f"/search?q={words.replace(' ', '+')}") as front:
        front.document["annotations"]["query"] = words
        _render(front, _catalog(front, "listing", "/products"))


def _add_to_cart(story: Story, at_s: float, customer: Customer) -> None:
    with _page(story, at_s, customer, "POST", "/cart/items") as front:
        if stock(front) >= 500:
            front.document["annotations"]["stock_unknown"] = True
        with story.served(front, GATEWAY, "POST", "/prod/cart/items", aws=_stage(story)) as gate:
            gate.respond(cart(gate, "POST", "/items", "UpdateItem"))
        _render(front, gate.status)


def _checkout(story: Story, at_s: float, customer: Customer) -> None:
    with _page(story, at_s, customer, "POST", "/checkout") as front:
        if story.chance(_ANNOUNCED_SHARE):
            story.announce(front)
        with story.served(front, GATEWAY, "POST", "/prod/orders", aws=_stage(story)) as gate:
            _place_order(gate, customer)
        _render(front, gate.status)


def _app_order_status(story: Story, at_s: float, customer: Customer) -> None:
    path = "/prod/orders/latest"
    with story.segment(GATEWAY, at_s, aws=_stage(story)) as gate:
        gate.requested("GET", f"https://{GATEWAY.host}{path}", user_agent=customer.agent, client_ip=customer.client_ip)
        gate.document["annotations"] = _traits(customer) | {"channel": "app"}
        gate.work(0.002)
        with story.served(gate, CHECKOUT, "GET", "/orders/latest") as served:
            served.document["user"] = customer.user
            served.work(0.002)
            dynamodb(served, "Query", "orders")
        gate.respond(served.status, 640)


def _report(story: Story, at_s: float, customer: Customer) -> None:
    report(story, at_s)


def _place_order(gate: Entity, customer: Customer) -> None:
    story = gate.story
    order = f"o-{stable_hex(story.trace_id, 10)}"
    value = round(story.rng.lognormvariate(4.2, 0.7), 2)
    with story.served(gate, CHECKOUT, "POST", "/orders") as served:
        served.document["user"] = customer.user
        served.document["annotations"] = {
            **_traits(customer),
            "order": order,
            "order_value": value,
            "express": story.chance(0.2),
        }
        if story.chance(_ANNOUNCED_SHARE):
            story.announce(served)
        served.streams = story.chance(0.12)
        served.work(0.004)
        story.stumble(TIMED_OUT, 503)
        insist(cart(served, "GET", "/items", "GetItem"))
        insist(stock(served, reserve=True))
        insist(charge(served, value))
        dynamodb(served, "PutItem", "orders")
        enqueue_shipping(served, order)
        notify(served, customer.user)
        served.document["metadata"] = {"order": {"id": order, "lines": story.rng.randrange(1, 7), "currency": "EUR"}}
        served.respond(201, 310)
    gate.respond(served.status, 310)


def _catalog(front: Entity, page: str, resource: str) -> int:
    story = front.story
    with story.served(front, GATEWAY, "GET", f"/prod{resource}", aws=_stage(story)) as gate:
        gate.work(0.002)
        block = {"function_name": CATALOG.name, "operation": "Invoke", "region": "eu-west-1"}
        with gate.call("Lambda", namespace="aws", aws=block) as call:
            status = catalog(call, page)
        gate.respond(status, story.rng.randrange(900, 24_000))
    return gate.status


def _recommended(front: Entity, at_s: float) -> None:
    if recommend(front, at_s) >= 400:
        front.document["annotations"]["without_recommendations"] = True


@contextmanager
def _page(story: Story, at_s: float, customer: Customer, method: str, path: str) -> Iterator[Entity]:
    with story.segment(STOREFRONT, at_s) as front:
        front.requested(
            method,
            f"https://{STOREFRONT.host}{path}",
            user_agent=customer.agent,
            client_ip=customer.client_ip,
            x_forwarded_for=True,
        )
        front.document["user"] = customer.user
        front.document["annotations"] = _traits(customer) | {"channel": "web"}
        front.work(0.004)
        with front.call("session", namespace="local") as session:
            session.work(0.0012)
        yield front


def _render(front: Entity, status: int) -> None:
    front.story.stumble(OUT_OF_MEMORY)
    if status < 400:
        with front.call("render") as rendering:
            rendering.work(0.014)
            rendering.document["metadata"] = {"view": {"template": "page.njk", "cached": front.story.chance(0.3)}}
    front.respond(status, front.story.rng.randrange(6_000, 60_000))


def _traits(customer: Customer) -> dict[str, Any]:
    return {
        "tier": customer.tier,
        "tenant": customer.tenant,
        "region": customer.market,
        "returning": customer.returning,
        "demo": True,
    }


def _stage(story: Story) -> dict[str, Any]:
    block = {
        "account_id": ACCOUNT,
        "rest_api_id": stable_hex("shop-api", 10),
        "stage": "prod",
        "request_id": request_id(story.rng),
    }
    return {"api_gateway": block}


JOURNEYS: tuple[tuple[Journey, float], ...] = (
    (_home, 26),
    (_product, 27),
    (_search, 11),
    (_add_to_cart, 14),
    (_checkout, 17),
    (_app_order_status, 4),
    (_report, 1),
)
"""Every journey with its share of the traffic, in percent."""
