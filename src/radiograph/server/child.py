"""The second process, seen from the first: started, asked, started again when it dies, and told to leave.

Whatever becomes of it, the journal is here: documents go on being acknowledged, and its successor applies them.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import queue
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any

import msgspec

from radiograph.api.asked import Asked
from radiograph.config import Config
from radiograph.errors import ServiceUnavailable, Throttled
from radiograph.telemetry import Counters, log

from .link import Answer, Applied, Ask, Begin, Failed, FromFront, Grown, Leave, Link, Look, Looked, Opened

__all__ = ["StoreProcess"]

_AGAIN_S = (0.2, 1.0, 5.0, 30.0)
_LEAVE_S = 300.0
_MOST_WAITING = 512


class StoreProcess:
    """A process with the store of a data directory, and the thread that hears it. Safe to use from several threads."""

    def __init__(self, config: Config, counters: Counters, durable: Callable[[], int], applied: Callable[[int], None]):
        self._config, self._counters = msgspec.json.encode(config, enc_hook=str), counters
        self._durable, self._applied = durable, applied
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._waiting: dict[int, Callable[[Any], None]] = {}
        self._outbox: queue.SimpleQueue[Callable[[], FromFront] | None] | None = None
        """What waits to be sent. Nobody else writes to the link: the journal and the sockets never wait for it."""
        self._growing = False
        self._process: subprocess.Popen[bytes] | None = None
        self._leaving, self._stopping = threading.Event(), threading.Event()
        self._settled = threading.Event()
        """Set once the first process has opened the store or said why it cannot, or nobody needs to know any more."""
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

    def grown(self) -> None:
        """Tell the process how far the journal reaches; never waits."""
        if not self._growing:
            self._growing = True
            self._tell(self._grown)

    def _grown(self) -> Grown:
        # Before the reading: what becomes durable right after it is told of by another message.
        self._growing = False
        return Grown(self._durable())

    async def ask(self, asked: Asked) -> Answer:
        """Give an operation's answer, or its error as an answer.

        Raises: ServiceUnavailable when the process is not there, ThrottledException when too many questions wait.
        """
        if len(self._waiting) >= _MOST_WAITING:
            raise Throttled(f"{_MOST_WAITING} questions wait for their answers; ask again later")
        answer: Answer = await self._exchange(lambda number: Ask(number, asked))
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
            asked = message(number)
            if not self._tell(lambda: asked):
                raise ServiceUnavailable("the store is being opened; ask again in a moment")
            reply = await settled
        finally:
            with self._lock:
                self._waiting.pop(number, None)
        if reply is None:
            raise ServiceUnavailable("the store stopped before it could answer; ask again in a moment")
        return reply

    def _tell(self, message: Callable[[], FromFront]) -> bool:
        outbox = self._outbox
        if outbox is not None:
            outbox.put(message)
        return outbox is not None

    @staticmethod
    def _send_all(link: Link, outbox: queue.SimpleQueue[Callable[[], FromFront] | None]) -> None:
        while (message := outbox.get()) is not None:
            try:
                link.send(message())
            except OSError:
                return  # the process is gone, as whoever receives finds out

    def _run(self) -> None:
        attempt = 0
        while not self._leaving.is_set():
            self._opened = False
            try:
                code = self._live()
            except OSError as error:
                code, self._failure = -1, f"the store's process cannot be started: {error}"
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
        link, outbox = Link(ours), queue.SimpleQueue[Callable[[], FromFront] | None]()
        outbox.put(lambda: Begin(self._config, self._durable()))
        sending = threading.Thread(target=self._send_all, args=(link, outbox), name="store-out", daemon=True)
        sending.start()
        with self._lock:
            self._outbox, self._growing = outbox, False
        # What became durable, or was told to leave, while the link was being made has told nobody.
        self.grown()
        if self._stopping.is_set():
            self._tell(lambda: Leave(self._durable()))
        while (message := link.receive()) is not None:
            try:
                self._hear(message)
            except Exception:  # the edge: one message's failure is not the others'
                self._counters.add("store.unheard")
                log.exception("a message of the store's process was not understood")
        with self._lock:
            self._outbox = None
            waiting, self._waiting = self._waiting, {}
        link.close()
        outbox.put(None)
        sending.join()
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
        self._stopping.set()
        self._tell(lambda: Leave(self._durable()))
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
