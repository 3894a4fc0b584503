"""Who listens to a stream, for how long, and what that one is told."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Collection
from typing import Any

import pytest

from radiograph.api.asked import Asked
from radiograph.api.seen import Seen
from radiograph.api.streams import ARRIVALS_PATH, LIVE_PATH, Streams
from radiograph.asgi import Headers, Scope
from radiograph.auth.caller import Caller
from radiograph.auth.policy import root
from radiograph.auth.refusals import UnknownKey
from radiograph.telemetry import Counters

OURS, THEIRS = "000000000000", "111111111111"
COUNTS = {"udp.received": 3, "journal.documents": 2, "applier.documents": 2, "udp.rejected.InvalidTraceId": 1}
TRACE = "1-00000001-000000000000000000000001"


class Server:
    """Both streams over a store that has one trace for whoever asks, or does not answer."""

    def __init__(self, account: str = OURS) -> None:
        self.caller = Caller(principal=root(account), access_key_id="AKIALISTENER")
        self.session, self.is_let_in, self.answers = "", True, asyncio.Event()
        self.answers.set()
        self.asked: list[Asked] = []
        self.told: list[Seen] = []
        counters = Counters()
        counters.add("udp.rejected.InvalidTraceId", because="trace_id is 'a secret of somebody'")
        self.streams = Streams(
            *(self, "eu-west-1", lambda: 1.0, self.ask, self.counts, self.who, lambda: False, counters, True, OURS),
            self,
        )

    def begin(self, asked: Asked) -> Seen:
        return Seen("xray", "GetTraceSummaries")

    def tell(self, asked: Asked, seen: Seen) -> None:
        self.told.append(seen)

    def admit(self, asked: Asked, _services: Collection[str]) -> Caller:
        self.asked.append(asked)
        if not self.is_let_in:
            raise UnknownKey
        return self.caller

    async def ask(self, asked: Asked) -> tuple[int, Headers, bytes]:
        await self.answers.wait()
        self.asked.append(asked)
        return 200, [], json.dumps({"Traces": [{"Id": TRACE}], "Dropped": 0, "Cursor": "1"}).encode()

    async def counts(self) -> dict[str, int]:
        return COUNTS

    def who(self, _scope: Scope) -> str:
        return self.session


class Listener:
    """A client of one stream: what it was sent, and a wish to hear no more."""

    def __init__(self, server: Server, path: str) -> None:
        self.status, self.text, self.has_left = 0, "", asyncio.Event()
        self.scope: Scope = {"type": "http", "method": "GET", "path": path, "headers": [], "query_string": b""}
        self.task = asyncio.create_task(server.streams.paths[path](self.scope, self.receive, self.send))

    async def receive(self) -> dict[str, Any]:
        await self.has_left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: dict[str, Any]) -> None:
        self.status = message.get("status", self.status)
        self.text += message.get("body", b"").decode()

    async def until(self, so: Callable[[], object]) -> None:
        async with asyncio.timeout(30):
            while not so():
                await asyncio.sleep(0.01)

    async def leave(self) -> None:
        self.has_left.set()
        await self.task


def arrivals_told(account: str) -> dict[str, Any]:
    async def listen() -> str:
        listener = Listener(Server(account), ARRIVALS_PATH)
        await listener.until(lambda: "\n\n" in listener.text)
        await listener.leave()
        return listener.text

    told: dict[str, Any] = json.loads(asyncio.run(listen()).partition("data: ")[2].partition("\n\n")[0])
    return told


def test_what_came_of_all_accounts_is_told_to_the_account_of_the_server() -> None:
    told = arrivals_told(OURS)
    assert (told["Datagrams"], told["Accepted"], told["NewestTraceId"]) == (3, 2, TRACE)
    assert told["Rejected"][0]["Message"] == "trace_id is 'a secret of somebody'"


def test_another_account_is_told_of_its_own_newest_trace_alone() -> None:
    assert arrivals_told(THEIRS) == {"NewestTraceId": TRACE}


@pytest.mark.parametrize("path", [LIVE_PATH, ARRIVALS_PATH])
@pytest.mark.parametrize("login", ["user:000000000000:AIDA:1.0", "session:ASIA:token", "AKIALISTENER", ""])
def test_whoever_has_logged_in_listens_as_that_one(path: str, login: str) -> None:
    async def listen() -> None:
        server = Server()
        server.session = login
        # Of who logs in by a password there is no access key.
        server.caller = Caller(principal=root(OURS), access_key_id="" if login.startswith("user:") else "AKIALISTENER")
        listener = Listener(server, path)
        await listener.until(lambda: listener.text)
        await listener.leave()
        assert listener.status == 200
        assert server.asked[-1].login == (login or "AKIALISTENER")

    asyncio.run(listen())


@pytest.mark.parametrize("path", [LIVE_PATH, ARRIVALS_PATH])
@pytest.mark.parametrize("why", ["logged out", "somebody else", "refused", "no key"])
def test_a_stream_ends_with_what_it_was_begun_by(path: str, why: str) -> None:
    async def listen() -> str:
        server = Server()
        server.session = "" if why == "no key" else "AKIALISTENER"
        listener = Listener(server, path)
        await listener.until(lambda: listener.text)
        match why:
            case "logged out":
                server.session = ""
            case "somebody else":
                server.session = "AKIASOMEBODYELSE"
            case _:
                server.is_let_in = False
        await listener.until(listener.task.done)
        return listener.text

    last = asyncio.run(listen()).split("event: ")[-1]
    assert last.startswith("refused\n")
    assert ("MissingAuth" in last) == (why in ("logged out", "somebody else"))


def test_who_is_not_let_in_is_told_to_the_audit() -> None:
    async def listen() -> list[Seen]:
        server = Server()
        server.is_let_in = False
        listener = Listener(server, LIVE_PATH)
        await listener.until(listener.task.done)
        return server.told

    (told,) = asyncio.run(listen())
    assert isinstance(told.error, UnknownKey)


def test_no_more_streams_than_allowed_however_many_begin_at_once() -> None:
    async def listen() -> list[int]:
        server = Server()
        server.answers.clear()
        listeners = [Listener(server, LIVE_PATH) for _ in range(40)]
        await listeners[-1].until(lambda: sum(one.status == 429 for one in listeners) == 8)
        server.answers.set()
        await listeners[0].until(lambda: all(one.status for one in listeners))
        statuses = [one.status for one in listeners]
        for one in listeners:
            await one.leave()
        again = Listener(server, LIVE_PATH)
        await again.until(lambda: again.status)
        await again.leave()
        return [*statuses, again.status]

    assert asyncio.run(listen()) == [200] * 32 + [429] * 8 + [200]
