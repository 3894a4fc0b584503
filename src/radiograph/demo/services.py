"""What the services behind the shop's pages do when they are called: each function is one of them at work."""

from __future__ import annotations

from radiograph.demo.calls import dynamodb, outside, s3, sql
from radiograph.demo.failures import CARD_DECLINED, CURRENCY_MISSING, MODEL_MISSING, TIMED_OUT, UPSTREAM, Thrown
from radiograph.demo.lambdas import invoked
from radiograph.demo.shop import CART, CATALOG, INVENTORY, PAYMENT, RECOMMENDATIONS
from radiograph.demo.story import Entity

__all__ = ["cart", "catalog", "charge", "recommend", "stock"]

_PRICE = "SELECT amount, currency FROM prices WHERE product_id = $1 AND market = $2"
_LISTING = "SELECT id, title, slug, image FROM products WHERE category = $1 ORDER BY rank LIMIT $2"
_PRODUCT = "SELECT id, title, slug, body, image FROM products WHERE id = $1"
_LEVELS = "SELECT sku, on_hand - reserved AS free FROM stock WHERE sku = ANY ($1)"
_RESERVE = "UPDATE stock SET reserved = reserved + $1 WHERE sku = $2 AND on_hand - reserved >= $1"


def catalog(call: Entity, page: str) -> int:
    """Ask the catalog function for a ``listing`` or one ``product``; returns its status."""
    story = call.story
    with invoked(call, CATALOG) as function, function.call("Invocation") as work:
        work.document["annotations"] = {"page": page}
        work.work(0.004)
        if page == "product" and story.chance(0.012):
            function.respond(404)
        elif page == "product":
            dynamodb(work, "GetItem", "product-cache")
            sql(work, "catalog", _PRODUCT, 0.006)
            sql(work, "catalog", _PRICE, 0.003)
        else:
            sql(work, "catalog", _LISTING, 0.014)
            fewest, most = story.trouble.repeated_queries
            for _ in range(story.rng.randint(fewest, most)):
                sql(work, "catalog", _PRICE, 0.004)
            work.document["metadata"] = {"catalog": {"category": story.rng.choice(("lamps", "chairs", "rugs"))}}
    return function.status


def stock(caller: Entity, reserve: bool = False) -> int:
    """Ask the inventory for stock levels, or to ``reserve`` goods; returns its status."""
    method, path = ("POST", "/reservations") if reserve else ("GET", "/levels")
    with caller.story.served(caller, INVENTORY, method, path) as served:
        served.work(0.003)
        served.story.stumble(TIMED_OUT, 503)
        sql(served, "inventory", _LEVELS, 0.005)
        if reserve:
            sql(served, "inventory", _RESERVE, 0.007)
        served.work(0.002)
        served.respond(200, served.story.rng.randrange(120, 1600))
    return served.status


def cart(caller: Entity, method: str, path: str, operation: str) -> int:
    """Call the cart for one operation on its table; returns its status."""
    with caller.story.served(caller, CART, method, path) as served:
        served.work(0.0015)
        dynamodb(served, operation, "carts")
        served.work(0.001)
        served.document["metadata"] = {"cart": {"items": served.story.rng.randrange(1, 9)}}
    return served.status


def recommend(caller: Entity, at_s: float) -> int:
    """Ask for similar products, starting at ``at_s`` beside other calls; returns the status."""
    caller_now, caller.now = caller.now, at_s
    with caller.story.served(caller, RECOMMENDATIONS, "GET", "/similar") as served:
        served.work(0.006)
        if served.story.chance(0.08):
            missing = served.story.chance(served.story.trouble.fault_chance * 4)
            s3(served, "GetObject", "shop-models", "similar/current.bin", 404 if missing else 200)
            if missing:
                raise Thrown(MODEL_MISSING, 500)
        dynamodb(served, "Query", "similar-products")
        with served.call("rank") as ranking:
            ranking.work(0.012)
            ranking.document["metadata"] = {"model": {"name": "two-tower", "candidates": 240}}
    caller.now = max(caller.now, caller_now)
    return served.status


def charge(caller: Entity, order_value: float) -> int:
    """Charge a card through the payment service; returns its status: 200, 402 when declined, 5xx when broken."""
    story = caller.story
    fresh = story.chance(story.trouble.new_release_share)
    with story.served(caller, PAYMENT, "POST", "/charges", release="2.15.0" if fresh else None) as served:
        served.document["annotations"] = {"release": "2.15.0" if fresh else PAYMENT.version, "demo": True}
        served.work(0.005)
        with served.call("amount_in_minor_units") as pricing:
            pricing.work(0.001)
            if fresh and story.chance(story.trouble.new_release_fault_chance):
                raise Thrown(CURRENCY_MISSING, 500)
        with outside(served, "POST", "api.cards.example", "/v1/charges", 0.16) as charged:
            if story.chance(0.02):
                charged.respond(402)
                raise Thrown(CARD_DECLINED, 402)
        dynamodb(served, "PutItem", "payments")
        served.document["metadata"] = {"payment": {"amount": order_value, "scheme": story.rng.choice(("visa", "amex"))}}
    return served.status


def insist(status: int) -> None:
    """Raise what the checkout throws when a service it needs did not answer 2xx.

    Raises:
        Thrown: the status is an error.
    """
    if status >= 500:
        raise Thrown(UPSTREAM, 502)
    if status >= 400:
        raise Thrown(UPSTREAM, status)
