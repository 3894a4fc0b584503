"""A Lambda invocation: the service's segment, the function's segment inside it, and the cold start."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from radiograph.demo.identifiers import request_id
from radiograph.demo.shop import ACCOUNT, REGION, Runtime, Service
from radiograph.demo.story import Entity
from radiograph.demo.timing import latency

__all__ = ["invoked"]

_STREAMED_SHARE = 0.15


@contextmanager
def invoked(call: Entity, function: Service) -> Iterator[Entity]:
    """Yield the function's segment of an invocation made by the subsegment ``call``.

    Two segments arrive: ``AWS::Lambda`` for the service and, inside it, ``AWS::Lambda::Function``. A cold start
    shows as the subsegment ``Initialization``; ``Overhead`` closes the function.
    """
    story = call.story
    arn = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{function.name}"
    invocation = {"account_id": ACCOUNT, "function_arn": arn, "request_id": request_id(story.rng)}
    service = Service(function.name, "AWS::Lambda", function.host, Runtime.AWS, "", 1)
    cold = story.chance(story.trouble.cold_start_chance)
    with story.segment(
        service, call.now + 0.001, call.id, aws=invocation | {"resource_names": [function.name]}
    ) as lambda_:
        lambda_.work(0.004)
        if cold:
            lambda_.now += latency(story.rng, 0.18)
        with story.segment(function, lambda_.now, lambda_.id, aws=dict(invocation)) as running:
            running.streams = story.chance(_STREAMED_SHARE)
            if cold:
                with running.call("Initialization") as initialization:
                    initialization.document["aws"] = {"function_arn": arn}
                    initialization.now += latency(story.rng, 1.3, 0.4)
            yield running
            with running.call("Overhead") as overhead:
                overhead.work(0.0008)
        lambda_.now = running.now + 0.0005
        lambda_.respond(running.status)
    call.now = lambda_.now + 0.001
    call.respond(running.status)
