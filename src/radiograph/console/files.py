"""Static files, compressed ahead of time; every path that is no file is the single page itself."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

__all__ = ["ConsoleFiles", "viewer_page"]

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
    """An ASGI application over a directory, which may be built anew while the server runs."""

    def __init__(self, directory: Path = _STATIC) -> None:
        self._directory = directory

    async def __call__(self, scope: MutableMapping[str, Any], _receive: object, send: _Send) -> None:
        """Answer GET and HEAD."""
        # Disks block, and so does looking for a file that is not there.
        status, type_, body, headers = await asyncio.to_thread(self._answer, scope)
        start = [(b"content-type", type_), (b"content-length", str(len(body)).encode()), *_SECURITY, *headers]
        await send({"type": "http.response.start", "status": status, "headers": start})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})

    def _answer(self, scope: MutableMapping[str, Any]) -> tuple[int, bytes, bytes, list[tuple[bytes, bytes]]]:
        path: str = scope["path"]
        file = self._file(path)
        if file is None and (path.startswith("/assets/") or "." in path.rsplit("/", 1)[-1]):
            return 404, b"text/plain", b"there is no such file", []
        file = file or self._file("/index.html")
        if file is None:
            return 200, _TYPES[".html"], _MISSING, []
        cache = b"public, max-age=31536000, immutable" if path.startswith("/assets/") else b"no-cache"
        headers = [(b"cache-control", cache), (b"vary", b"accept-encoding")]
        body, coding = _body(scope, file)
        if coding:
            headers.append((b"content-encoding", coding))
        return 200, _TYPES.get(file.suffix, b"application/octet-stream"), body, headers

    def _file(self, path: str) -> Path | None:
        """Give the file at a path of the site, never one outside the directory."""
        if "\0" in path or "\\" in path:
            return None
        try:
            file = (self._directory / path.lstrip("/")).resolve()
            return file if file.is_relative_to(self._directory.resolve()) and file.is_file() else None
        except OSError:
            return None  # longer than any file's name may be


def viewer_page(directory: Path = _STATIC) -> bytes | None:
    """Return the page that a file of traces is made of; None where the console was not built."""
    try:
        return (directory / "viewer.html").read_bytes()
    except OSError:
        return None


def _body(scope: MutableMapping[str, Any], file: Path) -> tuple[bytes, bytes]:
    accepted = b",".join(value for name, value in scope["headers"] if name == b"accept-encoding")
    for coding, suffix in ((b"br", ".br"), (b"gzip", ".gz")):
        compressed = file.with_name(file.name + suffix)
        if coding in accepted and compressed.is_file():
            return compressed.read_bytes(), coding
    return file.read_bytes(), b""
