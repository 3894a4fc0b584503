"""A service that knows nothing of tracing: what it calls, it is told. ``hop.py`` alone, or under an instrumentation."""

from __future__ import annotations

import sqlite3

import requests
from flask import Flask, Response, jsonify, request
from werkzeug.serving import make_server

app = Flask(__name__)
TRACING = ("X-Amzn-Trace-Id", "traceparent")


@app.get("/hop")
def hop() -> Response:
    """Call the first of ``to``, which calls the others; tell which headers of tracing everybody got."""
    told = [{name: request.headers[name] for name in TRACING if name in request.headers}]
    first, *others = [url for url in request.args.get("to", "").split(",") if url] or [""]
    if first:
        told += requests.get(f"{first}/hop", params={"to": ",".join(others)}, timeout=30).json()
    return jsonify(told)


@app.get("/order/<int:number>")
def order(number: int) -> Response:
    """Ask a database."""
    database = sqlite3.connect(":memory:")
    cursor = database.cursor()
    cursor.execute("CREATE TABLE orders (number INTEGER)")
    cursor.execute("SELECT number FROM orders WHERE number = ?", (number,))
    database.close()
    return jsonify(number=number)


@app.get("/fail")
def fail() -> Response:
    """Fail because something else failed."""
    try:
        {}["sku"]
    except KeyError as error:
        raise ValueError("the card is declined") from error


@app.get("/call/<int:status>")
def call(status: int) -> Response:
    """Call what answers with a status, and do not mind."""
    requests.get(f"{request.args['of']}/status/{status}", timeout=30)
    return jsonify(status=status)


@app.get("/status/<int:status>")
def status(status: int) -> Response:
    return Response(status=status)


def serve() -> None:
    """Listen on a free port and say which."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    print(server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    serve()
