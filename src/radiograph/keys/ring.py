"""Every account's keys as they are now: which one seals, and which ones unseal.

Whoever changed them, in whichever process: the store's version is asked for with every use, which takes some
microseconds, and what is known is void when it is another one.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable

import msgspec

from radiograph.clock import Clock
from radiograph.data_keys import DataKey
from radiograph.errors import ServiceUnavailable
from radiograph.model.choices import Encryption
from radiograph.model.keys import CustomerKey, DataKeyRecord, DictionaryRecord
from radiograph.secrets import Unsealable
from radiograph.storage.interfaces import CustomerKeys, Settings, SettingsStore
from radiograph.telemetry import log

from .customer import AWS_ALIAS, Unusable, managed_key, usable
from .maker import KeyMaker

__all__ = ["KeyLife", "Keyring"]

_AGAIN_S = 60.0


class KeyLife(msgspec.Struct, frozen=True):
    """How long a data key seals what is new."""

    seconds: float = 86_400.0
    documents: int = 1 << 30
    """Random nonces are good for 2³² of them, and what is applied again is sealed again."""


class _Account(msgspec.Struct):
    """What is known of an account's keys, at one version of the store."""

    chosen: CustomerKey | None
    """What its documents are to be sealed by; None when they are not, or when the installation's own is to be made."""
    is_sealed: bool
    customers: dict[str, CustomerKey]
    records: dict[int, DataKeyRecord]
    learned: dict[int, list[DictionaryRecord]]
    unwrapped: dict[int, DataKey]

    def newest(self) -> DataKeyRecord | None:
        if self.chosen is None:
            return None
        return max(
            (one for one in self.records.values() if one.key_id == self.chosen.id and one.material is not None),
            key=lambda one: one.number,
            default=None,
        )


class Keyring:
    """The keys of all accounts; may be asked from several threads."""

    def __init__(
        self,
        settings: SettingsStore,
        version: Callable[[], int],
        maker: KeyMaker,
        clock: Clock,
        every_account: bool = False,
        life: KeyLife = KeyLife(),  # noqa: B008 - frozen
    ) -> None:
        """Take ``every_account`` for sealing also where nothing was chosen, by a key that is made for the account."""
        self._settings, self._version, self._maker, self._clock = settings, version, maker, clock
        self._every, self._life = every_account, life
        self._lock = threading.Lock()
        self._seen: int | None = None
        self._known: dict[str, _Account] = {}
        self._earlier: dict[str, _Account] = {}
        self._used: dict[tuple[str, int], int] = defaultdict(int)
        self._renew_at = 0.0

    def sealing(self, account: str, documents: int) -> DataKey | None:
        """Give the data key for so many documents; None when the account's are not to be sealed.

        Knows of every change that was answered before it was asked.

        Raises: ServiceUnavailable when they are to be sealed and cannot be: then nothing of the account's is taken.
        """
        known = self._account(account)
        if not known.is_sealed:
            return None
        try:
            if known.chosen is not None:
                usable(known.chosen)
            record = known.newest()
            if record is None or self._is_due(account, record):
                known, record = self._renewed(account, record)
            self._used[account, record.number] += documents
            return self._unwrapped(account, known, record.number)
        except (Unusable, Unsealable) as error:
            raise ServiceUnavailable(f"documents of account {account} cannot be sealed: {error}") from error

    def copying(self, account: str, documents: int) -> int:
        """Give the number of the data key for so many documents that another account shares; 0 when the account's are
        not to be sealed. A disabled key seals these too: one account's key must not hold up what others sent.

        Raises: Unsealable when the key is destroyed; ServiceUnavailable when keys cannot be reached.
        """
        try:
            key = self.sealing(account, documents)
        except ServiceUnavailable as error:
            if not isinstance(error.__cause__, Unusable | Unsealable):
                raise
            record = self._account(account).newest()
            if record is None:
                raise Unsealable(str(error)) from error
            return record.number
        return 0 if key is None else key.number

    def carried(self, account: str, number: int) -> DataKey:
        """Give a data key of a number, disabled or not: what is acknowledged is carried into the store.

        Raises: Unsealable when it is destroyed or was never there; ServiceUnavailable.
        """
        return self._unwrapped(account, self._account(account), number)

    def readable(self, account: str, number: int) -> DataKey:
        """Give a data key of a number, to answer a question with.

        Raises: Unsealable when it cannot be used; ServiceUnavailable when that cannot be told now.
        """
        known = self._account(account)
        record = known.records.get(number)
        customer = known.customers.get(record.key_id) if record is not None else None
        if customer is not None:
            try:
                usable(customer)
            except Unusable as error:
                raise Unsealable(str(error)) from error
        return self._unwrapped(account, known, number)

    def learn(self, account: str, number: int, content: bytes) -> DataKey:
        """Keep what documents under a data key have in common, unless something is kept; give the key with it.

        Raises: Unsealable, ServiceUnavailable.
        """
        with self._settings.change(account) as kept:
            learned = kept.keys.dictionaries()
            if not any(one.data_key == number for one in learned):
                key, following = self.carried(account, number), max((one.number for one in learned), default=0) + 1
                kept.keys.put_dictionary(self._maker.dictionary(account, key, following, content))
        return self.carried(account, number)

    def begin(self, keys: CustomerKeys, account: str, customer: CustomerKey) -> DataKeyRecord:
        """Make the data key that is the account's newest one under a customer key; within a change of its settings.

        Raises: Unsealable.
        """
        following = max((one.number for one in keys.data_keys()), default=0) + 1
        made = self._maker.data_key(account, customer, following, self._clock())
        keys.put_data_key(made)
        return made

    def customer_key(self, account: str, description: str = "") -> CustomerKey:
        """Give a new customer key, which nobody keeps yet."""
        return self._maker.customer_key(account, self._clock(), description)

    def managed(self, keys: CustomerKeys, account: str) -> CustomerKey:
        """Give the key that the installation makes by itself; within a change of the account's settings."""
        return managed_key(keys, self._maker, account, self._clock())

    def _is_due(self, account: str, record: DataKeyRecord) -> bool:
        age_s = self._clock() - record.created_at
        # A clock that was set back would keep a key for ever: its successor is then as good.
        old = not -self._life.seconds <= age_s < self._life.seconds
        return old or self._used[account, record.number] >= self._life.documents

    def _renewed(self, account: str, due: DataKeyRecord | None) -> tuple[_Account, DataKeyRecord]:
        """Give the account with a new data key; with the one that is due, as long as there can be none."""
        if due is not None and 0 <= self._renew_at - self._clock() < _AGAIN_S:
            return self._account(account), due
        try:
            with self._settings.change(account) as kept:
                known = self._read(account, kept)
                if known.is_sealed:
                    customer = known.chosen or self.managed(kept.keys, account)
                    newest = known.newest()
                    if newest is None or (due is not None and newest.number == due.number):
                        self.begin(kept.keys, account, usable(customer))
        except ServiceUnavailable as error:
            if due is None:
                raise
            self._renew_at = self._clock() + _AGAIN_S / 2  # from now: the change may have been waited for as long
            log.error("no new data key for account %s, the last one is used on: %s", account, error)
            return self._account(account), due
        known = self._account(account)
        record = known.newest()
        if record is None:
            raise Unusable("its key was changed this moment; send them again")
        return known, record

    def _account(self, account: str) -> _Account:
        with self._lock:
            version = self._version()
            if version != self._seen:
                self._earlier, self._known, self._seen = self._earlier | self._known, {}, version
            known = self._known.get(account)
            if known is None:
                with self._settings.read(account) as kept:
                    known = self._read(account, kept)
                self._known[account] = known
            return known

    def _read(self, account: str, kept: Settings) -> _Account:
        customers = {key.id: key for key in kept.keys.all()}
        choice = kept.choices.get(Encryption)
        named = choice.key_id.rpartition("/")[2] if choice is not None and choice.key_id is not None else ""
        # What an earlier release was told is a key may never have been one.
        chosen = customers.get(named)
        is_sealed = chosen is not None or self._every
        if not customers:
            return _Account(None, is_sealed, {}, {}, {}, {})
        if chosen is None and self._every:
            own = customers.get(kept.keys.aliases().get(AWS_ALIAS, ""))
            chosen = own if own is not None and own.state != "Destroyed" else None
        learned: dict[int, list[DictionaryRecord]] = defaultdict(list)
        for one in kept.keys.dictionaries():
            learned[one.data_key].append(one)
        known = _Account(chosen, is_sealed, customers, {}, learned, {})
        known.records = {record.number: record for record in kept.keys.data_keys()}
        earlier = self._earlier.pop(account, None)
        if earlier is not None:
            # Most changes are of something else: what was unwrapped stays so.
            known.unwrapped = {
                number: key
                for number, key in earlier.unwrapped.items()
                if earlier.records.get(number) == known.records.get(number)
                and earlier.learned.get(number) == known.learned.get(number)
            }
        return known

    def _unwrapped(self, account: str, known: _Account, number: int) -> DataKey:
        found = known.unwrapped.get(number)
        if found is None:
            record = known.records.get(number)
            if record is None or record.key_id not in known.customers:
                raise Unsealable(f"account {account} has no data key {number}")
            learned = known.learned.get(number, [])
            found = self._maker.unwrapped(account, known.customers[record.key_id], record, learned)
            known.unwrapped[number] = found
        return found
