"""No secret gets into a record, wherever it was put."""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator
from typing import Any, get_type_hints

import msgspec
import pytest
from msgspec import inspect

from radiograph.api.asked import Asked
from radiograph.api.auditor import Auditor
from radiograph.api.cloudtrail import OPERATIONS as CLOUDTRAIL
from radiograph.api.iam import IAM
from radiograph.api.iam.ids import new_secret
from radiograph.api.seen import Seen
from radiograph.api.sts import STS
from radiograph.api.xray import OPERATIONS
from radiograph.audit import HIDDEN, shown
from radiograph.auth.caller import local_administrator
from radiograph.errors import InvalidRequest
from tests.audit.trails import ACCOUNT, NOW, Trails

SECRET_KEY = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYz3b1Q9LEKE"
TOKEN = base64.b64encode(bytes((n * 97 + 31) % 256 for n in range(300))).decode()
JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJlLW9mLXNvbWVvbmU"
PEM = "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA1234\n-----END RSA PRIVATE KEY-----"
URL = "https://alice:correct-horse-battery@example.com/"
PLANTED = {
    "a secret key": SECRET_KEY,
    "a session token": TOKEN,
    "a web identity token": JWT,
    "a private key": PEM,
    "a password in a URL": URL,
    "a password that is said to be one": "password=correct-horse-battery",
    "a header": "Authorization: Bearer correct-horse-battery",
}
TELLTALES = (SECRET_KEY, TOKEN[:60], JWT[10:40], "MIIEowIBAAKCAQEA1234", "correct-horse-battery")


def structs() -> Iterator[tuple[str, str, type[msgspec.Struct], type[msgspec.Struct] | None]]:
    """Yield service, operation, and what it takes and gives."""
    answers: list[tuple[str, str, Any]] = [
        *((service.name, name, one.answer) for service in (IAM, STS) for name, one in service.operations.items()),
        *(("xray", one.name, one.answer) for one in OPERATIONS.values() if one.answer is not None),
        *(("cloudtrail", one.name, one.answer) for one in CLOUDTRAIL.values()),
    ]
    for service, name, answer in answers:
        hints = get_type_hints(answer)
        request = hints.get("request") or hints["_request"]
        result = hints["return"]
        yield service, name, request, result if isinstance(result, type) and result is not type(None) else None


def filled(info: inspect.Type, text: str, depth: int = 0) -> Any:
    """Give a value of a type that has the text in every member."""
    match info:
        case inspect.Metadata(type=inside):
            return filled(inside, text, depth)
        case inspect.UnionType(types=types):
            usual = [one for one in types if not _is_absent(one)]
            return filled(usual[0], text, depth) if usual else None
        case inspect.StructType(cls=cls, fields=fields):
            if depth > 6:
                return None
            return cls(**{one.name: filled(one.type, text, depth + 1) for one in fields})
        case inspect.ListType(item_type=item) | inspect.VarTupleType(item_type=item):
            return [filled(item, text, depth + 1)]
        case inspect.DictType(value_type=value):
            return {text: filled(value, text, depth + 1), "key": filled(value, text, depth + 1)}
        case inspect.LiteralType(values=values):
            return values[0]
        case inspect.BoolType():
            return True
        case inspect.IntType():
            return 7
        case inspect.FloatType():
            return NOW
    return text


def _is_absent(info: inspect.Type) -> bool:
    return isinstance(info, inspect.NoneType) or getattr(info, "cls", None) is msgspec.UnsetType


def in_every_member(type_: type[msgspec.Struct] | None, text: str) -> Any:
    return None if type_ is None else filled(inspect.type_info(type_), text)


@pytest.fixture
def auditor(trails: Trails) -> Auditor:
    return Auditor(trails.open(), ACCOUNT, "eu-west-1", lambda: NOW, lambda _: None, lambda _: me(), "all")


def me() -> Any:
    return local_administrator(ACCOUNT)


def everything_of(trails: Trails) -> str:
    trails.close()
    return "".join(path.read_text() for path in trails.files())


@pytest.mark.parametrize("kind", PLANTED)
def test_a_secret_in_every_member_of_every_operation_is_in_no_record(
    auditor: Auditor, trails: Trails, kind: str
) -> None:
    planted, count = PLANTED[kind], 0
    for service, operation, request, result in structs():
        for error in (None, InvalidRequest(f"the member is '{planted}'; something else is accepted")):
            asked = Asked(
                path="/",
                headers=[(b"user-agent", f"agent {planted}".encode()), (b"authorization", b"AWS4 Credential=x/")],
                source_ip="192.0.2.1",
            )
            given = in_every_member(request, planted)
            told = None if error else in_every_member(result, planted)
            auditor.tell(asked, Seen(service, operation, me(), "", given, told, error))
            count += 1
    text = everything_of(trails)
    assert text.count('"sequence":') >= count > 250
    assert [one for one in TELLTALES if one in text] == []
    assert text.count(HIDDEN) > count // 2


@pytest.mark.parametrize(
    ("operation", "member"),
    [("AssumeRole", "token_code"), ("AssumeRoleWithWebIdentity", "web_identity_token")],
)
def test_what_is_named_as_a_secret_is_one_whatever_is_in_it(
    auditor: Auditor, trails: Trails, operation: str, member: str
) -> None:
    request = in_every_member(STS.operations[operation].request, "hunter2")
    assert getattr(request, member) == "hunter2"
    auditor.tell(Asked(), Seen("sts", operation, me(), request=request, error=InvalidRequest("no")))
    text = everything_of(trails)
    assert text.count("hunter2") == text.replace(HIDDEN, "").count("hunter2")
    spelled = member.split("_")
    name = spelled[0] + "".join(word.capitalize() for word in spelled[1:])
    assert f'"{name}":"{HIDDEN}"' in text


def test_the_value_of_a_tag_that_is_named_as_a_secret_is_one(auditor: Auditor, trails: Trails) -> None:
    type_ = IAM.operations["TagUser"].request
    request = msgspec.convert({"UserName": "a", "Tags": [{"Key": "db-password", "Value": "hunter2"}]}, type_)
    auditor.tell(Asked(), Seen("iam", "TagUser", me(), request=request))
    text = everything_of(trails)
    assert "hunter2" not in text
    assert "db-password" in text


def test_a_sentence_of_validation_does_not_quote_what_was_sent(auditor: Auditor, trails: Trails) -> None:
    said = "1 validation error detected: Value 'hunter2' at 'tokenCode' failed to satisfy constraint: too long"
    auditor.tell(Asked(), Seen("sts", "AssumeRole", me(), error=InvalidRequest(said)))
    text = everything_of(trails)
    assert "hunter2" not in text
    assert "at 'tokenCode' failed" in text


@pytest.mark.parametrize("typed", ["correct-horse-battery", "AKIA but a password", "p4ssw0rd"])
def test_what_is_no_access_key_is_not_told_of_a_wrong_login(auditor: Auditor, trails: Trails, typed: str) -> None:
    auditor.signed_in(Asked(path="/login", login=typed), InvalidRequest("no"))
    text = everything_of(trails)
    assert typed not in text
    assert f'"accessKeyId":"{HIDDEN}"' in text


def test_nearly_every_secret_that_is_drawn_is_hidden_wherever_it_stands() -> None:
    drawn = [new_secret() for _ in range(3000)]
    seen = [one for one in drawn if one in shown(f"the key {one}, which") or one in shown(f"key={one}")]
    assert len(seen) <= 6, "one in five hundred at most looks like words"


def test_every_token_that_is_drawn_is_hidden() -> None:
    for _ in range(300):
        token = base64.b64encode(os.urandom(250)).decode()
        assert token[:80] not in shown(f'{{"x":"{token}"}}')


@pytest.mark.parametrize(
    "text",
    [
        "MyVeryLongServiceRoleForCheckoutPipeline2026",
        "arn:aws:iam::123456789012:role/aws-service-role/xray.amazonaws.com/AWSServiceRoleForXRay",
        "arn:aws:iam::123456789012:role/engineering/teamCheckout/ProductionDeploymentRole2",
        "arn:aws:xray:eu-west-1:123456789012:group/Checkout/ILHM6BISLVG7PZPYRWVNVFQULYDE32NWNCZOYR7BGBGUEKKNQ6BA",
        "9e99a48a9960b14926bb7f3b02e22da2b0ab7280",
        "AKIAIOSFODNN7EXAMPLE",
        "AROAQAAAAAAAONYMGLZDX:session-name@example.com",
        "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
        'service("checkout") { fault } AND responsetime > 2 AND annotation.tenant = "acme"',
        '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*"}]}',
        "User: arn:aws:iam::123456789012:user/alice is not authorized to perform: iam:UpdateAssumeRolePolicy",
        "The security token included in the request is invalid.",
    ],
)
def test_names_and_policies_stay_readable(text: str) -> None:
    assert shown(text) == text
