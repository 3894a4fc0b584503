"""The service of ``hop.py`` under the official X-Ray SDK: ``hop_xray.py NAME``."""

from __future__ import annotations

import sys

from aws_xray_sdk.core import patch, xray_recorder
from aws_xray_sdk.ext.flask.middleware import XRayMiddleware
from hop import app, serve

xray_recorder.configure(service=sys.argv[1], sampling=True)
patch(("requests",))
XRayMiddleware(app, xray_recorder)
serve()
