"""What nobody waits for: the shipping worker behind its queue, the notifications behind their topic, a report."""

from __future__ import annotations

from typing import Any

from radiograph.demo.calls import aws, dynamodb, outside, publish, s3, sql
from radiograph.demo.failures import CARRIER_TIMEOUT, Thrown
from radiograph.demo.identifiers import request_id
from radiograph.demo.lambdas import invoked
from radiograph.demo.shop import BACK_OFFICE, NOTIFICATIONS, SHIPPING
from radiograph.demo.story import Entity, Story
from radiograph.demo.timing import latency
from radiograph.model.new_ids import trace_id

__all__ = ["enqueue_shipping", "notify", "report"]

_LINKED_SHARE = 0.4
_REVENUE = (
    "SELECT market, date_trunc('day', placed_at) AS day, sum(total) FROM orders WHERE placed_at >= $1 GROUP BY 1, 2"
)


def enqueue_shipping(caller: Entity, order: str) -> None:
    """Send the order to the shipping queue; a worker picks it up later.

    Some messages carry the trace on, so that the worker's segment is a child of this call. The others are picked
    up in a batch: the worker then starts a trace of its own, which ``links`` to this one.
    """
    story = caller.story
    with publish(caller, "SQS", "shipping-orders") as sent:
        received_s = sent.now + latency(story.rng, 0.6, 0.7)
    if story.chance(_LINKED_SHARE):
        linked = Story(story.rng, story.trouble, trace_id(story.rng, received_s), story.load, story.emissions)
        _ship(linked, received_s, order, None, links=[{"trace_id": story.trace_id, "id": sent.id}])
    else:
        _ship(story, received_s, order, sent.id)


def _ship(story: Story, at_s: float, order: str, parent_id: str | None, **members: Any) -> None:
    with story.segment(SHIPPING, at_s, parent_id, **members) as worker:
        worker.document["annotations"] = {"order": order, "queue": "shipping-orders", "demo": True}
        story.announce(worker)
        dynamodb(worker, "GetItem", "orders")
        with worker.call("buy_label") as label:
            slow = story.chance(0.02)
            with outside(label, "POST", "api.parcel.example", "/v2/labels", 0.42) as carrier:
                if slow:
                    carrier.now += 5.0
                    raise Thrown(CARRIER_TIMEOUT, 504)
        s3(worker, "PutObject", "shop-labels", f"{order}.pdf")
        with aws(worker, "SQS", "DeleteMessage", 0.006, queue_name="shipping-orders") as deleted:
            deleted.document["aws"]["message_id"] = request_id(story.rng)
        worker.document["metadata"] = {"shipping": {"parcel_kg": round(story.rng.uniform(0.2, 18), 1)}}


def notify(caller: Entity, user: str) -> None:
    """Publish the order event; the notifications function sends a mail a little later."""
    story = caller.story
    with publish(caller, "SNS", "order-events") as published:
        delivered_s = published.now + latency(story.rng, 0.08, 0.5)
    # The topic delivers after the publisher has its answer: the function gets a call of its own to run in.
    delivery = Entity(story, "order-events", delivered_s, published.runtime)
    delivery.id = published.id
    with invoked(delivery, NOTIFICATIONS) as function, function.call("Invocation") as work:
        work.document["annotations"] = {"template": "order-confirmed"}
        work.work(0.006)
        with outside(work, "POST", "api.mailer.example", "/messages", 0.09) as mailed:
            if story.chance(0.01):
                mailed.respond(429)
        work.document["metadata"] = {"mail": {"to": user, "language": "en"}}


def report(story: Story, at_s: float) -> None:
    """Let the back office compute its revenue report: seconds of SQL, sent piece by piece while it runs."""
    with story.segment(BACK_OFFICE, at_s) as office:
        office.requested("GET", f"https://{BACK_OFFICE.host}/reports/revenue", user_agent="curl/8.14.1")
        office.document["user"] = "controlling"
        office.document["annotations"] = {"report": "revenue", "tier": "internal", "demo": True}
        story.announce(office)
        office.streams = True
        for _ in range(story.rng.randint(3, 7)):
            sql(office, "orders", _REVENUE, 0.9, min(story.trouble.sql_slowness, 4.0))
        with office.call("render") as rendering:
            rendering.work(0.25)
        s3(office, "PutObject", "shop-reports", "revenue/latest.csv")
        office.respond(200, story.rng.randrange(20_000, 90_000))
