"""Makes keys, and wraps each by the one above it: AES-256-GCM, about the account and the key's own name."""

from __future__ import annotations

import os
import uuid

from radiograph.data_keys import DataKey, Dictionary
from radiograph.model.keys import CustomerKey, DataKeyRecord, DictionaryRecord
from radiograph.secrets import KeyFileError, MasterKey, Sealer, Unsealable
from radiograph.storage.interfaces import SettingsStore

__all__ = ["KeyMaker"]

_KEY_BYTES = 32


class KeyMaker:
    """The one who knows the master key."""

    def __init__(self, master: MasterKey) -> None:
        self._sealer = master.sealer("customer keys")

    def customer_key(self, account: str, now: float, description: str = "", managed: bool = False) -> CustomerKey:
        """Give a new customer key."""
        id_ = str(uuid.uuid4())
        material = self._sealer.seal(os.urandom(_KEY_BYTES), _of_customer(account, id_))
        return CustomerKey(id=id_, created_at=now, material=material, description=description, managed=managed)

    def data_key(self, account: str, customer: CustomerKey, number: int, now: float) -> DataKeyRecord:
        """Give a new data key, wrapped by a customer key.

        Raises: Unsealable when that cannot be unwrapped.
        """
        material = self._wrapper(account, customer).seal(os.urandom(_KEY_BYTES), _of_data(account, number))
        return DataKeyRecord(number=number, key_id=customer.id, created_at=now, material=material)

    def unwrapped(
        self, account: str, customer: CustomerKey, record: DataKeyRecord, learned: list[DictionaryRecord]
    ) -> DataKey:
        """Give a data key that can be used, with what was learned under it.

        Raises: Unsealable when its material, or its customer key's, is destroyed or was changed.
        """
        if record.material is None:
            raise Unsealable(f"data key {record.number} of account {account} is destroyed")
        material = self._wrapper(account, customer).unseal(record.material, _of_data(account, record.number))
        bare = DataKey(record.number, material)
        dictionaries = {
            one.number: Dictionary(one.number, bare.unseal_frame(one.content, _of_dictionary(account, one.number)))
            for one in learned
            if one.content is not None
        }
        return DataKey(record.number, material, dictionaries) if dictionaries else bare

    def dictionary(self, account: str, key: DataKey, number: int, content: bytes) -> DictionaryRecord:
        """Give what was learned, sealed: it is made of documents."""
        sealed = key.seal_frame(content, _of_dictionary(account, number))
        return DictionaryRecord(number=number, data_key=key.number, content=sealed)

    def check(self, settings: SettingsStore) -> None:
        """Return when the customer keys that are kept can be unwrapped.

        Raises: KeyFileError when they were wrapped by another master key.
        """
        for account in settings.accounts_with_keys():
            with settings.read(account) as kept:
                keys = [key for key in kept.keys.all() if key.material is not None]
            for key in keys:
                try:
                    self._wrapper(account, key)
                except Unsealable as error:
                    raise KeyFileError(
                        f"the master key does not open key {key.id} of account {account}: {error}; start with the "
                        "master key that was in use when it was made"
                    ) from error

    def _wrapper(self, account: str, customer: CustomerKey) -> Sealer:
        if customer.material is None:
            raise Unsealable(f"key {customer.id} of account {account} is destroyed")
        return Sealer(self._sealer.unseal(customer.material, _of_customer(account, customer.id)))


def _of_customer(account: str, id_: str) -> bytes:
    return f"customer key {account} {id_}".encode()


def _of_data(account: str, number: int) -> bytes:
    return f"data key {account} {number}".encode()


def _of_dictionary(account: str, number: int) -> bytes:
    return f"dictionary {account} {number}".encode()
