"""The writer of a chain: what it promises, what it bounds, and what it says of itself."""

from __future__ import annotations

import errno
import json
import os
import threading
from pathlib import Path
from typing import Any

import pytest

from radiograph.audit import Kind, Trail
from radiograph.errors import ServiceUnavailable
from tests.audit.trails import ACCOUNT, NOW, OTHER, FullDisk, Trails, record
from tests.conftest import eventually


def details(trails: Trails, name: str) -> list[dict[str, Any]]:
    return [json.loads(one.text)["serviceEventDetails"] for one in trails.found() if one.record.event_name == name]


def refuse(trail: Trail, name: str = "CreateUser", *, is_proven: bool, **members: Any) -> None:
    made = record(name, error_code="AccessDenied", **members)
    kind = Kind(made.recipient_account_id, is_proven, made.event_source, "AccessDenied")
    trail.refuse(kind, made.source_ip_address, lambda: made)


def test_what_was_written_is_there_for_others_at_once(trails: Trails) -> None:
    trails.open().write(record("CreateUser"))
    assert trails.names() == ["CreateUser"]


def test_a_chain_goes_on_after_a_restart(trails: Trails) -> None:
    trails.written(3)
    trails.written(2)
    report = trails.report()
    assert (report.records, report.last, report.findings) == (5, 5, [])


@pytest.mark.parametrize("left", [1, 40, 400])
def test_a_torn_last_line_is_taken_away_and_said(trails: Trails, left: int) -> None:
    (path,) = trails.written(3)
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:left])
    trails.written(1)
    assert details(trails, "RepairAuditFile") == [{"chain": "back", "file": path.name, "tornBytes": left}]
    assert trails.faults() == []
    assert path.read_bytes() == whole


def test_records_cut_while_nobody_wrote_stay_missing_for_ever(trails: Trails) -> None:
    (path,) = trails.written(5)
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:2]))
    trails.written(3)
    assert details(trails, "MissAuditRecords") == [{"chain": "back", "from": 3, "through": 5}]
    (finding,) = trails.report().findings
    assert (finding.fault, finding.sequence) == ("missing", 3)
    assert finding.told == "records 3 to 5 are missing before record 6"


def test_many_writers_share_a_chain(trails: Trails) -> None:
    trail = trails.open(file_bytes=8192)
    threads = [threading.Thread(target=lambda n=n: [trail.write(record(f"W{n}")) for _ in range(25)]) for n in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    trail.close()
    assert sorted(trails.names()) == sorted(f"W{n}" for n in range(8) for _ in range(25))
    assert (trails.report().records, trails.faults()) == (200, [])


def test_files_go_when_their_time_has_come_and_that_is_said(trails: Trails) -> None:
    before = trails.written(20, file_bytes=2000)
    for path in before:
        os.utime(path, (NOW, NOW))
    trails.now = NOW + 91 * 86_400
    trails.written(1, file_bytes=2000)
    (said,) = details(trails, "DropAuditFiles")
    assert 15 <= said["through"] < 20
    assert not before[0].exists()
    assert trails.faults() == []
    assert trails.report().first == said["through"] + 1


def test_a_chain_takes_no_more_disk_than_it_may(trails: Trails) -> None:
    trail = trails.open(file_bytes=4096, retain_bytes=20_000)
    for n in range(300):
        trail.write(record(f"Event{n}"))
    trail.close()
    assert sum(path.stat().st_size for path in trails.files()) < 20_000 + 2 * 8192
    assert trails.names()[0] == "Event299"
    assert trails.faults() == []


def test_a_flood_of_refusals_is_counted(trails: Trails) -> None:
    trail = trails.open(refusals_per_minute=5)
    for n in range(1000):
        refuse(trail, is_proven=False, source_ip_address=f"192.0.2.{n % 40}")
    trails.now += 61
    eventually(lambda: details(trails, "SummarizeEvents"))
    (said,) = details(trails, "SummarizeEvents")
    assert (said["count"], said["errorCode"], said["eventSource"]) == (995, "AccessDenied", "iam.amazonaws.com")
    assert sum(said["sourceIPAddresses"].values()) == 995
    assert len(said["sourceIPAddresses"]) == 21, "twenty addresses, and the others"
    assert trails.names().count("CreateUser") == 5


def test_what_is_counted_is_said_before_the_end(trails: Trails) -> None:
    trail = trails.open(refusals_per_minute=0)
    refuse(trail, is_proven=True)
    trail.close()
    assert trails.names() == ["SummarizeEvents"]


def test_a_flood_hides_no_other_account_and_nobody_who_is_known(trails: Trails) -> None:
    trail = trails.open(refusals_per_minute=3)
    for _ in range(100):
        refuse(trail, "Flood", is_proven=False)
    refuse(trail, "Insider", is_proven=True)
    refuse(trail, "Neighbour", is_proven=False, recipient_account_id=OTHER)
    trail.close()
    assert {"Insider", "Neighbour"} <= set(trails.names())
    assert trails.names(account=OTHER) == ["Neighbour"]


def test_the_minute_after_a_flood_has_records_again(trails: Trails) -> None:
    trail = trails.open(refusals_per_minute=2)
    for _ in range(10):
        refuse(trail, "Flood", is_proven=True)
    trails.now += 60
    refuse(trail, "Later", is_proven=True)
    trail.close()
    assert trails.names().count("Flood") == 2
    assert "Later" in trails.names()


def test_what_cannot_be_written_is_not_promised_and_is_said_later(trails: Trails) -> None:
    disk = FullDisk()
    trail = trails.open(pwrite=disk.pwrite)
    trail.write(record("Before"))
    disk.room = 100
    with pytest.raises(ServiceUnavailable, match="No space left"):
        trail.write(record("Lost"))
    with pytest.raises(ServiceUnavailable):
        trail.check()
    disk.room = None
    trail.check()
    trail.write(record("After"))
    assert {"Before", "After"} <= set(trails.names())
    assert "Lost" not in trails.names()
    (said,) = details(trails, "ResumeAudit")
    assert said["recordsLost"] == 1
    trail.close()
    assert trails.faults() == []


def test_a_file_that_cannot_be_deleted_ends_nothing(trails: Trails) -> None:
    (path,) = trails.written(1)
    stuck = path.with_name(f"{0:020d}.jsonl")
    stuck.mkdir()
    os.utime(stuck, (NOW, NOW))
    trails.now = NOW + 91 * 86_400
    trail = trails.open()
    answered = threading.Event()

    def write() -> None:
        trail.write(record("After"))
        answered.set()

    threading.Thread(target=write, daemon=True).start()
    assert answered.wait(20), "whoever waits for a record waits for ever"
    assert trails.counters.get("audit.retention.failed") == 1
    stuck.rmdir()
    assert "After" in trails.names()


def test_what_the_trail_has_to_say_of_itself_is_tried_now_and_then(trails: Trails) -> None:
    (path,) = trails.written(3)
    path.write_bytes(path.read_bytes() + b"torn")
    disk, tries = FullDisk(), []

    def pwrite(descriptor: int, data: memoryview, offset: int) -> int:
        tries.append(offset)
        return disk.pwrite(descriptor, data, offset)

    disk.room = 0
    trail = trails.open(pwrite=pwrite)
    eventually(lambda: tries)
    for _ in range(200):
        with pytest.raises(ServiceUnavailable):
            trail.check()
    assert len(tries) < 300, "each who asks has it tried once; by itself it tries once a second"
    disk.room = None
    eventually(lambda: details(trails, "ResumeAudit"))
    assert len(details(trails, "RepairAuditFile")) == 1


def test_a_mark_that_cannot_be_written_takes_no_record_back(trails: Trails) -> None:
    (path,) = trails.written(3)
    path.write_bytes(path.read_bytes() + b"torn")

    def pwrite(descriptor: int, data: memoryview, offset: int) -> int:
        if len(data) == 512 and offset == 0:
            raise OSError(errno.EIO, "Input/output error")
        return os.pwrite(descriptor, data, offset)

    trail = trails.open(pwrite=pwrite)
    trail.write(record("Kept"))
    trail.close()
    assert trails.names().count("Kept") == len(details(trails, "RepairAuditFile")) == 1
    assert trails.counters.get("audit.mark.failed") >= 1
    assert trails.faults() == []


def test_events_are_found_newest_first_whichever_process_wrote_them(trails: Trails) -> None:
    front, back = trails.open("front"), trails.open("back")
    for n in range(6):
        (front if n % 2 else back).write(record(f"Event{n}", NOW + n))
    assert trails.names() == [f"Event{n}" for n in reversed(range(6))]
    assert trails.names(since_s=NOW + 2, until_s=NOW + 3) == ["Event3", "Event2"]


def test_a_record_is_never_too_large(trails: Trails) -> None:
    trail = trails.open()
    trail.write(record(request_parameters={"text": "x" * 1_000_000}))
    (found,) = trails.found(account=ACCOUNT)
    assert len(found.text) < 300_000
    assert found.record.request_parameters is not None
    assert found.record.request_parameters["omitted"] is True


def test_only_its_owner_reads_an_audit(trails: Trails) -> None:
    (path,) = trails.written(1)
    assert [one.stat().st_mode & 0o077 for one in (path, path.parent, path.with_name("mark"))] == [0, 0, 0]
    assert Path(path).name == f"{1:020d}.jsonl"
