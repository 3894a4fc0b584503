"""Tags of groups and sampling rules."""

from __future__ import annotations

import pytest

from tests.api.desk import ACCOUNT, REGION, Desk

INVALID, UNKNOWN = "InvalidRequestException", "ResourceNotFoundException"
RULE = f"arn:aws:xray:{REGION}:{ACCOUNT}:sampling-rule/Default"
GROUP = f"arn:aws:xray:{REGION}:{ACCOUNT}:group/Default"


def tag(key: str, value: str = "") -> dict[str, str]:
    return {"Key": key, "Value": value}


def tags(desk: Desk, arn: str = RULE) -> list[dict[str, str]]:
    return desk.ask("/ListTagsForResource", ResourceARN=arn)["Tags"]


@pytest.mark.parametrize("arn", [RULE, GROUP])
def test_tags_are_put_overwritten_and_taken_away_by_key(desk: Desk, arn: str) -> None:
    assert tags(desk, arn) == []
    assert desk.ask("/TagResource", ResourceARN=arn, Tags=[tag("b", "1"), tag("a", "2"), tag("B", "3")]) == {}
    desk.ask("/TagResource", ResourceARN=arn, Tags=[tag("a", "4"), tag("c")])
    assert tags(desk, arn) == [tag("B", "3"), tag("a", "4"), tag("b", "1"), tag("c")]
    assert desk.ask("/UntagResource", ResourceARN=arn, TagKeys=["a", "A", "b"]) == {}
    assert tags(desk, arn) == [tag("B", "3"), tag("c")]
    desk.ask("/UntagResource", ResourceARN=arn, TagKeys=[])
    assert len(tags(desk, arn)) == 2


def test_a_resource_has_its_own_tags_only(desk: Desk) -> None:
    desk.ask("/TagResource", ResourceARN=RULE, Tags=[tag("of", "rule")])
    assert tags(desk, GROUP) == []


@pytest.mark.parametrize(
    "arn",
    [
        "x",
        f"arn:aws:xray:{REGION}:{ACCOUNT}:sampling-rule/none",
        f"arn:aws:xray:{REGION}:{ACCOUNT}:group/none/ABC",
        f"arn:aws:xray:{REGION}:000000000000:sampling-rule/Default",
        f"arn:aws:xray:us-west-1:{ACCOUNT}:group/Default",
        f"arn:aws:xray:{REGION}:{ACCOUNT}:group/Default/ABC",
        f"arn:aws:s3:{REGION}:{ACCOUNT}:group/Default",
        f"arn:aws:xray:{REGION}:{ACCOUNT}:insight/1",
    ],
)
def test_what_does_not_exist_is_not_found_and_named(desk: Desk, arn: str) -> None:
    for path, members in (
        ("/TagResource", {"Tags": [tag("a")]}),
        ("/UntagResource", {"TagKeys": ["a"]}),
        ("/ListTagsForResource", {}),
    ):
        status, answer = desk.answer(path, ResourceARN=arn, **members)
        assert (status, answer["__type"], answer["ResourceName"]) == (404, UNKNOWN, arn)


def test_there_is_room_for_fifty_counted_by_key(desk: Desk) -> None:
    desk.ask("/TagResource", ResourceARN=RULE, Tags=[tag(f"k{n}") for n in range(50)])
    desk.ask("/TagResource", ResourceARN=RULE, Tags=[tag("k7", "again")])
    status, answer = desk.answer("/TagResource", ResourceARN=RULE, Tags=[tag("k8"), tag("new")])
    assert (status, answer["__type"], answer["ResourceName"]) == (400, "TooManyTagsException", RULE)
    assert len(tags(desk)) == 50
    desk.ask("/UntagResource", ResourceARN=RULE, TagKeys=["k1"])
    desk.ask("/TagResource", ResourceARN=RULE, Tags=[tag("new")])


@pytest.mark.parametrize(
    "refused",
    [
        [tag("aws:mine")],
        [tag("AWS:mine")],
        [tag("")],
        [tag("k" * 129)],
        [tag("k", "v" * 257)],
        [tag("semi;colon")],
        [tag("k", "new\nline")],
        [tag("k", "<b>")],
        [tag("k"), tag("k", "again")],
        [tag(f"k{n}") for n in range(201)],
    ],
)
def test_a_tag_that_cannot_be_is_refused(desk: Desk, refused: list[dict[str, str]]) -> None:
    assert desk.refused("/TagResource", ResourceARN=RULE, Tags=[*refused, tag("good")])[0] == INVALID
    assert tags(desk) == []


def test_letters_digits_spaces_and_some_marks_are_taken(desk: Desk) -> None:
    taken = [tag("Größe 7", "_.:/=+-@"), tag("k" * 128, "v" * 256)]
    desk.ask("/TagResource", ResourceARN=RULE, Tags=taken)
    assert tags(desk) == taken


def test_a_system_tag_cannot_be_taken_away(desk: Desk) -> None:
    assert desk.refused("/UntagResource", ResourceARN=RULE, TagKeys=["aws:mine"])[0] == INVALID


def test_a_token_of_nobody_is_refused(desk: Desk) -> None:
    assert desk.refused("/ListTagsForResource", ResourceARN=RULE, NextToken="nonsense")[0] == INVALID
