"""IAM and STS behind a real socket on loopback, for clients as they are; and the accounts that tests begin with."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

import boto3
import botocore.credentials
import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.exceptions import ClientError

from radiograph.api.asked import Asked
from radiograph.api.iam import IAM, Callers, Desk, QueryApi
from radiograph.api.iam.context import KeysOf
from radiograph.api.iam.ids import new_access_key_id, new_secret
from radiograph.api.sts import STS
from radiograph.auth.caller import Caller
from radiograph.model.iam.records import KeyRecord, UserRecord
from radiograph.secrets import MasterKey
from radiograph.storage.documents.identities import IdentityDatabase
from radiograph.telemetry import Counters

__all__ = [
    "ACCOUNT",
    "ADMINISTRATOR",
    "OTHER",
    "Credentials",
    "Endpoint",
    "allow",
    "asked_later",
    "client",
    "refused",
    "trust",
]

ACCOUNT, OTHER, REGION = "123456789012", "210987654321", "eu-west-1"
ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess"


class Credentials(NamedTuple):
    """What a client signs with."""

    id: str
    secret: str
    token: str | None = None

    @classmethod
    def of(cls, told: dict[str, Any]) -> Credentials:
        """Give those of an answer."""
        return cls(told["AccessKeyId"], told["SecretAccessKey"], told.get("SessionToken"))


class Endpoint:
    """A server of both services; ``now`` is the wall clock's time, set forward by what a test says."""

    def __init__(self, directory: Path, keys_of: KeysOf | None = None, local: Caller | None = None) -> None:
        self.ahead_s = 0.0
        self.store = IdentityDatabase(directory / "settings.sqlite3")
        self.desk = Desk.of(self.store, MasterKey(b"k" * 32), keys_of)
        self.callers = Callers(self.desk, self.now)
        self.counters = Counters()
        self.api = QueryApi([IAM, STS], self.desk, self.callers, self.now, REGION, self.counters, local)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self.api))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def now(self) -> float:
        return time.time() + self.ahead_s

    def administrator(self, account: str = ACCOUNT, name: str = "administrator") -> Credentials:
        """Make a user who may do everything; give its key."""
        id_, secret = new_access_key_id("AKIA", account), new_secret()
        sealed = self.desk.key_sealer.seal(secret.encode(), id_.encode())
        user_id = f"AIDA{name.upper()[:12]:A<17}"
        with self.store.change(account) as kept:
            kept.users.put(UserRecord(id=user_id, name=name, created_at=self.now()))
            kept.attachments.put(ADMINISTRATOR, user_id)
            kept.keys.put(KeyRecord(id=id_, user_id=user_id, created_at=self.now(), secret=sealed))
        return Credentials(id_, secret)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self.store.close()


def _handler(api: QueryApi) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            path, _, query = self.path.partition("?")
            headers = [(name.lower().encode(), value.encode("latin-1")) for name, value in self.headers.items()]
            asked = Asked(
                method=self.command,
                path=path,
                raw_path=path.encode(),
                query=query.encode(),
                headers=headers,
                body=body,
                source_ip=self.client_address[0],
            )
            status, told, text = api.answer(asked)
            self.send_response(status)
            for name, value in [*told, (b"content-length", str(len(text)).encode())]:
                self.send_header(name.decode(), value.decode())
            self.end_headers()
            self.wfile.write(text)

        do_POST = do_GET = _answer

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler


def client(service: str, endpoint: Endpoint, by: Credentials) -> Any:
    """Give boto3's client, as it is; errors come at once instead of being retried."""
    return boto3.client(
        service,
        endpoint_url=endpoint.url,
        region_name="us-east-1",
        aws_access_key_id=by.id,
        aws_secret_access_key=by.secret,
        aws_session_token=by.token,
        config=Config(retries={"total_max_attempts": 1}, parameter_validation=False),
    )


def refused(call: Any, /, **members: Any) -> tuple[str, str]:
    """Give code and message of the error that a call ends with."""
    with pytest.raises(ClientError) as caught:
        call(**members)
    told = caught.value.response
    assert told["ResponseMetadata"]["HTTPStatusCode"] < 500, told
    return told["Error"]["Code"], told["Error"]["Message"]


def allow(*actions: str, resource: str | list[str] = "*", effect: str = "Allow", **more: Any) -> str:
    """Give a policy of one statement."""
    statement = {"Effect": effect, "Action": list(actions), "Resource": resource, **more}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def trust(principal: Any, *actions: str, **more: Any) -> str:
    """Give a trust policy of one statement."""
    named = list(actions) or ["sts:AssumeRole"]
    statement = {"Effect": "Allow", "Principal": principal, "Action": named, **more}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


class SignedAt(SigV4Auth):
    """botocore's signer, of another moment than now."""

    def __init__(self, by: Credentials, service: str, moment: float) -> None:
        super().__init__(botocore.credentials.Credentials(by.id, by.secret, by.token), service, REGION)
        self._stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(moment))

    def add_auth(self, request: Any) -> None:
        request.context["timestamp"] = self._stamp
        self._modify_request_before_signing(request)
        to_sign = self.string_to_sign(request, self.canonical_request(request))
        self._inject_signature_to_request(request, self.signature(to_sign, request))


def asked_later(endpoint: Endpoint, by: Credentials, service: str, later_s: float, **form: str) -> tuple[int, str]:
    """Ask by hand when the clock is so much later, signed then; give status and body."""
    body = urlencode(form).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    request = AWSRequest(method="POST", url=f"{endpoint.url}/", data=body, headers=headers)
    SignedAt(by, service, time.time() + later_s).add_auth(request)
    endpoint.ahead_s = later_s
    sent = [(name.lower().encode(), value.encode()) for name, value in request.headers.items()]
    sent.append((b"host", endpoint.url.removeprefix("http://").encode()))
    status, _, text = endpoint.api.answer(Asked(headers=sent, body=body))
    endpoint.ahead_s = 0.0
    return status, text.decode()
