"""Traces in ClickHouse, embedded: the one room that knows its SQL."""

from .store import ClickHouseStore, open_store

__all__ = ["ClickHouseStore", "open_store"]
