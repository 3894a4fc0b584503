"""An OpenID Connect provider on loopback: over TLS, with its own certificate, and tokens of its own making."""

from __future__ import annotations

import ipaddress
import json
import ssl
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from joserfc import jwk, jws

__all__ = ["Provider"]


class Provider:
    """A provider at ``https://localhost:PORT``. ``answers`` are what it tells by path, ``asked`` is what it was."""

    def __init__(self, directory: Path) -> None:
        self.keys = {
            "rsa": jwk.RSAKey.generate_key(2048, {"kid": "rsa", "use": "sig"}),
            "ec": jwk.ECKey.generate_key("P-256", {"kid": "ec"}),
        }
        self.asked: list[str] = []
        self.posted: Callable[[dict[str, str], str], tuple[int, Any]] = lambda _form, _authorization: (404, {})
        """What it tells whoever posts a form."""
        self._certify(directory)
        self.trusting = ssl.create_default_context(cafile=str(directory / "certificate.pem"))
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        serving.load_cert_chain(directory / "certificate.pem", directory / "key.pem")
        self._server.socket = serving.wrap_socket(self._server.socket, server_side=True)
        self._server.daemon_threads = True
        self.host = f"localhost:{self._server.server_port}"
        self.issuer = f"https://{self.host}"
        self.answers: dict[str, tuple[int, bytes]] = {}
        self.say("/.well-known/openid-configuration", {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/keys"})
        self.publish("rsa", "ec")
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def say(self, path: str, members: Any, status: int = 200) -> None:
        self.answers[path] = status, json.dumps(members).encode()

    def publish(self, *names: str) -> None:
        """Tell these keys and no others."""
        self.say("/keys", {"keys": [self.keys[name].as_dict(private=False) for name in names]})

    def token(self, key: str = "rsa", header: dict[str, Any] | None = None, **claims: Any) -> str:
        """Give a token for the client ``one``, good for an hour, with other claims if they are given."""
        said = {"iss": self.issuer, "sub": "alice", "aud": "one", "exp": int(time.time()) + 3600}
        said |= {"iat": int(time.time())} | claims
        kept = {name: value for name, value in said.items() if value is not None}
        signed_by = {"alg": "RS256" if key == "rsa" else "ES256", "kid": key} | (header or {})
        return jws.serialize_compact(signed_by, json.dumps(kept), self.keys[key], algorithms=["RS256", "ES256"])

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    @staticmethod
    def _certify(directory: Path) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
        names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
        now = datetime.now(UTC)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(1)
            .not_valid_before(now - timedelta(hours=1))
            .not_valid_after(now + timedelta(hours=1))
            .add_extension(x509.SubjectAlternativeName(names), critical=False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .sign(key, hashes.SHA256())
        )
        (directory / "certificate.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        (directory / "key.pem").write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                provider.asked.append(self.path)
                self._tell(*provider.answers.get(self.path, (404, b"{}")))

            def do_POST(self) -> None:
                sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
                status, members = provider.posted(dict(parse_qsl(sent)), self.headers.get("Authorization", ""))
                self._tell(status, json.dumps(members).encode())

            def _tell(self, status: int, body: bytes) -> None:
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", body.decode())
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Handler
