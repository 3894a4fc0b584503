"""The attributes that X-Ray has a place for, under whatever name of the semantic conventions, old and new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from .span import Attributes, AttributeValue

__all__ = ["ABOUT_AWS", "ABOUT_DATABASE", "ABOUT_HTTP", "Known"]

_ALIASES: Mapping[str, tuple[str, ...]] = {
    "http.request.method": ("http.method",),
    "url.full": ("http.url",),
    "url.scheme": ("http.scheme",),
    "url.path": (),
    "url.query": (),
    "http.target": (),
    "http.host": (),
    "server.address": ("net.host.name", "http.server_name"),
    "server.port": ("net.host.port",),
    "net.peer.name": (),
    "net.peer.port": (),
    "network.peer.address": ("net.peer.ip", "net.sock.peer.addr"),
    "client.address": ("http.client_ip",),
    "user_agent.original": ("http.user_agent",),
    "http.response.status_code": ("http.status_code",),
    "http.response.body.size": ("http.response_content_length",),
    "messaging.destination.name": ("messaging.destination",),
    "db.system.name": ("db.system",),
    "db.namespace": ("db.name",),
    "db.query.text": ("db.statement",),
    "db.user": (),
    "db.connection_string": (),
    "rpc.system.name": ("rpc.system",),
    "rpc.service": (),
    "rpc.method": (),
    "peer.service": ("service.peer.name",),
    "enduser.id": ("user.id",),
    "aws.service": (),
    "aws.operation": (),
    "aws.region": (),
    "aws.account_id": (),
    "aws.request_id": ("aws.requestId", "aws.request.id"),
    "aws.extended_request_id": ("aws.request.extended_id",),
    "aws.queue_url": ("aws.queue.url", "aws.sqs.queue.url", "aws.sqs.queue_url", "messaging.url"),
    "aws.queue_name": ("aws.queue.name", "aws.sqs.queue.name", "aws.sqs.queue_name"),
    "aws.table_name": ("aws.table.name",),
    "aws.dynamodb.table_names": ("aws.table_names",),
    "aws.s3.bucket": ("aws.bucket_name", "aws.bucket.name"),
    "aws.s3.key": (),
    "aws.topic_arn": ("aws.sns.topic.arn", "aws.topic.arn"),
    "aws.function_name": ("aws.lambda.function.name", "faas.invoked_name"),
    "aws.remote.service": (),
    "aws.local.service": (),
    "aws.span.kind": (),
    "aws.xray.annotations": (),
    "aws.xray.inprogress": (),
    "aws.xray.namespace": (),
    "aws.xray.origin": (),
    "aws.xray.resource_arn": (),
    "aws.xray.retries": (),
    "aws.xray.sampling_rule": (),
    "aws.xray.traced": (),
    "aws.xray.x_forwarded_for": (),
    "aws.xray.cause.id": (),
}
ABOUT_HTTP, ABOUT_DATABASE, ABOUT_AWS, ABOUT_ELSE = 1, 2, 4, 8
_ABOUT = {"http": ABOUT_HTTP, "url": ABOUT_HTTP, "db": ABOUT_DATABASE, "aws": ABOUT_AWS, "rpc": ABOUT_AWS}
_NAMES = {
    alias: (name, _ABOUT.get(name.partition(".")[0], ABOUT_ELSE))
    for name, aliases in _ALIASES.items()
    for alias in (name, *aliases)
}


_decode_texts = msgspec.json.Decoder(list[str]).decode


class Known:
    """A span's attributes, those with a place taken out one by one; what nobody took is left."""

    __slots__ = ("_keys", "_rest", "_values", "about")

    def __init__(self, attributes: Attributes) -> None:
        find, seen = _NAMES.get, 0
        values: Attributes = {}
        keys: dict[str, str] = {}
        rest: Attributes = {}
        for key, value in attributes.items():
            place = find(key)
            if place is None:
                rest[key] = value
                continue
            name, about = place
            if name not in values:
                values[name], keys[name] = value, key
                seen |= about
            elif value != values[name]:  # told twice, by an instrumentation between two conventions
                rest[key] = value
        self._values, self._keys, self._rest, self.about = values, keys, rest, seen

    def text(self, name: str) -> str | None:
        """Give an attribute, which stays; None when it is absent, empty or no text."""
        value = self._values.get(name)
        return value if type(value) is str and value else None

    def take(self, name: str) -> str | None:
        """Give an attribute and take it out; one that is absent, empty or no text stays where it is."""
        value = self._values.get(name)
        if type(value) is not str or not value:
            return None
        del self._values[name]
        return value

    def take_number(self, name: str) -> int | None:
        """Give a whole number, which may be told as text, and take it out."""
        value = self._values.get(name)
        if type(value) is str and len(value) < 16 and value.isascii() and value.isdigit():
            value = int(value)
        if type(value) is not int or value < 0:
            return None
        del self._values[name]
        return value

    def take_texts(self, name: str, separator: str | None = None) -> list[str]:
        """Give a list of texts and take it out; where lists cannot be told it may be one text, JSON for one."""
        value = self._values.get(name)
        if type(value) is str:
            value = _listed(value, separator)
        if type(value) is not list or not all(type(one) is str for one in value):
            return []
        del self._values[name]
        return [one for one in value if type(one) is str]

    def take_flag(self, name: str) -> bool | None:
        """Give a boolean and take it out."""
        value = self._values.get(name)
        if type(value) is not bool:
            return None
        del self._values[name]
        return value

    def any_of(self, names: Sequence[str]) -> str | None:
        """Give the first of some attributes that there is; it stays."""
        values = self._values
        for name in names:
            value = values.get(name)
            if type(value) is str and value:
                return value
        return None

    def number(self, name: str) -> AttributeValue | None:
        """Give an attribute as it is; it stays."""
        return self._values.get(name)

    def left(self) -> Attributes:
        """Give what nobody took, by the names it came under."""
        rest, keys = self._rest, self._keys
        for name, value in self._values.items():
            rest[keys[name]] = value
        return rest


def _listed(text: str, separator: str | None) -> list[str]:
    if text.startswith("["):
        try:
            return _decode_texts(text)
        except msgspec.MsgspecError:
            return [text]
    return [one.strip() for one in text.split(separator) if one.strip()] if separator is not None else [text]
