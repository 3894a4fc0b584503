"""Which key seals, which ones unseal, and since when."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from msgspec.structs import replace

from radiograph.data_keys import DataKey
from radiograph.errors import ServiceUnavailable
from radiograph.keys import Deletion, KeyLife, KeyMaker, Keyring, destroy
from radiograph.secrets import KeyFileError, MasterKey, Unsealable

from .conftest import ACCOUNT, Cabinet


def sealing(ring: Keyring, documents: int = 1) -> DataKey:
    key = ring.sealing(ACCOUNT, documents)
    assert key is not None
    return key


def test_nothing_is_sealed_until_somebody_chooses_it(cabinet: Cabinet) -> None:
    ring = cabinet.ring()
    assert ring.sealing(ACCOUNT, 1) is None
    cabinet.choose(cabinet.key())
    assert sealing(ring).number == 1
    cabinet.choose(None)
    assert ring.sealing(ACCOUNT, 1) is None


def test_an_installation_that_seals_everything_makes_each_account_a_key_of_its_own(cabinet: Cabinet) -> None:
    ring = cabinet.ring(every_account=True)
    accounts = [f"{n:012d}" for n in range(3)]
    sealed = [key.seal_frame(b"", b"") for account in accounts if (key := ring.sealing(account, 1))]
    assert sorted(cabinet.settings.accounts_with_keys()) == accounts
    for n, account in enumerate(accounts):
        assert ring.carried(account, 1).unseal_frame(sealed[n], b"") == b""
        with pytest.raises(Unsealable):
            ring.carried(account, 1).unseal_frame(sealed[n - 1], b"")


def test_a_switch_in_one_process_is_known_to_the_next_use_in_another(cabinet: Cabinet) -> None:
    here, there = cabinet.ring(), cabinet.ring()
    for number in range(1, 20):
        cabinet.choose(cabinet.key())
        assert sealing(here).number == sealing(there).number == number


def test_a_data_key_is_followed_by_another_after_a_day_and_still_opens_what_it_sealed(cabinet: Cabinet) -> None:
    cabinet.choose(cabinet.key())
    ring = cabinet.ring()
    first = sealing(ring).seal_frame(b"plain", b"")
    cabinet.now += 86_399
    assert sealing(ring).number == 1
    cabinet.now += 1
    assert sealing(ring).number == sealing(cabinet.ring()).number == 2
    assert ring.readable(ACCOUNT, 1).unseal_frame(first, b"") == b"plain"


def test_a_data_key_is_followed_by_another_after_so_many_documents(cabinet: Cabinet) -> None:
    cabinet.choose(cabinet.key())
    ring = cabinet.ring(life=KeyLife(documents=100))
    assert [sealing(ring, 50).number for _ in range(6)] == [1, 1, 2, 2, 3, 3]


def test_under_load_every_thread_can_read_what_any_other_sealed_while_keys_change(cabinet: Cabinet) -> None:
    cabinet.choose(cabinet.key())
    ring, life = cabinet.ring(), KeyLife(documents=20)
    rings = [cabinet.ring(life=life) for _ in range(4)]

    def seal(n: int) -> tuple[int, bytes]:
        if n % 50 == 0:
            cabinet.choose(cabinet.key())
        key = sealing(rings[n % 4])
        return key.number, key.seal_document(b'{"n":%d}' % n, b"")

    with ThreadPoolExecutor(8) as pool:
        sealed = list(pool.map(seal, range(400)))
    # Four rings, 20 documents each with a key, and a few more by threads that had it already.
    assert len({number for number, _ in sealed}) >= 4
    for n, (number, document) in enumerate(sealed):
        assert ring.readable(ACCOUNT, number).unseal_document(document, b"") == b'{"n":%d}' % n


def test_a_disabled_key_neither_seals_nor_answers_but_what_is_acknowledged_is_carried(cabinet: Cabinet) -> None:
    key = cabinet.key()
    cabinet.choose(key)
    ring = cabinet.ring()
    sealed = sealing(ring).seal_frame(b"plain", b"")
    for state in ("Disabled", "PendingDeletion"):
        cabinet.put(replace(key, state=state))
        with pytest.raises(ServiceUnavailable, match=key.id):
            ring.sealing(ACCOUNT, 1)
        with pytest.raises(Unsealable, match=key.id):
            ring.readable(ACCOUNT, 1)
        assert ring.carried(ACCOUNT, 1).unseal_frame(sealed, b"") == b"plain"
    cabinet.put(key)
    assert ring.readable(ACCOUNT, 1).unseal_frame(sealed, b"") == b"plain"
    assert sealing(ring).number == 1


def test_a_destroyed_key_does_nothing_any_more_whatever_was_known(cabinet: Cabinet) -> None:
    lost, other = cabinet.key(), cabinet.key()
    ring = cabinet.ring()
    for key in (lost, other):
        cabinet.choose(key)
        sealing(ring)
    cabinet.destroy(lost)
    for use in (ring.carried, ring.readable):
        with pytest.raises(Unsealable, match="destroyed"):
            use(ACCOUNT, 1)
        assert use(ACCOUNT, 2).number == 2
    cabinet.choose(lost)
    with pytest.raises(ServiceUnavailable, match="destroyed"):
        ring.sealing(ACCOUNT, 1)


def test_nothing_of_a_destroyed_key_is_left_in_any_file(cabinet: Cabinet) -> None:
    lost, ring = cabinet.key(), cabinet.ring()
    cabinet.choose(lost)
    ring.learn(ACCOUNT, sealing(ring).number, b"documents look like this" * 20)
    with cabinet.settings.read(ACCOUNT) as kept:
        wrapped = [lost.material, kept.keys.data_keys()[0].material, kept.keys.dictionaries()[0].content]
    assert all(one is not None and one in everything(cabinet) for one in wrapped)
    cabinet.destroy(lost)
    assert not any(one is not None and one[8:40] in everything(cabinet) for one in wrapped)


def everything(cabinet: Cabinet) -> bytes:
    return b"".join(path.read_bytes() for path in cabinet.path.parent.iterdir())


def test_an_own_key_that_was_destroyed_is_followed_by_a_new_one(cabinet: Cabinet) -> None:
    ring = cabinet.ring(every_account=True)
    assert sealing(ring).number == 1
    with cabinet.settings.read(ACCOUNT) as kept:
        (own,) = kept.keys.all()
    cabinet.destroy(own)
    assert sealing(ring).number == 2


def test_a_key_is_destroyed_when_its_time_has_come_and_not_before(cabinet: Cabinet) -> None:
    doomed, other = cabinet.key(), cabinet.key()
    cabinet.put(replace(doomed, state="PendingDeletion", deletes_at=cabinet.now + 10))
    told: list[tuple[str, str]] = []
    deletion = Deletion(cabinet.settings, lambda: cabinet.now, lambda *key: told.append(key))
    cabinet.now += 9
    assert deletion() == 0
    cabinet.now += 1
    assert deletion() == 1
    assert deletion() == 0
    assert doomed.material is not None
    assert doomed.material[8:40] not in everything(cabinet)
    with cabinet.settings.read(ACCOUNT) as kept:
        found = {key.id: (key.state, key.material is None) for key in kept.keys.all()}
    assert found == {doomed.id: ("Destroyed", True), other.id: ("Enabled", False)}
    assert told == [(ACCOUNT, doomed.id)]


def test_what_cannot_be_told_is_not_destroyed(cabinet: Cabinet) -> None:
    def fail(account: str, key: str) -> None:
        raise ServiceUnavailable(f"the audit cannot be written: key {key} of {account}")

    doomed = cabinet.key()
    cabinet.put(replace(doomed, state="PendingDeletion", deletes_at=cabinet.now))
    with pytest.raises(ServiceUnavailable):
        Deletion(cabinet.settings, lambda: cabinet.now, fail)()
    with cabinet.settings.read(ACCOUNT) as kept:
        assert [key.state for key in kept.keys.all()] == ["PendingDeletion"]
    assert Deletion(cabinet.settings, lambda: cabinet.now, lambda *_: None)() == 1


def test_a_key_whose_destroyer_died_is_taken_out_of_the_log_by_the_next_server(cabinet: Cabinet) -> None:
    lost = cabinet.key()
    with cabinet.settings.change(ACCOUNT) as kept:
        destroy(kept.keys, lost)
    assert lost.material is not None
    assert lost.material[8:40] in everything(cabinet)
    assert Deletion(cabinet.settings, lambda: cabinet.now, lambda *_: None)() == 0
    assert lost.material[8:40] not in everything(cabinet)


def test_what_an_earlier_release_was_told_is_a_key_seals_nothing(cabinet: Cabinet) -> None:
    never = replace(cabinet.maker.customer_key(ACCOUNT, 0.0), id="1234abcd-12ab-34cd-56ef-1234567890ab")
    cabinet.choose(never)
    assert cabinet.ring().sealing(ACCOUNT, 1) is None


def test_what_is_learned_is_kept_once_and_goes_with_every_process(cabinet: Cabinet) -> None:
    cabinet.choose(cabinet.key())
    ring = cabinet.ring()
    plain = b'{"name":"%s"}' % os.urandom(400).hex().encode()
    before = sealing(ring).seal_document(plain, b"")
    learned = ring.learn(ACCOUNT, 1, plain)
    assert learned.has_learned
    assert ring.learn(ACCOUNT, 1, b"something else").seal_document(plain, b"")[5:9] == (1).to_bytes(4, "little")
    after = learned.seal_document(plain, b"")
    assert len(after) < len(before) / 4
    for sealed in (before, after):
        assert cabinet.ring().readable(ACCOUNT, 1).unseal_document(sealed, b"") == plain


def test_a_master_key_that_is_another_one_is_refused(cabinet: Cabinet) -> None:
    key = cabinet.key()
    cabinet.maker.check(cabinet.settings)
    with pytest.raises(KeyFileError, match=key.id):
        KeyMaker(MasterKey(b"n" * 32)).check(cabinet.settings)


def test_what_others_share_is_sealed_by_a_disabled_key_too_and_by_no_destroyed_one(cabinet: Cabinet) -> None:
    ring, key = cabinet.ring(), cabinet.key()
    assert ring.copying(ACCOUNT, 1) == 0
    cabinet.choose(key)
    assert ring.copying(ACCOUNT, 1) == sealing(ring).number == 1
    cabinet.put(replace(key, state="Disabled"))
    with pytest.raises(ServiceUnavailable):
        ring.sealing(ACCOUNT, 1)
    assert ring.copying(ACCOUNT, 1) == 1
    cabinet.destroy(key)
    with pytest.raises(Unsealable):
        ring.copying(ACCOUNT, 1)
