"""A store's directory: made, found again, or moved aside when it cannot be opened. Each in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PRELUDE = """
import json, resource, sys
from pathlib import Path
from radiograph.model.rows import StoredDocument
from radiograph.segments.flatten import flatten
from radiograph.storage.clickhouse import open_store
from tests.oracle.documents import TRACE, segment

directory, data = Path(sys.argv[1]), json.dumps(segment()).encode()
row = flatten(data, 1)
A = "000000000000"
"""
WRITE = """
stored = StoredDocument(TRACE, row.id, row.version, row.start_us, data)
store.writer.write(A, [store.writer.encode(A, [row], [stored])])
"""
OPEN = "begun = []; store = open_store(directory, lambda: 1_700_001_000.0, lambda: begun.append(1)); new = bool(begun)"


def run(directory: Path, *statements: str) -> str:
    """Run statements in a new process; give what they print."""
    program = PRELUDE + "\n".join(statements)
    done = subprocess.run(
        [sys.executable, "-c", program, str(directory)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout.strip()


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "store"


def test_what_was_written_is_there_after_a_restart_and_its_minutes_are_open_until_counted(directory: Path) -> None:
    shown = "print(new, len(store.documents(A, [TRACE])), len(store.graph(A, 1_699_999_000, 1_700_001_000)))"
    assert run(directory, OPEN, WRITE, shown, "store.close()") == "True 1 3"
    later = "import itertools; ticks = itertools.count(); " + OPEN.replace(
        "1_700_001_000.0", "1_700_009_000.0 + 10 * next(ticks)"
    )
    assert run(directory, later, shown, "print(store.keeper.count())", shown, "store.close()").split("\n") == [
        "False 1 3",
        "1",
        "False 1 3",
    ]
    assert run(directory, later, "print(store.keeper.count())", shown, "store.close()") == "0\nFalse 1 3"


def test_what_was_written_is_there_after_the_process_was_killed(directory: Path) -> None:
    with pytest.raises(AssertionError):
        run(directory, OPEN, WRITE, "import os; os.kill(os.getpid(), 9)")
    assert run(directory, OPEN, "print(new, len(store.segments(A, [TRACE])))", "store.close()") == "False 1"


BREAK = "store.close(); [path.write_text('no SQL at all') for path in directory.rglob('*.sql')]"


def test_a_store_that_cannot_be_opened_is_moved_aside_and_never_deleted(directory: Path) -> None:
    run(directory, OPEN, BREAK)
    before = {path.name for path in directory.rglob("*")}
    assert run(directory, OPEN, WRITE, "print(new, len(store.segments(A, [TRACE])))", "store.close()") == "True 1"
    (aside,) = directory.parent.glob("store.broken-*")
    assert before & {path.name for path in aside.rglob("*")}
    assert run(directory, OPEN, "print(new, len(store.segments(A, [TRACE])))", "store.close()") == "False 1"


def test_a_store_whose_migrations_were_cut_short_is_completed_where_it_is(directory: Path) -> None:
    run(directory, OPEN, WRITE, "store.engine.execute('DROP TABLE migrations')", "store.close()")
    assert run(directory, OPEN, "print(new, len(store.segments(A, [TRACE])))", "store.close()") == "False 1"


def test_stores_moved_aside_do_not_meet(directory: Path) -> None:
    directory.with_name("store.broken-0").mkdir()
    run(directory, OPEN, BREAK)
    run(directory, OPEN, "store.close()")
    assert list(directory.with_name("store.broken-0").iterdir()) == []
    assert list(directory.with_name("store.broken-1").iterdir())


def test_a_store_is_not_opened_where_files_are_limited(directory: Path) -> None:
    limit = "resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 30, resource.RLIM_INFINITY))"
    attempt = (
        "try:\n    open_store(directory, lambda: 0.0, lambda: None)\nexcept RuntimeError as error:\n    print(error)"
    )
    assert "ulimit -f" in run(directory, limit, attempt)
    assert not directory.exists()
