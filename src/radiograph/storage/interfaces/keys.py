"""What a store of keys promises: customer keys, and what is sealed under them."""

from __future__ import annotations

from typing import Protocol

from radiograph.model.keys import CustomerKey, DataKeyRecord, DictionaryRecord

__all__ = ["CustomerKeys"]


class CustomerKeys(Protocol):
    """Customer keys by id, their aliases, and the data keys they wrap. All material is wrapped."""

    def all(self) -> list[CustomerKey]:
        """Give every key, oldest first."""

    def with_id(self, id_: str) -> CustomerKey | None:
        """Give the key of this id, or None."""

    def put(self, key: CustomerKey) -> None:
        """Keep a key, in place of the one of its id."""

    def aliases(self) -> dict[str, str]:
        """Give the id of the key that each alias stands for, by alias."""

    def put_alias(self, alias: str, key_id: str, now: float) -> None:
        """Keep an alias, in place of the one of its name."""

    def remove_alias(self, alias: str) -> None:
        """Forget an alias, if there is one."""

    def data_keys(self) -> list[DataKeyRecord]:
        """Give every data key, by number."""

    def put_data_key(self, record: DataKeyRecord) -> None:
        """Keep a data key, in place of the one of its number."""

    def dictionaries(self) -> list[DictionaryRecord]:
        """Give every dictionary, by number."""

    def put_dictionary(self, record: DictionaryRecord) -> None:
        """Keep a dictionary, in place of the one of its number."""
