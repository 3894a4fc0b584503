"""What is kept of identities: the contract of the Protocol, over restarts, from two processes' worth of connections."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from radiograph.model.iam.records import (
    GroupRecord,
    KeyRecord,
    PolicyRecord,
    ProfileRecord,
    ProviderRecord,
    RoleRecord,
    Use,
    UserRecord,
    VersionRecord,
)
from radiograph.storage.documents import SettingsDatabase
from radiograph.storage.documents.identities import IdentityDatabase
from tests.conftest import eventually

MINE, OTHER = "111111111111", "222222222222"
Open = Callable[[], IdentityDatabase]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    """Open the same file, as often as wanted."""
    databases: list[IdentityDatabase] = []

    def another() -> IdentityDatabase:
        databases.append(IdentityDatabase(tmp_path / "settings.sqlite3"))
        return databases[-1]

    yield another
    for database in databases:
        database.close()


USER = UserRecord(
    id="AIDA1", name="Alice", path="/a/", created_at=1.5, boundary="arn", tags={"k": "größe"}, inline={"p": "{}"}
)
GROUP = GroupRecord(id="AGPA1", name="g", created_at=1.0, inline={"p": "{}"})
ROLE = RoleRecord(id="AROA1", name="r", created_at=1.0, trust="{}", description="d", longest_s=7200, tags={"a": ""})
POLICY = PolicyRecord(
    id="ANPA1",
    name="p",
    created_at=1.0,
    updated_at=2.0,
    default="v2",
    versions={
        "v1": VersionRecord(document="{}", created_at=1.0),
        "v2": VersionRecord(document="[]", created_at=2.0),
    },
    latest=2,
)
PROFILE = ProfileRecord(id="AIPA1", name="i", created_at=1.0, role_id="AROA1")
PROVIDER = ProviderRecord(id="id.example.com", name="id.example.com", created_at=1.0, clients=["a"], thumbprints=["b"])
KEY = KeyRecord(id="AKIA1", user_id="AIDA1", created_at=1.0, secret=b"\x00sealed\xff")
KINDS = {"users": USER, "groups": GROUP, "roles": ROLE, "policies": POLICY, "profiles": PROFILE, "providers": PROVIDER}


@pytest.mark.parametrize("kind", KINDS)
def test_an_entity_is_kept_as_it_is_over_a_restart(opened: Open, kind: str) -> None:
    with opened().change(MINE) as kept:
        getattr(kept, kind).put(KINDS[kind])
    with opened().read(MINE) as kept:
        found = getattr(kept, kind)
        assert found.all() == [KINDS[kind]]
        assert found.named(KINDS[kind].name) == found.with_id(KINDS[kind].id) == KINDS[kind]
        assert found.like(KINDS[kind].name.upper()) == KINDS[kind]
        assert found.count() == 1
        assert found.named("none") is found.with_id("none") is found.like("none") is None


@pytest.mark.parametrize("kind", KINDS)
def test_an_entity_is_of_its_account_and_can_be_changed_and_forgotten(opened: Open, kind: str) -> None:
    store = opened()
    with store.change(MINE) as kept:
        getattr(kept, kind).put(KINDS[kind])
        moved = replace(KINDS[kind], name="moved", path="/elsewhere/")
        getattr(kept, kind).put(moved)
        assert getattr(kept, kind).all() == [moved]
    with store.read(OTHER) as kept:
        assert getattr(kept, kind).all() == []
        assert getattr(kept, kind).with_id(KINDS[kind].id) is None
    with store.change(MINE) as kept:
        getattr(kept, kind).remove(KINDS[kind].id)
        getattr(kept, kind).remove("none")
        assert getattr(kept, kind).count() == 0


def test_pairs_are_there_once_and_told_from_both_ends(opened: Open) -> None:
    store = opened()
    with store.change(MINE) as kept:
        for one, other in (("a", "y"), ("a", "x"), ("b", "x"), ("a", "y")):
            kept.attachments.put(one, other)
        assert kept.attachments.of("a") == ["x", "y"]
        assert kept.attachments.to("x") == ["a", "b"]
        assert kept.attachments.counts() == {"a": 2, "b": 1}
        assert kept.members.counts() == {}
        kept.attachments.remove("a", "x")
        kept.attachments.remove("a", "none")
    with store.read(MINE) as kept:
        assert kept.attachments.counts() == {"a": 1, "b": 1}
    with store.read(OTHER) as kept:
        assert kept.attachments.to("x") == []


def test_a_key_is_found_in_whatever_account_it_is(opened: Open) -> None:
    store = opened()
    with store.change(MINE) as kept:
        kept.keys.put(KEY)
        kept.keys.put(replace(KEY, id="AKIA0", created_at=2.0, active=False))
        assert [key.id for key in kept.keys.of("AIDA1")] == ["AKIA1", "AKIA0"]
    assert store.account_of("AKIA1") == MINE
    assert store.account_of("AKIA2") is None
    with store.read(OTHER) as kept:
        assert kept.keys.with_id("AKIA1") is None
    with opened().read(MINE) as kept:
        assert kept.keys.with_id("AKIA1") == KEY


def test_uses_are_kept_and_forgotten_with_what_was_used(opened: Open) -> None:
    store = opened()
    with store.change(MINE) as kept:
        kept.keys.put(KEY)
        kept.roles.put(ROLE)
    before = store.generation(MINE)
    for at in (1.0, 2.0):
        store.note_use(MINE, KEY.id, Use(at, "xray", "eu-west-1"))
        store.note_use(MINE, ROLE.id, Use(at, "iam", "eu-west-1"))
    assert store.generation(MINE) == before
    with store.change(MINE) as kept:
        assert kept.last_use(KEY.id) == Use(2.0, "xray", "eu-west-1")
        assert kept.last_use(ROLE.id) == Use(2.0, "iam", "eu-west-1")
        kept.keys.remove(KEY.id)
        kept.roles.remove(ROLE.id)
        assert kept.last_use(KEY.id) is kept.last_use(ROLE.id) is None


def test_no_two_accounts_have_one_other_name(opened: Open) -> None:
    store = opened()
    with store.change(MINE) as kept:
        assert kept.alias is None
        assert kept.set_alias("a")
        assert kept.set_alias("b")
    with store.change(OTHER) as kept:
        assert not kept.set_alias("b")
        assert kept.set_alias("a")
    with store.change(MINE) as kept:
        assert kept.alias == "b"
        assert kept.set_alias(None)
        assert kept.alias is None


def test_a_change_is_seen_at_once_here_and_soon_by_everyone(opened: Open) -> None:
    here, there = opened(), opened()
    first = there.generation(MINE), there.generation(OTHER)
    with here.change(MINE) as kept:
        kept.users.put(USER)
    changed = here.generation(MINE)
    assert changed != first[0]
    eventually(lambda: there.generation(MINE) == changed)
    assert there.generation(OTHER) == first[1]
    with there.change(MINE) as kept:
        kept.users.remove(USER.id)
    changed = there.generation(MINE)
    eventually(lambda: here.generation(MINE) == changed)


ELSEWHERE = """
import sys
from pathlib import Path
from radiograph.storage.documents.identities import IdentityDatabase
store = IdentityDatabase(Path(sys.argv[1]))
for _ in sys.stdin:
    with store.change(sys.argv[2]):
        pass
    print(store.generation(sys.argv[2]), flush=True)
"""


def test_a_change_of_another_process_is_seen(opened: Open, tmp_path: Path) -> None:
    store = opened()
    command = [sys.executable, "-c", ELSEWHERE, str(tmp_path / "settings.sqlite3"), MINE]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        for number in range(1, 6):
            other.stdin.write("once more\n")
            other.stdin.flush()
            assert other.stdout.readline() == f"{number}\n"
            eventually(lambda number=number: store.generation(MINE) == number)
        other.stdin.close()


def test_a_change_that_fails_changes_nothing(opened: Open) -> None:
    store = opened()
    before = store.generation(MINE)

    def fail() -> None:
        with store.change(MINE) as kept:
            kept.users.put(USER)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert store.generation(MINE) == before
    with store.read(MINE) as kept:
        assert kept.users.all() == []


def test_changes_come_one_after_another(opened: Open) -> None:
    stores = [opened() for _ in range(4)]

    def count(store: IdentityDatabase) -> None:
        for _ in range(10):
            with store.change(MINE) as kept:
                user = kept.users.with_id("AIDA1") or USER
                kept.users.put(replace(user, created_at=user.created_at + 1))

    threads = [threading.Thread(target=count, args=(store,)) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with stores[0].read(MINE) as kept:
        found = kept.users.with_id("AIDA1")
        assert found is not None
        assert found.created_at == USER.created_at + 40


def test_a_file_with_settings_is_brought_to_this_release(tmp_path: Path) -> None:
    settings = SettingsDatabase(tmp_path / "settings.sqlite3")
    store = IdentityDatabase(tmp_path / "settings.sqlite3")
    with settings.change(MINE), store.read(MINE) as kept:
        assert kept.users.all() == []
    store.close()
    settings.close()
