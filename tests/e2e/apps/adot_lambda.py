"""What Lambda does around a function: ``adot_lambda.py EVENT…``, each a JSON object with ``trace``, the header."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import uuid
from types import SimpleNamespace

import adot_function

name = os.environ["AWS_LAMBDA_FUNCTION_NAME"]
for argument in sys.argv[1:]:
    event = json.loads(argument)
    os.environ["_X_AMZN_TRACE_ID"] = event["trace"]
    context = SimpleNamespace(
        function_name=name,
        invoked_function_arn=f"arn:aws:lambda:eu-west-3:123456789012:function:{name}",
        aws_request_id=str(uuid.uuid4()),
    )
    with contextlib.suppress(RuntimeError):
        adot_function.handler(event, context)
