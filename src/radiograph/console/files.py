"""Static files, compressed ahead of time; every path that is no file is the single page itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

__all__ = ["ConsoleFiles"]

_STATIC = Path(__file__).parent / "static"
_TYPES = {
    ".css": b"text/css; charset=utf-8",
    ".html": b"text/html; charset=utf-8",
    ".ico": b"image/x-icon",
    ".js": b"text/javascript; charset=utf-8",
    ".json": b"application/json",
    ".png": b"image/png",
    ".svg": b"image/svg+xml",
    ".woff2": b"font/woff2",
}
_SECURITY = [
    (
        b"content-security-policy",
        b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        b"connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
]
_MISSING = b"""<!doctype html><html lang="en"><title>Radiograph</title><h1>Radiograph</h1>
<p>This server was built without its console. The API answers here as usual; to have the console, build with Node.js
20 or later and without <code>RADIOGRAPH_SKIP_CONSOLE</code>.</p></html>"""

_Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class ConsoleFiles:
    """An ASGI application over a directory that does not change while the server runs."""

    def __init__(self, directory: Path = _STATIC) -> None:
        self._directory = directory
        self._files = {
            "/" + path.relative_to(directory).as_posix(): path for path in directory.rglob("*") if path.is_file()
        }

    async def __call__(self, scope: MutableMapping[str, Any], _receive: object, send: _Send) -> None:
        """Answer GET and HEAD."""
        path = scope["path"]
        if path not in self._files and (path.startswith("/assets/") or "." in path.rsplit("/", 1)[-1]):
            await self._send(scope, send, 404, b"text/plain", b"there is no such file", [])
            return
        file = self._files.get(path if path != "/" else "/index.html") or self._files.get("/index.html")
        if file is None:
            await self._send(scope, send, 200, _TYPES[".html"], _MISSING, [])
            return
        cache = b"public, max-age=31536000, immutable" if path.startswith("/assets/") else b"no-cache"
        headers = [(b"cache-control", cache), (b"vary", b"accept-encoding")]
        body, coding = self._body(scope, file)
        if coding:
            headers.append((b"content-encoding", coding))
        await self._send(scope, send, 200, _TYPES.get(file.suffix, b"application/octet-stream"), body, headers)

    def _body(self, scope: MutableMapping[str, Any], file: Path) -> tuple[bytes, bytes]:
        accepted = b",".join(value for name, value in scope["headers"] if name == b"accept-encoding")
        key = "/" + file.relative_to(self._directory).as_posix()
        for coding, suffix in ((b"br", ".br"), (b"gzip", ".gz")):
            if coding in accepted and key + suffix in self._files:
                return self._files[key + suffix].read_bytes(), coding
        return file.read_bytes(), b""

    async def _send(
        self,
        scope: MutableMapping[str, Any],
        send: _Send,
        status: int,
        type_: bytes,
        body: bytes,
        headers: list[tuple[bytes, bytes]],
    ) -> None:
        start = [(b"content-type", type_), (b"content-length", str(len(body)).encode()), *_SECURITY, *headers]
        await send({"type": "http.response.start", "status": status, "headers": start})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
