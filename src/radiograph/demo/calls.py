"""Calls the services make to what writes no segments of its own: databases, AWS services, other companies' APIs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from radiograph.demo.failures import STATEMENT_TIMEOUT, THROUGHPUT_EXCEEDED, Thrown
from radiograph.demo.identifiers import request_id
from radiograph.demo.shop import ACCOUNT, REGION, Runtime
from radiograph.demo.story import Entity

__all__ = ["aws", "dynamodb", "outside", "publish", "s3", "sql"]

_CLUSTER = f"shop-db.cluster-c9qk2x7.{REGION}.rds.amazonaws.com"
_ATTEMPTS = 4
_STATEMENT_TIMEOUT_S = 5.0


@contextmanager
def aws(caller: Entity, service: str, operation: str, median_s: float, **members: object) -> Iterator[Entity]:
    """Yield the subsegment of one AWS SDK call, about ``median_s`` long; ``members`` go to its ``aws`` block."""
    name = service.lower() if caller.runtime is Runtime.PYTHON else service
    block = {"operation": operation, "region": REGION, "request_id": request_id(caller.story.rng), "retries": 0}
    with caller.call(name, namespace="aws", aws=block | members) as call:
        call.work(median_s)
        yield call


def dynamodb(caller: Entity, operation: str, table: str) -> None:
    """Call a table, and again after a pause while it answers 429.

    Raises:
        Thrown: the last attempt was throttled as well.
    """
    story = caller.story
    thrown = Thrown(THROUGHPUT_EXCEEDED, 429)
    for attempt in range(_ATTEMPTS):
        with aws(caller, "DynamoDB", operation, 0.0045, table_name=table, retries=attempt) as call:
            throttled = story.chance(story.trouble.throttle_chance)
            if throttled:
                call.fail(thrown)
            call.respond(429 if throttled else 200)
        if not throttled:
            return
        caller.work(0.05 * 2**attempt)
    raise thrown


def sql(caller: Entity, database: str, query: str, median_s: float, slowness: float | None = None) -> None:
    """Run a statement on PostgreSQL.

    Raises:
        Thrown: the statement ran into its timeout.
    """
    story = caller.story
    block = {
        "url": f"postgresql://{_CLUSTER}:5432/{database}",
        "connection_string": f"host={_CLUSTER} port=5432 dbname={database} sslmode=require",
        "sanitized_query": query,
        "database_type": "PostgreSQL",
        "database_version": "16.4",
        "driver_version": "42.7.5" if caller.runtime is Runtime.JAVA else "3.2.3",
        "user": f"{database}_app",
        "preparation": "statement",
    }
    with caller.call(f"{database}@{_CLUSTER}", namespace="remote", sql=block) as call:
        if story.chance(story.trouble.sql_timeout_chance):
            call.now += _STATEMENT_TIMEOUT_S
            raise Thrown(STATEMENT_TIMEOUT, 504)
        call.work(median_s * (story.trouble.sql_slowness if slowness is None else slowness), 0.45)


def s3(caller: Entity, operation: str, bucket: str, key: str, status: int = 200) -> None:
    """Get or put one object."""
    with aws(caller, "S3", operation, 0.022, bucket_name=bucket, key=key) as call:
        call.document["aws"]["id_2"] = request_id(caller.story.rng).replace("-", "") + "="
        call.respond(status)


@contextmanager
def publish(caller: Entity, service: str, name: str) -> Iterator[Entity]:
    """Yield the subsegment that sends a message to a queue (``SQS``) or a topic (``SNS``)."""
    message = {"message_id": request_id(caller.story.rng)}
    if service == "SQS":
        url = f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{name}"
        target = {"queue_url": url, "queue_name": name}
        operation = "SendMessage"
    else:
        target = {"topic_arn": f"arn:aws:sns:{REGION}:{ACCOUNT}:{name}"}
        operation = "Publish"
    with aws(caller, service, operation, 0.011, **target, **message) as call:
        call.respond(200)
        yield call


@contextmanager
def outside(caller: Entity, method: str, host: str, path: str, median_s: float) -> Iterator[Entity]:
    """Yield the subsegment of a call to another company's API, which answers 200 unless the block says otherwise."""
    with caller.call(host, namespace="remote") as call:
        call.requested(method, f"https://{host}{path}")
        call.respond(200, caller.story.rng.randrange(180, 2400))
        call.work(median_s, 0.45)
        yield call
