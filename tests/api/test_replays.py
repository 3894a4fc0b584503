"""What is signed is done once."""

from __future__ import annotations

import asyncio

import pytest

from radiograph.api.asked import Asked
from radiograph.api.replays import Replays, changes_something
from radiograph.asgi import Headers
from radiograph.errors import ServiceUnavailable


class Answers:
    """Counts how often it is asked."""

    def __init__(self, *statuses: int) -> None:
        self.asked, self._statuses = 0, list(statuses)

    async def __call__(self) -> tuple[int, Headers, bytes]:
        self.asked += 1
        status = self._statuses.pop(0) if self._statuses else 200
        await asyncio.sleep(0)
        if status == 503:
            raise ServiceUnavailable("later")
        return status, [], b"%d" % self.asked


def signed(signature: str = "one", body: bytes = b"{}", number: str = "") -> Asked:
    headers = [(b"authorization", signature.encode())]
    headers += [(b"amz-sdk-invocation-id", number.encode())] if number else []
    return Asked(path="/CreateGroup", headers=headers, body=body)


def test_the_same_request_is_answered_the_same_and_done_once() -> None:
    async def run() -> None:
        replays, answers = Replays(600), Answers()
        assert await replays.once(signed(), answers) == (200, [], b"1")
        assert await replays.once(signed(), answers) == (200, [], b"1")
        assert await replays.once(signed("another"), answers) == (200, [], b"2")
        assert await replays.once(signed(body=b"{ }"), answers) == (200, [], b"3")

    asyncio.run(run())


def test_two_calls_of_an_sdk_in_one_second_are_two_and_its_retries_are_none() -> None:
    async def run() -> None:
        now = [0.0]
        replays, answers = Replays(600, clock=lambda: now[0]), Answers()
        assert await replays.once(signed(number="a"), answers) == (200, [], b"1")
        assert await replays.once(signed(number="b"), answers) == (200, [], b"2")
        assert await replays.once(signed(number="a"), answers) == (200, [], b"1")
        assert await replays.once(signed(), answers) == (200, [], b"1"), "a number left out makes no other call"
        now[0] = 3.0
        assert await replays.once(signed(number="c"), answers) == (200, [], b"1"), "nobody means that any more"
        assert await replays.once(signed(number="b"), answers) == (200, [], b"2")

    asyncio.run(run())


def test_two_at_once_are_one() -> None:
    async def run() -> None:
        replays, answers = Replays(600), Answers()
        both = await asyncio.gather(replays.once(signed(), answers), replays.once(signed(), answers))
        assert both == [(200, [], b"1")] * 2

    asyncio.run(run())


def test_who_hangs_up_does_not_take_the_answer_from_who_waits() -> None:
    async def run() -> None:
        replays, answers = Replays(600), Answers()
        first = asyncio.ensure_future(replays.once(signed(), answers))
        await asyncio.sleep(0)
        second = asyncio.ensure_future(replays.once(signed(), answers))
        third = asyncio.ensure_future(replays.once(signed(), answers))
        await asyncio.sleep(0)
        second.cancel()
        assert await first == await third == (200, [], b"1")

    asyncio.run(run())


@pytest.mark.parametrize("status", [400, 429, 500])
def test_what_was_refused_may_be_tried_again(status: int) -> None:
    async def run() -> None:
        replays, answers = Replays(600), Answers(status)
        assert (await replays.once(signed(), answers))[0] == status
        assert (await replays.once(signed(), answers))[0] == 200

    asyncio.run(run())


def test_what_failed_may_be_tried_again() -> None:
    async def run() -> None:
        replays, answers = Replays(600), Answers(503)
        with pytest.raises(ServiceUnavailable):
            await replays.once(signed(), answers)
        assert (await replays.once(signed(), answers))[0] == 200

    asyncio.run(run())


def test_an_answer_is_forgotten_when_its_signature_is_no_good_any_more() -> None:
    async def run() -> None:
        now = [0.0]
        replays, answers = Replays(600, clock=lambda: now[0]), Answers()
        await replays.once(signed(), answers)
        now[0] = 600.0
        await replays.once(signed(), answers)
        assert answers.asked == 2

    asyncio.run(run())


def test_as_many_answers_are_kept_as_there_is_room_for() -> None:
    async def run() -> None:
        replays, answers = Replays(600, most=10), Answers()
        for n in range(100):
            await replays.once(signed(str(n)), answers)
        await replays.once(signed("99"), answers)
        assert answers.asked == 100
        await replays.once(signed("0"), answers)
        assert answers.asked == 101

    asyncio.run(run())


@pytest.mark.parametrize(
    ("path", "body", "changes"),
    [
        ("/CreateGroup", b"", True),
        ("/UntagResource", b"", True),
        ("/StartTraceRetrieval", b"", True),
        ("/PutEncryptionConfig", b"", True),
        ("/TraceSegments", b"", False),
        ("/TelemetryRecords", b"", False),
        ("/Traces", b"", False),
        ("/ServiceGraph", b"", False),
        ("/nowhere", b"", False),
        ("/", b"Action=CreateUser&Version=2010-05-08", True),
        ("/", b"Version=2011-06-15&Action=AssumeRole", True),
        ("/", b"Action=GetSessionToken", True),
        ("/", b"Action=GetUser", False),
        ("/", b"Action=ListUsers", False),
        ("/", b"Action=SimulateCustomPolicy", False),
        ("/", b"Action=Create%55ser&Version=2010-05-08", True),
        ("/", b"{}", False),
    ],
)
def test_what_changes_nothing_is_asked_each_time(path: str, body: bytes, changes: bool) -> None:
    assert changes_something(Asked(path=path, body=body)) is changes
