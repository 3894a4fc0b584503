"""A shop under the official SDK as it is: ``shop.py STOCK_URL DYNAMODB_URL``."""

from __future__ import annotations

import sqlite3
import sys

import boto3
import requests
from aws_xray_sdk.core import patch, xray_recorder
from aws_xray_sdk.ext.flask.middleware import XRayMiddleware
from flask import Flask, Response, jsonify
from werkzeug.serving import make_server

stock_url, dynamodb_url = sys.argv[1:]
xray_recorder.configure(service="shop-flask", sampling=True)
patch(("requests", "sqlite3", "botocore"))
app = Flask(__name__)
XRayMiddleware(app, xray_recorder)
orders = boto3.client(
    "dynamodb",
    endpoint_url=dynamodb_url,
    region_name="us-east-1",
    aws_access_key_id="AKIDEXAMPLE",
    aws_secret_access_key="any",
)


@app.get("/checkout")
def checkout() -> Response:
    with xray_recorder.in_subsegment("price") as subsegment:
        subsegment.put_annotation("tier", "gold")
        subsegment.put_metadata("basket", {"items": [1, 2, 3]}, "shop")
        with xray_recorder.in_subsegment("discount"):
            pass
    requests.get(f"{stock_url}/reserve", timeout=5).raise_for_status()
    # Not in a ``with``: the SDK's wrapped connection enters as the bare one, which is not traced.
    database = sqlite3.connect(":memory:")
    database.execute("SELECT 1")
    database.close()
    orders.get_item(TableName="orders", Key={"id": {"S": "1"}})
    return jsonify(ordered=True)


@app.get("/fail")
def fail() -> Response:
    with xray_recorder.in_subsegment("payment"):
        raise ValueError("the card is declined")


@app.get("/many")
def many() -> Response:
    for number in range(40):
        with xray_recorder.in_subsegment(f"step {number}"):
            pass
    return jsonify(steps=40)


@app.get("/sampling")
def sampling() -> Response:
    """Tell what the SDK's pollers have brought from the server."""
    return jsonify({rule.name: {"quota": rule.reservoir.quota} for rule in xray_recorder.sampler._cache.rules or []})


server = make_server("127.0.0.1", 0, app, threaded=True)
print(server.server_port, flush=True)
server.serve_forever()
