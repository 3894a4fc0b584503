"""Encryption: which keys can be chosen, and how a choice is told."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from radiograph.keys import destroy
from radiograph.model.keys import CustomerKey, KeyState
from tests.api.desk import ACCOUNT, REGION, Desk

INVALID = "InvalidRequestException"
ABSENT = "1234abcd-12ab-34cd-56ef-1234567890ab"
KMS = f"arn:aws:kms:{REGION}:{ACCOUNT}:"


def encryption(desk: Desk) -> Any:
    return desk.ask("/EncryptionConfig")["EncryptionConfig"]


def new_key(desk: Desk, state: KeyState = "Enabled", account: str = ACCOUNT) -> CustomerKey:
    key = desk.context.keys.customer_key(account)
    with desk.settings.change(account) as kept:
        kept.keys.put(replace(key, state=state))
        if state == "Destroyed":
            destroy(kept.keys, key)
        kept.keys.put_alias("alias/mine", key.id, desk.now)
    return key


def test_at_first_there_is_the_default_encryption(desk: Desk) -> None:
    assert encryption(desk) == {"Type": "NONE", "Status": "ACTIVE"}


@pytest.mark.parametrize("named", ["{id}", KMS + "key/{id}", "alias/mine", KMS + "alias/mine"])
def test_a_key_is_told_as_its_arn_however_it_was_named_and_takes_a_moment(desk: Desk, named: str) -> None:
    key = new_key(desk)
    config = desk.ask("/PutEncryptionConfig", Type="KMS", KeyId=named.format(id=key.id))["EncryptionConfig"]
    assert config == encryption(desk) == {"Type": "KMS", "KeyId": f"{KMS}key/{key.id}", "Status": "UPDATING"}
    desk.passes(2)
    assert encryption(desk) == config | {"Status": "ACTIVE"}


@pytest.mark.parametrize("named", ["alias/aws/xray", KMS + "alias/aws/xray"])
def test_the_key_that_aws_would_make_is_made_once(desk: Desk, named: str) -> None:
    first = desk.ask("/PutEncryptionConfig", Type="KMS", KeyId=named)["EncryptionConfig"]["KeyId"]
    assert desk.ask("/PutEncryptionConfig", Type="KMS", KeyId=named)["EncryptionConfig"]["KeyId"] == first
    with desk.settings.read(ACCOUNT) as kept:
        assert [f"{KMS}key/{key.id}" for key in kept.keys.all() if key.managed] == [first]
        assert kept.keys.aliases() == {"alias/aws/xray": first.rpartition("/")[2]}


def test_the_way_back_takes_a_moment_too(desk: Desk) -> None:
    desk.ask("/PutEncryptionConfig", Type="KMS", KeyId=new_key(desk).id)
    desk.passes(5)
    assert desk.ask("/PutEncryptionConfig", Type="NONE") == {"EncryptionConfig": {"Type": "NONE", "Status": "UPDATING"}}
    desk.passes(2)
    assert encryption(desk) == {"Type": "NONE", "Status": "ACTIVE"}


def test_a_clock_that_is_set_back_ends_the_moment(desk: Desk) -> None:
    desk.ask("/PutEncryptionConfig", Type="KMS", KeyId=new_key(desk).id)
    desk.passes(-86_400)
    assert encryption(desk)["Status"] == "ACTIVE"


@pytest.mark.parametrize("state", ["Disabled", "PendingDeletion", "Destroyed"])
def test_a_key_that_cannot_be_used_is_refused_and_the_choice_stays(desk: Desk, state: KeyState) -> None:
    usable = new_key(desk)
    desk.ask("/PutEncryptionConfig", Type="KMS", KeyId=usable.id)
    for named in (new_key(desk, state).id, "alias/mine"):
        assert desk.refused("/PutEncryptionConfig", Type="KMS", KeyId=named)[0] == INVALID
    assert encryption(desk)["KeyId"] == f"{KMS}key/{usable.id}"


def test_a_key_of_another_account_or_region_is_refused(desk: Desk) -> None:
    key = new_key(desk, account="999999999999")
    elsewhere = f"arn:aws:kms:us-east-2:{ACCOUNT}:key/{new_key(desk).id}"
    for named in (key.id, f"arn:aws:kms:{REGION}:999999999999:key/{key.id}", elsewhere):
        code, message = desk.refused("/PutEncryptionConfig", Type="KMS", KeyId=named)
        assert code == INVALID
        assert named in message


@pytest.mark.parametrize(
    "members",
    [
        {},
        {"Type": "kms", "KeyId": "alias/a"},
        {"Type": "KMS"},
        {"Type": "KMS", "KeyId": None},
        {"Type": "NONE", "KeyId": "alias/a"},
        {"Type": "KMS", "KeyId": ""},
        {"Type": "KMS", "KeyId": "x" * 3001},
        {"Type": "KMS", "KeyId": "my key"},
        {"Type": "KMS", "KeyId": "alias/"},
        {"Type": "KMS", "KeyId": "alias/absent"},
        {"Type": "KMS", "KeyId": ABSENT},
        {"Type": "KMS", "KeyId": f"key/{ABSENT}"},
        {"Type": "KMS", "KeyId": ABSENT + "\n"},
        {"Type": "KMS", "KeyId": f"arn:aws:s3:{REGION}:{ACCOUNT}:key/{ABSENT}"},
        {"Type": "KMS", "KeyId": f"arn:aws:kms:{REGION}:12:key/{ABSENT}"},
        {"Type": "KMS", "KeyId": f"arn:aws:kms:{REGION}:{ACCOUNT}:{ABSENT}"},
    ],
)
def test_encryption_that_cannot_be_is_refused(desk: Desk, members: Any) -> None:
    assert desk.refused("/PutEncryptionConfig", **members)[0] == INVALID
    assert encryption(desk)["Type"] == "NONE"


def test_every_switch_begins_a_data_key(desk: Desk) -> None:
    one, other = new_key(desk), new_key(desk)
    for key in (one, other, one):
        desk.ask("/PutEncryptionConfig", Type="KMS", KeyId=key.id)
    with desk.settings.read(ACCOUNT) as kept:
        assert [record.key_id for record in kept.keys.data_keys()] == [one.id, other.id, one.id]
    sealing = desk.context.keys.sealing(ACCOUNT, 1)
    assert sealing is not None
    assert sealing.number == 3
    desk.ask("/PutEncryptionConfig", Type="NONE")
    assert desk.context.keys.sealing(ACCOUNT, 1) is None
