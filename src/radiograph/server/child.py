"""The second process, seen from the first: started, asked, started again when it dies, and told to leave.

Whatever becomes of it, the journal is here: documents go on being acknowledged, and its successor applies them.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any

import msgspec

from radiograph.config import Config
from radiograph.errors import ServiceUnavailable
from radiograph.telemetry import Counters, log

from .link import Answer, Applied, Ask, Begin, Failed, FromFront, Grown, Leave, Link, Look, Looked, Opened

__all__ = ["StoreProcess"]

_AGAIN_S = (0.2, 1.0, 5.0, 30.0)
_LEAVE_S = 300.0


class StoreProcess:
    """A process with the store of a data directory, and the thread that hears it. Safe to use from several threads."""

    def __init__(self, config: Config, counters: Counters, durable: Callable[[], int], applied: Callable[[int], None]):
        self._config, self._counters = msgspec.json.encode(config, enc_hook=str), counters
        self._durable, self._applied = durable, applied
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._waiting: dict[int, Callable[[Any], None]] = {}
        self._link: Link | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._leaving = threading.Event()
        self._settled = threading.Event()
        """Set once the first process has opened the store or said why it cannot."""
        self._failure: str | None = None
        self._opened = False
        self._thread = threading.Thread(target=self._run, name="store", daemon=True)

    def start(self) -> None:
        """Start the process; it opens the store, then applies what the journal holds."""
        self._thread.start()

    def wait_open(self) -> None:
        """Return when questions are answered for the first time, or when the server leaves.

        Raises: RuntimeError when the store cannot be opened.
        """
        self._settled.wait()
        if self._failure is not None and not self._opened:
            raise RuntimeError(self._failure)

    @property
    def pid(self) -> int:
        """Give the process's id; 0 between a death and the next start."""
        return self._process.pid if self._process is not None else 0

    def grown(self) -> None:
        """Tell the process how far the journal reaches now."""
        self._tell(Grown(self._durable()))

    async def ask(self, method: str, path: str, request_id: str, body: bytes) -> Answer:
        """Give an operation's answer, or its error as an answer.

        Raises: ServiceUnavailable when the process is not there.
        """
        answer: Answer = await self._exchange(lambda number: Ask(number, method, path, request_id, body))
        return answer

    async def look(self) -> Looked:
        """Give how the process is.

        Raises: ServiceUnavailable when it is not there.
        """
        looked: Looked = await self._exchange(Look)
        return looked

    async def _exchange(self, message: Callable[[int], FromFront]) -> Any:
        loop = asyncio.get_running_loop()
        settled: asyncio.Future[Any] = loop.create_future()

        def settle(reply: Any) -> None:
            if not settled.done():  # whoever asked may have gone
                settled.set_result(reply)

        number = next(self._numbers)
        with self._lock:
            self._waiting[number] = lambda reply: _call_soon(loop, settle, reply)
        try:
            if not self._tell(message(number)):
                raise ServiceUnavailable("the store is being opened; ask again in a moment")
            reply = await settled
        finally:
            with self._lock:
                self._waiting.pop(number, None)
        if reply is None:
            raise ServiceUnavailable("the store stopped before it could answer; ask again in a moment")
        return reply

    def _tell(self, message: FromFront) -> bool:
        link = self._link
        if link is None:
            return False
        try:
            link.send(message)
        except OSError:
            return False
        return True

    def _run(self) -> None:
        attempt = 0
        while not self._leaving.is_set():
            self._opened = False
            code = self._live()
            attempt = 0 if self._opened else attempt + 1
            if self._leaving.is_set() or (self._failure is not None and not self._settled.is_set()):
                break
            self._counters.add("store.restarts")
            pause = _AGAIN_S[min(attempt, len(_AGAIN_S) - 1)]
            log.error("the store's process ended with %s (%s): again in %g s", code, self._failure or "killed", pause)
            self._leaving.wait(pause)
        self._settled.set()

    def _live(self) -> int:
        """Run one process from its start to its end; give its exit code."""
        ours, theirs = socket.socketpair()
        with theirs:
            self._failure = None
            self._process = subprocess.Popen(  # noqa: S603 - ourselves
                # -P: a module of the directory we were started in must not stand in for one of ours.
                [sys.executable, "-P", "-m", "radiograph.server.back", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                # Ctrl-C goes to the terminal's whole group: this process leaves when it is told to, after us.
                process_group=0,
            )
        link = Link(ours)
        link.send(Begin(self._config, self._durable()))
        with self._lock:
            self._link = link
        # What became durable, or was told to leave, while the link was being made has told nobody.
        self.grown()
        if self._leaving.is_set():
            self._tell(Leave(self._durable()))
        while (message := link.receive()) is not None:
            try:
                self._hear(message)
            except Exception:  # the edge: one message's failure is not the others'
                self._counters.add("store.unheard")
                log.exception("a message of the store's process was not understood")
        with self._lock:
            self._link = None
            waiting, self._waiting = self._waiting, {}
        link.close()
        for reply in waiting.values():
            reply(None)
        return self._process.wait()

    def _hear(self, message: object) -> None:
        match message:
            case Answer(number=number) | Looked(number=number):
                with self._lock:
                    reply = self._waiting.pop(number, None)
                if reply is not None:
                    reply(message)
            case Applied(sequence=sequence):
                self._applied(sequence)
            case Opened():
                self._opened = True
                self._settled.set()
            case Failed(reason=reason):
                self._failure = reason

    def leave(self) -> None:
        """Start no process again, and keep nobody waiting for the first one to open."""
        self._leaving.set()
        self._settled.set()

    def stop(self) -> None:
        """Have everything acknowledged carried over and the store closed; what it refuses now waits in the journal."""
        self.leave()
        self._tell(Leave(self._durable()))
        if self._thread.ident is None:
            return
        self._thread.join(_LEAVE_S)
        if self._thread.is_alive() and self._process is not None:
            log.error("the store's process does not leave: killed; the journal has what it had not yet applied")
            self._process.kill()
            self._thread.join()


def _call_soon(loop: asyncio.AbstractEventLoop, settle: Callable[[Any], None], reply: Any) -> None:
    with contextlib.suppress(RuntimeError):  # the loop has ended, and with it whoever asked
        loop.call_soon_threadsafe(settle, reply)
