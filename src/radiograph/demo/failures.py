"""What goes wrong, as the services' own exceptions: type, message, stack, and the exception beneath."""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from radiograph.model.new_ids import entity_id

__all__ = [
    "CARD_DECLINED",
    "CARRIER_TIMEOUT",
    "CURRENCY_MISSING",
    "MODEL_MISSING",
    "OUT_OF_MEMORY",
    "STATEMENT_TIMEOUT",
    "THROUGHPUT_EXCEEDED",
    "TIMED_OUT",
    "UPSTREAM",
    "Failure",
    "Thrown",
    "cause",
]

Frame = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class Failure:
    """An exception as its runtime prints it; ``beneath`` is the one that caused it."""

    type: str
    message: str
    directory: str
    frames: tuple[Frame, ...]
    remote: bool = False
    beneath: Failure | None = None


class Thrown(Exception):
    """A failure passing through the entities of one service; the first writes it down, the others point at it."""

    def __init__(self, failure: Failure, status: int) -> None:
        super().__init__(failure.message)
        self.failure = failure
        self.status = status
        self.exception_id: str | None = None


def cause(rng: random.Random, failure: Failure) -> tuple[dict[str, Any], str]:
    """Return a segment document's ``cause`` object and the id of its outermost exception."""
    exceptions: list[dict[str, Any]] = []
    step: Failure | None = failure
    while step is not None:
        exceptions.append(
            {
                "id": entity_id(rng),
                "type": step.type,
                "message": step.message,
                "remote": step.remote,
                "truncated": 12 if len(step.frames) > 3 else 0,
                "stack": [{"path": path, "line": line, "label": label} for path, line, label in step.frames],
            }
        )
        step = step.beneath
    for outer, inner in pairwise(exceptions):
        outer["cause"] = inner["id"]
    return {"working_directory": failure.directory, "exceptions": exceptions}, exceptions[0]["id"]


CARD_DECLINED = Failure(
    "CardDeclined",
    "card_declined: insufficient_funds",
    "/srv/payment",
    (("/srv/payment/cards.py", 88, "charge"), ("/srv/payment/api.py", 41, "post_charge")),
    remote=True,
)
CURRENCY_MISSING = Failure(
    "KeyError",
    "'currency'",
    "/srv/payment",
    (
        ("/srv/payment/pricing/money.py", 27, "amount_in_minor_units"),
        ("/srv/payment/cards.py", 63, "charge"),
        ("/srv/payment/api.py", 41, "post_charge"),
        ("/srv/payment/.venv/lib/python3.12/site-packages/flask/app.py", 902, "dispatch_request"),
    ),
)
CARRIER_TIMEOUT = Failure(
    "requests.exceptions.ReadTimeout",
    "HTTPSConnectionPool(host='api.parcel.example', port=443): Read timed out. (read timeout=5)",
    "/srv/shipping",
    (("/srv/shipping/carrier.py", 54, "buy_label"), ("/srv/shipping/worker.py", 30, "ship")),
    remote=True,
)
STATEMENT_TIMEOUT = Failure(
    "org.postgresql.util.PSQLException",
    "ERROR: canceling statement due to statement timeout",
    "/opt/app",
    (
        ("QueryExecutorImpl.java", 2725, "org.postgresql.core.v3.QueryExecutorImpl.receiveErrorResponse"),
        ("PgPreparedStatement.java", 134, "org.postgresql.jdbc.PgPreparedStatement.executeQuery"),
        ("StockRepository.java", 71, "example.shop.inventory.StockRepository.find"),
        ("StockController.java", 38, "example.shop.inventory.StockController.levels"),
    ),
    remote=True,
)
THROUGHPUT_EXCEEDED = Failure(
    "ProvisionedThroughputExceededException",
    "The level of configured provisioned throughput for the table was exceeded. "
    "Consider increasing your provisioning level with the UpdateTable API.",
    "/app",
    (("internal/store/dynamo.go", 112, "store.(*Table).put"), ("internal/http/items.go", 47, "http.addItem")),
    remote=True,
)
TIMED_OUT = Failure(
    "java.net.SocketTimeoutException",
    "Read timed out",
    "/opt/app",
    (
        ("SocketInputStream.java", 171, "java.net.SocketInputStream.read"),
        ("HttpGateway.java", 90, "example.shop.checkout.HttpGateway.call"),
    ),
)
UPSTREAM = Failure(
    "example.shop.checkout.UpstreamException",
    "The service behind answered 5xx",
    "/opt/app",
    (
        ("HttpGateway.java", 96, "example.shop.checkout.HttpGateway.call"),
        ("PlaceOrder.java", 64, "example.shop.checkout.PlaceOrder.run"),
        ("OrderController.java", 33, "example.shop.checkout.OrderController.post"),
        ("DispatcherServlet.java", 1088, "org.springframework.web.servlet.DispatcherServlet.doDispatch"),
    ),
    beneath=Failure(
        "java.io.IOException",
        "Server returned HTTP response code: 500",
        "/opt/app",
        (("HttpURLConnection.java", 1998, "sun.net.www.protocol.http.HttpURLConnection.getInputStream"),),
        remote=True,
    ),
)
MODEL_MISSING = Failure(
    "botocore.exceptions.ClientError",
    "An error occurred (NoSuchKey) when calling the GetObject operation: The specified key does not exist.",
    "/srv/recommendations",
    (("/srv/recommendations/model.py", 22, "load"), ("/srv/recommendations/api.py", 19, "similar")),
    remote=True,
)
OUT_OF_MEMORY = Failure(
    "RangeError",
    "Array buffer allocation failed",
    "/app",
    (("/app/dist/render.js", 210, "renderPage"), ("/app/dist/server.js", 77, "onRequest")),
)
