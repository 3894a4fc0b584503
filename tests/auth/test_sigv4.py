"""Signature Version 4: published examples, an independent signer, and what each refusal says."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radiograph.auth.refusals import Incomplete, Refusal, Unsigned, WrongSignature
from radiograph.auth.sigv4 import check_claim, forget_signing_keys, is_presigned, read_authorization, verify
from tests.auth.signed import HOST, KEY, SECRET, Wire, accept, accept_presigned, claimed, presign, sign

TOKEN = "FwoGZXIvYXdzEXAMPLE//token=="
STAMP = "20150830T123600Z"


def example(
    method: str, target: str, signature: str, *headers: tuple[str, str], service: str = "service", body: bytes = b""
) -> Wire:
    """Give a request of the published examples: all of one key, day and region, and with these two headers."""
    names = {"host": "example.amazonaws.com", "x-amz-date": STAMP} | {name: "" for name, _ in headers}
    authorization = (
        f"AWS4-HMAC-SHA256 Credential={KEY}/20150830/us-east-1/{service}/aws4_request, "
        f"SignedHeaders={';'.join(sorted(names))}, Signature={signature}"
    )
    own = [(name, value) for name, value in names.items() if value and name not in dict(headers)]
    path, _, query = target.partition("?")
    pairs = [*own, *headers, ("authorization", authorization)]
    return Wire(method, path.encode(), query.encode(), [(n.encode(), v.encode()) for n, v in pairs], body)


VANILLA = "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"
FORM = ("content-type", "application/x-www-form-urlencoded; charset=utf-8")
LETTERS = string.digits + string.ascii_uppercase + string.ascii_lowercase
EXAMPLES = {
    "the IAM user guide's": example(
        "GET",
        "/?Action=ListUsers&Version=2010-05-08",
        "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
        ("host", "iam.amazonaws.com"),
        FORM,
        service="iam",
    ),
    "nothing but a path": example("GET", "/", VANILLA),
    "two slashes": example("GET", "//", VANILLA),
    "a dot": example("GET", "/./", VANILLA),
    "dots that lead back": example("GET", "/example1/example2/../..", VANILLA),
    "slashes": example("GET", "//example//", "9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84"),
    "a dot before": example("GET", "/./example", "ef75d96142cf21edca26f06005da7988e4f8dc83a165a80865db7089db637ec5"),
    "a space": example("GET", "/example space/", "652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741"),
    "a letter": example("GET", "/\u1234", "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85"),
    "letters that stay": example(
        "GET", f"/-._~{LETTERS}", "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f"
    ),
    "a query": example(
        "GET", "/?Param2=value2&Param1=value1", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"
    ),
    "an encoded query": example(
        "GET",
        "/?Param-3=Value3&Param=Value2&%E1%88%B4=Value1",
        "371d3713e185cc334048618a97f809c9ffe339c62934c032af5a0e595648fcac",
    ),
    "a query that is not encoded": example(
        "GET", "/?\u1234=bar", "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04"
    ),
    "a header three times": example(
        "GET",
        "/",
        "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea",
        ("my-header1", "value2"),
        ("my-header1", "value2"),
        ("my-header1", "value1"),
    ),
    "spaces in headers": example(
        "GET",
        "/",
        "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736",
        ("my-header1", " value1"),
        ("my-header2", ' "a   b   c"'),
    ),
    "a body": example(
        "POST",
        "/",
        "328d1b9eaadca9f5818ef05e8392801e091653bafec24fcab71e7344e7f51422",
        FORM,
        ("content-length", "13"),
        ("x-amz-content-sha256", "9095672bbd1f56dfc5b65f3e153adc8731a4a654192329106275f4c7b24d0b6e"),
        body=b"Param1=value1",
    ),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_published_example_is_let_in_and_with_another_signature_it_is_not(name: str) -> None:
    wire = EXAMPLES[name]
    service = claimed(wire).service
    accept(wire, service=service)
    digit = wire.header("authorization")[-1]
    other = wire.header("authorization")[:-1] + ("0" if digit != "0" else "1")
    with pytest.raises(WrongSignature):
        accept(wire.with_header("authorization", other), service=service)


def test_a_claim_tells_all_there_is_to_know_before_a_key_is_looked_up() -> None:
    wire = sign(token=TOKEN)
    claim = claimed(wire)
    assert (claim.access_key_id, claim.region, claim.service) == (KEY, "eu-west-1", "xray")
    assert claim.signed_headers == ("content-type", "host", "x-amz-date", "x-amz-security-token")
    assert claim.token == TOKEN
    assert claim.stamp == wire.header("x-amz-date")
    assert claim.scope == f"{claim.day}/eu-west-1/xray/aws4_request"


segments = st.text(string.ascii_letters + string.digits + "-_.~", min_size=1, max_size=8) | st.sampled_from(
    ["..", ".", "", "%20", "a%2Fb", "%E2%82%AC", "a%25b", "é"]
)
words = st.text(min_size=0, max_size=12)
names = st.text(string.ascii_letters + string.digits + "-", min_size=1, max_size=12).filter(
    lambda name: name.lower() not in ("expect", "transfer-encoding", "user-agent", "host", "date", "connection")
)
values = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=30)


def quoted(text: str) -> str:
    kept = string.ascii_letters + string.digits + "-_.~"
    data = text.encode("utf-8", "surrogatepass")
    return "".join(chr(byte) if chr(byte) in kept else f"%{byte:02X}" for byte in data)


@given(
    st.sampled_from(["GET", "POST", "PUT", "DELETE"]),
    st.lists(segments, max_size=5),
    st.lists(st.tuples(words.filter(bool), words), max_size=5),
    st.lists(st.tuples(names.map(lambda name: f"x-{name}"), values), max_size=5),
    st.binary(max_size=200),
    st.none() | st.just(TOKEN),
)
def test_what_botocore_signs_is_let_in_whatever_it_is(
    method: str,
    path: list[str],
    query: list[tuple[str, str]],
    headers: list[tuple[str, str]],
    body: bytes,
    token: str | None,
) -> None:
    target = "/" + "/".join(path)
    if query:
        target += "?" + "&".join(f"{quoted(name)}={quoted(value)}" for name, value in query)
    wire = sign(method, target, headers, body, token=token)
    assert accept(wire).token == token


@given(
    st.lists(st.tuples(words.filter(bool), words), max_size=5, unique_by=lambda pair: pair[0]), st.integers(1, 604_800)
)
def test_what_botocore_presigns_is_let_in_for_as_long_as_it_says(query: list[tuple[str, str]], expires: int) -> None:
    query = [pair for pair in query if not pair[0].startswith("X-Amz-")]
    wire = presign("/?" + "&".join(f"{quoted(name)}={quoted(value)}" for name, value in query), expires)
    assert is_presigned(wire.query)
    assert accept_presigned(wire, expires).expires_s == expires
    with pytest.raises(WrongSignature, match="Signature expired"):
        accept_presigned(wire, expires + 1)


TAMPERED = {
    "the method": lambda wire: wire._replace(method="GET"),
    "the path": lambda wire: wire._replace(path=b"/Traces"),
    "the path's case": lambda wire: wire._replace(path=b"/tracesegments"),
    "a query": lambda wire: wire._replace(query=b"a=b"),
    "the body": lambda wire: wire._replace(body=b"{} "),
    "no body": lambda wire: wire._replace(body=b""),
    "the host": lambda wire: wire.with_header("host", "other.example.com"),
    "the type": lambda wire: wire.with_header("content-type", "text/plain"),
    "the token": lambda wire: wire.with_header("x-amz-security-token", "another"),
    "a header twice": lambda wire: wire._replace(headers=[*wire.headers, (b"content-type", b"application/json")]),
    "the region": lambda wire: swapped(wire, "/eu-west-1/", "/us-east-1/"),
    "the key": lambda wire: wire,
}


def swapped(wire: Wire, old: str, new: str) -> Wire:
    assert old in wire.header("authorization")
    return wire.with_header("authorization", wire.header("authorization").replace(old, new))


@pytest.mark.parametrize("part", TAMPERED)
def test_a_request_of_which_any_part_was_changed_is_refused(part: str) -> None:
    wire = TAMPERED[part](sign(token=TOKEN))
    with pytest.raises(WrongSignature) as refused:
        accept(wire, secret="another" if part == "the key" else SECRET)
    assert refused.value.message.startswith("The request signature we calculated does not match")
    assert "Canonical" not in refused.value.message
    assert f"{wire.method}\n" in refused.value.detail


def test_a_request_without_a_signature_is_told_so() -> None:
    with pytest.raises(Unsigned):
        accept(sign().with_header("authorization", None))


INCOMPLETE = {
    "Bearer abc": "Unsupported AWS 'algorithm': 'Bearer'",
    "AWS4-HMAC-SHA256": "missing equal-sign",
    "AWS4-HMAC-SHA256 Credential=a/b": "requires 'Signature'",
    "AWS4-HMAC-SHA256 Signature=ab, Credential=x": "requires 'SignedHeaders'",
    "AWS4-HMAC-SHA256 Credential=a, Credential=b": "more than once",
    "AWS4-HMAC-SHA256 Credential=a, Else=b": "not known",
    "AWS4-ECDSA-P256-SHA256 Credential=a": "Unsupported",
}


@pytest.mark.parametrize("authorization", INCOMPLETE)
def test_an_authorization_that_lacks_something_is_told_what(authorization: str) -> None:
    with pytest.raises(Incomplete, match=INCOMPLETE[authorization]):
        accept(sign().with_header("authorization", authorization))


SCOPES = {
    "eu-west-1/xray/aws4_request": ("eu-west-1/xray", Incomplete, "exactly 5"),
    "/aws4_request": ("/aws4", WrongSignature, "valid terminator"),
    "/xray/": ("/s3/", WrongSignature, "scoped to correct service: 'xray'"),
    "/eu-west-1/": ("/EU WEST/", WrongSignature, "valid region"),
}


@pytest.mark.parametrize("part", SCOPES)
def test_a_scope_that_is_not_for_here_is_refused_in_aws_words(part: str) -> None:
    new, kind, words = SCOPES[part]
    with pytest.raises(kind, match=words):
        accept(swapped(sign(), part, new))


def test_a_scope_of_another_day_than_the_date_is_refused() -> None:
    wire = sign()
    day = claimed(wire).day
    with pytest.raises(WrongSignature, match=f"'20150830' != '{day}'"):
        accept(swapped(wire, f"/{day}/", "/20150830/"))


@pytest.mark.parametrize("after_s", [-300, -299, 0, 299, 300])
def test_a_signature_is_good_for_five_minutes_before_and_after(after_s: int) -> None:
    claim = claimed(sign())
    check_claim(claim, claim.signed_at + after_s, {"xray"})


@pytest.mark.parametrize(("after_s", "words"), [(-301, "not yet current"), (301, "expired")])
def test_a_signature_outside_the_window_is_refused(after_s: int, words: str) -> None:
    claim = claimed(sign())
    with pytest.raises(WrongSignature, match=f"Signature {words}: {claim.stamp} is .*5 min"):
        check_claim(claim, claim.signed_at + after_s, {"xray"})


def test_a_date_may_stand_in_the_header_date_in_either_form() -> None:
    vanilla = EXAMPLES["nothing but a path"]
    authorization = vanilla.header("authorization").replace("host;x-amz-date", "date;host")
    for date in (STAMP, "Sun, 30 Aug 2015 12:36:00 GMT"):
        wire = vanilla.with_header("x-amz-date", None).with_header("date", date)
        claim = claimed(wire.with_header("authorization", authorization))
        assert claim.stamp == STAMP


@pytest.mark.parametrize("date", ["", "20150830", "20151330T123600Z", "20150830T126000Z", "2015-08-30T12:36:00Z", "x"])
def test_a_date_that_is_none_is_refused(date: str) -> None:
    with pytest.raises(Incomplete, match=r"ISO-8601 'basic format'"):
        accept(sign().with_header("x-amz-date", date))


def test_a_date_must_be_there_and_signed() -> None:
    with pytest.raises(Incomplete, match="requires existence of either"):
        accept(sign().with_header("x-amz-date", None))
    wire = sign().with_header("x-amz-date", None).with_header("date", STAMP)
    with pytest.raises(Incomplete, match="'X-Amz-Date' or 'Date' must be"):
        accept(swapped(wire, ";x-amz-date", ""))


def test_the_host_must_be_signed() -> None:
    with pytest.raises(Incomplete, match="'Host' must be a 'SignedHeader'"):
        accept(swapped(sign(), ";host", ""))


def test_a_header_of_amazon_that_is_not_signed_is_refused_but_the_token_which_proves_itself() -> None:
    wire = sign()
    with pytest.raises(Incomplete, match="not signed: x-amz-meta"):
        accept(wire.with_header("x-amz-meta", "1"))
    assert accept(wire.with_header("x-amz-security-token", TOKEN)).token == TOKEN
    accept(wire.with_header("x-amzn-trace-id", "Root=1-5759e988-bd862e3fe1be46a994272793"))


@pytest.mark.parametrize(
    "listed", ["host;content-type;x-amz-date", "Host;x-amz-date", "host;host;x-amz-date", "host;;x"]
)
def test_signed_headers_that_are_not_in_their_one_form_are_refused(listed: str) -> None:
    with pytest.raises(Incomplete, match="sorted names"):
        accept(swapped(sign(), "content-type;host;x-amz-date", listed))


def test_a_signed_header_that_is_not_there_is_refused() -> None:
    with pytest.raises(Incomplete, match="'content-type' is in SignedHeaders and not in the request"):
        accept(sign().with_header("content-type", None))


HASH = "x-amz-content-sha256"


@pytest.mark.parametrize(
    "value", ["UNSIGNED-PAYLOAD", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"]
)
def test_a_body_that_is_not_signed_is_refused_even_if_that_is_what_was_signed(value: str) -> None:
    with pytest.raises(Incomplete, match="the SHA-256 of the body"):
        accept(sign(headers=[(HASH, value)]))


def test_the_hash_of_the_body_is_computed_and_not_believed() -> None:
    right = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    wire = sign(headers=[(HASH, right)], body=b"{}")
    accept(wire)
    with pytest.raises(WrongSignature, match=HASH):
        accept(wire._replace(body=b"{ }"))
    with pytest.raises(WrongSignature, match=HASH):
        accept(sign(headers=[(HASH, "0" * 64)], body=b"{}"))


def test_a_request_cannot_be_signed_in_both_ways() -> None:
    wire = presign()
    with pytest.raises(Incomplete, match="Only one auth mechanism"):
        accept_presigned(wire._replace(headers=[*wire.headers, (b"authorization", b"AWS4-HMAC-SHA256 a=b")]))
    with pytest.raises(Incomplete, match="Only one auth mechanism"):
        accept(sign(target="/?X-Amz-Signature=0"))


@pytest.mark.parametrize("expires", ["0", "604801", "-1", "1e3", "", "٣"])
def test_a_presigned_request_lasts_one_second_to_a_week(expires: str) -> None:
    wire = presign(expires=60)
    with pytest.raises(Incomplete, match="1 to 604800"):
        accept_presigned(wire._replace(query=wire.query.replace(b"Expires=60", b"Expires=" + quoted(expires).encode())))


def test_a_presigned_request_of_which_any_part_was_changed_is_refused() -> None:
    wire = presign("/?Action=GetCallerIdentity")
    accept_presigned(wire)
    for other in (
        wire._replace(query=wire.query.replace(b"GetCallerIdentity", b"AssumeRole")),
        wire._replace(query=wire.query + b"&More=1"),
        wire._replace(query=wire.query + b"&X-Amz-Security-Token=more"),
        wire._replace(path=b"/other"),
        wire.with_header("host", "other.example.com"),
        wire._replace(body=b"x"),
    ):
        with pytest.raises(WrongSignature):
            accept_presigned(other)


@pytest.mark.parametrize("part", ["Credential", "Date", "Expires", "SignedHeaders", "Signature", "Algorithm"])
def test_a_presigned_request_that_lacks_a_part_is_told_which(part: str) -> None:
    wire = presign()
    kept = b"&".join(pair for pair in wire.query.split(b"&") if not pair.startswith(f"X-Amz-{part}=".encode()))
    with pytest.raises(Incomplete, match=f"must include 'X-Amz-{part}'"):
        accept_presigned(wire._replace(query=kept))


def test_a_secret_that_was_changed_signs_no_more() -> None:
    wire = sign(secret="old")
    accept(wire, secret="old")
    forget_signing_keys()
    with pytest.raises(WrongSignature):
        accept(wire, secret="new")


def test_each_refusal_has_a_code_for_both_kinds_of_service() -> None:
    said = {one.__name__: (one.code, one.query_code, one.status) for one in Refusal.__subclasses__()}
    assert said == {
        "Unsigned": ("MissingAuthenticationTokenException", "MissingAuthenticationToken", 403),
        "Incomplete": ("IncompleteSignature", "IncompleteSignature", 400),
        "UnknownKey": ("UnrecognizedClientException", "InvalidClientTokenId", 403),
        "WrongSignature": ("InvalidSignatureException", "SignatureDoesNotMatch", 403),
        "TokenExpired": ("ExpiredTokenException", "ExpiredToken", 403),
    }


anything = st.binary(max_size=60)
PARTS = b"AWS4-HMAC-SHA256 |Credential=|SignedHeaders=|Signature=|,|;|host|x-amz-date|=|/| |%|\xff|\x00"
SCOPE = b"AKID/20150830/us-east-1/xray/aws4_request"
pieces = st.sampled_from([*PARTS.split(b"|"), SCOPE, b"0" * 64, STAMP.encode()])
hostile = st.lists(pieces | anything, max_size=12).map(b"".join)
known = st.sampled_from(
    [b"authorization", b"host", b"x-amz-date", b"date", b"x-amz-content-sha256", b"x-amz-security-token"]
)


@given(st.text(max_size=5), anything, hostile, st.lists(st.tuples(known | anything, hostile), max_size=8), anything)
def test_whatever_comes_nothing_but_a_refusal_is_raised(
    method: str, path: bytes, query: bytes, headers: list[tuple[bytes, bytes]], body: bytes
) -> None:
    wire = Wire(method, path, query, headers, body)
    for take in (accept, accept_presigned):
        with pytest.raises(Refusal):
            take(wire)


@given(st.text(max_size=40) | st.sampled_from(["Mon, 01 Jan 99999999999 00:00:00 GMT", "Mon, 01 Jan 0 0:0:0 -9999"]))
def test_whatever_the_date_nothing_but_a_refusal_is_raised(date: str) -> None:
    headers = [(b"date", date.encode("utf-8", "surrogatepass")), (b"host", HOST.encode())]
    authorization = (
        b"AWS4-HMAC-SHA256 Credential=a/20150830/us-east-1/xray/aws4_request,SignedHeaders=date;host,Signature="
        + b"0" * 64
    )
    with pytest.raises(Refusal):
        accept(Wire("GET", b"/", b"", [*headers, (b"authorization", authorization)], b""))


def test_a_long_hostile_header_costs_no_more_than_its_length() -> None:
    for value in (b"AWS4-HMAC-SHA256 " + b"a=b," * 50_000, b"AWS4-HMAC-SHA256 " + b"," * 200_000, b" " * 200_000):
        with pytest.raises(Refusal):
            read_authorization("GET", b"/" + b"./" * 50_000, b"&" * 100_000, [(b"authorization", value)])


def test_a_claim_is_verified_with_the_one_secret_that_signed_it() -> None:
    claim = claimed(sign())
    verify(claim, SECRET, b"{}")
    with pytest.raises(WrongSignature):
        verify(claim, SECRET.lower(), b"{}")
