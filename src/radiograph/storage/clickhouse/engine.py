"""The embedded engine: a pool of native connections to one directory, opened once a process.

Native connections run side by side and release the interpreter lock; ADR 0002 has the figures.
"""

from __future__ import annotations

import copy
import importlib
import os
import queue
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, TypeVar

import msgspec

from radiograph.errors import ServiceUnavailable

from .native import block

__all__ = ["Engine", "EngineError", "load_query"]

T = TypeVar("T")
_QUERIES = Path(__file__).parent / "queries"
_CACHE_BYTES = {
    "mark_cache_size": 64 << 20,
    "primary_index_cache_size": 64 << 20,
    "index_mark_cache_size": 16 << 20,
    "uncompressed_cache_size": 0,
    "mmap_cache_size": 16,
    "background_pool_size": 2,
    "background_schedule_pool_size": 4,
    "background_common_pool_size": 2,
    "background_move_pool_size": 1,
    "background_fetches_pool_size": 1,
    "background_buffer_flush_schedule_pool_size": 1,
    "background_distributed_schedule_pool_size": 1,
    "background_message_broker_schedule_pool_size": 1,
    "tables_loader_foreground_pool_size": 2,
    "tables_loader_background_pool_size": 2,
}
_WRITE_SETTINGS = {
    "async_insert": 0,
    "fsync_metadata": 1,
    "max_insert_threads": 1,
    "max_threads": 1,
    "max_partitions_per_insert_block": 0,
}
_READ_SETTINGS = {
    "max_threads": 2,
    "max_memory_usage": 2 << 30,
    "max_execution_time": 60,
    "output_format_json_quote_64bit_integers": 0,
    "output_format_json_escape_forward_slashes": 0,
    "join_algorithm": "'hash'",
    "optimize_skip_unused_shards": 0,
    "use_query_condition_cache": 0,
    "readonly": 1,
}


class EngineError(ServiceUnavailable):
    """The engine refused or failed; ``str(error)`` has its own words, which are for the log and not for callers."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.message = "the store could not answer; its log says why"


class Engine:
    """The store's directory, open. One process at a time may have it: see :mod:`radiograph.lock`."""

    def __init__(self, directory: Path, readers: int = 4) -> None:
        # Loading the library takes its time: only a process that opens the engine pays.
        native: Any = importlib.import_module("chdb")._chdb

        directory.mkdir(parents=True, exist_ok=True)
        options = "&".join(f"{name}={value}" for name, value in _CACHE_BYTES.items())
        self._connect: Callable[[], Any] = lambda: native.connect(f"{directory}?{options}")
        self._writers = self._pool(2, _WRITE_SETTINGS)
        self._readers = self._pool(readers, _READ_SETTINGS)
        self._aside: list[Engine] = []

    def aside(self) -> Engine:
        """Give the same engine with one connection of its own to read by, which questions neither hold nor wait for.

        It is closed with the engine.
        """
        one = copy.copy(self)
        one._readers = self._pool(1, _READ_SETTINGS)
        self._aside.append(one)
        return one

    def _pool(self, size: int, settings: Mapping[str, object]) -> queue.SimpleQueue[Any]:
        pool: queue.SimpleQueue[Any] = queue.SimpleQueue()
        for _ in range(size):
            connection = self._connect()
            for name, value in settings.items():
                connection.query(f"SET {name} = {value}", "CSV")
            pool.put(connection)
        return pool

    @contextmanager
    def _borrow(self, pool: queue.SimpleQueue[Any]) -> Iterator[Any]:
        connection = pool.get()
        try:
            yield connection
        except RuntimeError as error:
            raise EngineError(str(error)) from error
        finally:
            pool.put(connection)

    def rows(self, type_: type[T], sql: str, **parameters: object) -> list[T]:
        """Give the answer's rows as Structs of ``type_``; columns bear the Structs' field names.

        Parameters are bound by the engine: lists of str or int, str, int, bool, float.

        Raises: ServiceUnavailable.
        """
        with self._borrow(self._readers) as connection:
            result = connection.query(sql, "JSONEachRow", params=_bind(parameters))
            data = result.bytes()
        return msgspec.json.Decoder(type_).decode_lines(data)

    def execute(self, sql: str, **parameters: object) -> None:
        """Run a statement that changes something.

        Raises: ServiceUnavailable.
        """
        with self._borrow(self._writers) as connection:
            connection.query(sql, "CSV", params=_bind(parameters))

    def insert(self, table: str, columns: Sequence[tuple[str, str, Sequence[Any]]]) -> None:
        """Write rows, given as columns (see :func:`~.native.block`), as one part; on return they are synced to disk.

        Raises: ServiceUnavailable.
        """
        self.insert_blocks(table, [name for name, _, _ in columns], [block(columns)])

    def insert_blocks(self, table: str, names: Sequence[str], blocks: Sequence[bytes]) -> None:
        """Write Native blocks of the columns ``names`` as one part a partition; on return they are synced to disk.

        Raises: ServiceUnavailable.
        """
        # Not send_insert: it reports success although the engine could not write (measured: chdb-core 26.9.0).
        with self._borrow(self._writers) as connection, _file_of(blocks) as file:
            path = f"/dev/fd/{file.fileno()}"
            connection.query(f"INSERT INTO {table} ({', '.join(names)}) FROM INFILE '{path}' FORMAT Native", "CSV")

    def close(self) -> None:
        """Close every connection; the engine writes nothing afterwards."""
        for pool in (*(one._readers for one in self._aside), self._readers, self._writers):
            while not pool.empty():
                pool.get().close()


def _file_of(blocks: Sequence[bytes]) -> IO[bytes]:
    """Give an open file of these bytes that has no name; in memory where the system can."""
    in_memory = hasattr(os, "memfd_create")
    file = os.fdopen(os.memfd_create("block"), "w+b") if in_memory else tempfile.TemporaryFile()  # noqa: SIM115 - given
    file.writelines(blocks)
    file.flush()
    return file


def load_query(name: str) -> str:
    """Give the text of ``queries/<name>.sql``."""
    return (_QUERIES / f"{name}.sql").read_text()


def _bind(parameters: Mapping[str, object]) -> dict[str, str]:
    return {name: _literal(value) for name, value in parameters.items()}


def _literal(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(_quoted(item) if isinstance(item, str) else str(item) for item in value) + "]"
    return _escaped(value) if isinstance(value, str) else str(value)


def _escaped(text: str) -> str:
    return (
        text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r").replace("\0", "\\0")
    )


def _quoted(text: str) -> str:
    return "'" + _escaped(text).replace("'", "\\'") + "'"
