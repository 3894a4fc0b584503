"""The certificate that the server shows, and another as soon as its files have another; no connection is dropped."""

from __future__ import annotations

import os
import ssl
import tempfile
import threading
from pathlib import Path

import grpc
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from radiograph.config import Config, ConfigError
from radiograph.telemetry import Counters, log

__all__ = ["Tls", "open_tls"]

_Stamp = tuple[tuple[int, int, int], ...]


class Tls:
    """A certificate with its key, in the forms that HTTP and gRPC take; safe to use from several threads."""

    def __init__(self, certificate: Path, key: Path, counters: Counters) -> None:
        """Read the files.

        Raises: ConfigError when they are not a certificate and its key.
        """
        self._certificate, self._key, self._counters = certificate, key, counters
        self._lock = threading.Lock()
        self._stamp = self._look()
        self._pair = self._read()
        self._current = _context(*self._pair)
        self.context = _context(*self._pair)
        """For listening: each connection gets the latest certificate, whenever the context was made."""
        # The name that a client asks for does not matter: there is one certificate.
        self.context.sni_callback = self._take_latest

    def _take_latest(self, connection: ssl.SSLObject | ssl.SSLSocket, _name: str | None, _context: object) -> None:
        connection.context = self._current

    def for_grpc(self) -> grpc.ServerCredentials:
        """Give gRPC's form, which asks for the latest pair at each handshake."""

        def latest() -> grpc.ServerCertificateConfiguration:
            certificate, key = self._pair
            return grpc.ssl_server_certificate_configuration([(key, certificate)])

        return grpc.dynamic_ssl_server_credentials(latest(), latest)

    def look_again(self) -> None:
        """Take the files' certificate and key if the files are others than at the last look."""
        with self._lock:
            try:
                stamp = self._look()
            except ConfigError as error:
                self._stay(error)
                return
            if stamp != self._stamp:
                self._stamp = stamp
                self._take()

    def read_again(self) -> None:
        """Take the files' certificate and key, whatever has become of the files."""
        with self._lock:
            self._take()

    def _take(self) -> None:
        try:
            pair = self._read()
            context = _context(*pair)
        except ConfigError as error:
            self._stay(error)
            return
        self._pair, self._current = pair, context
        self._counters.add("tls.reloads")
        log.info("TLS: the certificate of %s is shown from now on", self._certificate)

    def _stay(self, error: ConfigError) -> None:
        # Between the writing of the one file and of the other they do not fit: the next look finds both.
        self._counters.add("tls.reloads.failed")
        log.error("TLS: the certificate stays as it was: %s", error)

    def _look(self) -> _Stamp:
        try:
            found = [path.stat() for path in (self._certificate, self._key)]
        except OSError as error:
            raise ConfigError(f"{error.filename} cannot be read: {error.strerror}") from error
        return tuple((one.st_mtime_ns, one.st_size, one.st_ino) for one in found)

    def _read(self) -> tuple[bytes, bytes]:
        """Give certificate and key in PEM, known to belong together."""
        certificate = _bytes(self._certificate, "tls_certificate (--tls-certificate)")
        key = _bytes(self._key, "tls_key (--tls-key)")
        try:
            chain = x509.load_pem_x509_certificates(certificate)
        except ValueError as error:
            raise ConfigError(
                f"tls_certificate: {self._certificate} has no certificate that can be read ({error}); PEM is accepted, "
                "the server's own certificate first"
            ) from error
        try:
            private = load_pem_private_key(key, None)
        except TypeError as error:
            raise ConfigError(f"tls_key: {self._key} is encrypted; a key without a passphrase is accepted") from error
        except (ValueError, UnsupportedAlgorithm) as error:
            raise ConfigError(f"tls_key: {self._key} has no private key that can be read; PEM is accepted") from error
        form = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        if chain[0].public_key().public_bytes(*form) != private.public_key().public_bytes(*form):
            raise ConfigError(
                f"tls_key: {self._key} is not the key of the first certificate in {self._certificate} "
                f"({chain[0].subject.rfc4514_string()})"
            )
        return certificate, key


def open_tls(config: Config, counters: Counters) -> Tls | None:
    """Give the certificate that a configuration names; None when it names none.

    Raises: ConfigError.
    """
    if config.tls_certificate is None or config.tls_key is None:
        return None
    return Tls(config.tls_certificate, config.tls_key, counters)


def _context(certificate: bytes, key: bytes) -> ssl.SSLContext:
    """Give a server's context, of the very bytes that were looked at: the files may have changed since."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.options |= ssl.OP_NO_COMPRESSION | ssl.OP_NO_RENEGOTIATION
    # OpenSSL reads files only; this one is its owner's alone, and gone at once.
    descriptor, name = tempfile.mkstemp(suffix=".pem")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(key + b"\n" + certificate)
        context.load_cert_chain(name)
    except ssl.SSLError as error:
        raise ConfigError(f"tls_certificate: OpenSSL does not accept the certificate or its key: {error}") from error
    finally:
        Path(name).unlink()
    return context


def _bytes(path: Path, what: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{what} is {path}, which cannot be read: {error.strerror}") from error
