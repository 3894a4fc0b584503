"""The second service: it joins the trace its caller names in the header."""

from __future__ import annotations

from aws_xray_sdk.core import xray_recorder
from aws_xray_sdk.ext.flask.middleware import XRayMiddleware
from flask import Flask, Response, jsonify
from werkzeug.serving import make_server

xray_recorder.configure(service="stock-flask")
app = Flask(__name__)
XRayMiddleware(app, xray_recorder)


@app.get("/reserve")
def reserve() -> Response:
    with xray_recorder.in_subsegment("shelf") as subsegment:
        subsegment.put_annotation("aisle", 7)
    return jsonify(reserved=True)


server = make_server("127.0.0.1", 0, app, threaded=True)
print(server.server_port, flush=True)
server.serve_forever()
