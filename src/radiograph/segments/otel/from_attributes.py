"""What a span's attributes say, in the members of a document: a call's HTTP, SQL and AWS parts; the rest stays.

Source: table of attributes of the collector's ``awsxray`` exporter, semantic conventions old and new.
"""

from __future__ import annotations

from typing import Any

from .known import Known
from .span import OtelSpan

__all__ = ["aws_of_call", "http", "sql"]

_SQL = frozenset(
    [
        *("db2", "derby", "hive", "mariadb", "mssql", "mysql", "oracle", "postgresql", "sqlite", "teradata"),
        *("other_sql", "ibm.db2", "microsoft.sql_server", "oracle.db", "cockroachdb", "redshift", "h2", "hsqldb"),
    ]
)
_USUAL_PORTS = {("http", 80), ("https", 443)}
_MOST_TEXT = 4000


def http(span: OtelSpan, known: Known) -> dict[str, Any] | None:
    """Give ``http``, or None when the span is not about a request."""
    method, status = known.take("http.request.method"), known.take_number("http.response.status_code")
    if method is None and status is None and known.any_of(("url.full", "url.path", "http.target")) is None:
        return None
    request: dict[str, Any] = {}
    if method is not None:
        request["method"] = method
    url = known.take("url.full") or _assembled(known, span.kind == "SERVER")
    if url is not None:
        request["url"] = url
    agent = known.take("user_agent.original")
    if agent is not None:
        request["user_agent"] = agent
    if span.kind == "SERVER":
        client = known.take("client.address")
        if client is not None:
            # It is behind a proxy when a header, not the connection, told the address.
            request["client_ip"] = client
            if client != known.text("network.peer.address"):
                request["x_forwarded_for"] = True
        else:
            address = known.text("network.peer.address")
            if address is not None:
                request["client_ip"] = address
    forwarded = known.take_flag("aws.xray.x_forwarded_for")
    if forwarded is not None:
        request["x_forwarded_for"] = forwarded
    response: dict[str, Any] = {}
    if status is not None:
        response["status"] = status
    size = known.take_number("http.response.body.size")
    if size is None:
        size = _received(span)
    if size is not None:
        response["content_length"] = size
    found = {}
    if request:
        found["request"] = request
    if response:
        found["response"] = response
    return found


def _assembled(known: Known, is_server: bool) -> str | None:
    """Give the URL that its parts tell; they stay, since the whole does not tell which part is which."""
    path = known.text("http.target")
    if path is None:
        path, query = known.text("url.path"), known.text("url.query")
        if path is None:
            return None
        if query is not None:
            path = f"{path}?{query.removeprefix('?')}"
    host = known.text("http.host") or known.text("server.address" if is_server else "net.peer.name")
    host = host or known.any_of(("server.address", "net.peer.name"))
    if host is None:
        return path
    scheme = known.text("url.scheme") or "http"
    port = known.number("server.port")
    if port is None and not is_server:
        port = known.number("net.peer.port")
    is_whole = ":" in host.rsplit("]", 1)[-1] or not isinstance(port, int) or (scheme, port) in _USUAL_PORTS
    return f"{scheme}://{host}{'' if is_whole else f':{port}'}{path if path.startswith('/') else f'/{path}'}"


def _received(span: OtelSpan) -> int | None:
    for event in span.events:
        if event.attributes.get("message.type") == "RECEIVED":
            size = event.attributes.get("messaging.message_payload_size_bytes")
            return size if type(size) is int and size >= 0 else None
    return None


def sql(span: OtelSpan, known: Known) -> dict[str, Any] | None:
    """Give ``sql``, or None when no database is asked that speaks SQL."""
    system = known.text("db.system.name")
    if system is None or system.lower() not in _SQL:
        return None
    connection, database = known.take("db.connection_string"), known.text("db.namespace")
    host = connection or known.any_of(("server.address", "net.peer.name")) or "localhost"
    # A round trip brings the whole string back, the database's name in it.
    is_whole = database is None or host.endswith(f"/{database}")
    found: dict[str, Any] = {
        "url": span.name[:_MOST_TEXT],
        "connection_string": host if is_whole else f"{host}/{database}",
        "database_type": known.take("db.system.name"),
    }
    for member, name in (("user", "db.user"), ("sanitized_query", "db.query.text")):
        value = known.take(name)
        if value is not None:
            found[member] = value
    return found


_CALL = {
    "account_id": "aws.account_id",
    "region": "aws.region",
    "request_id": "aws.request_id",
    "id_2": "aws.extended_request_id",
    "queue_url": "aws.queue_url",
    "queue_name": "aws.queue_name",
    "bucket_name": "aws.s3.bucket",
    "key": "aws.s3.key",
    "topic_arn": "aws.topic_arn",
    "function_name": "aws.function_name",
}


def aws_of_call(known: Known, is_aws: bool) -> dict[str, Any]:
    """Give what ``aws`` says of a call."""
    found: dict[str, Any] = {}
    operation = known.take("aws.operation") or (known.take("rpc.method") if is_aws else None)
    if operation is not None:
        found["operation"] = operation
    for member, name in _CALL.items():
        value = known.take(name)
        if value is not None:
            found[member] = value
    tables, table = known.take_texts("aws.dynamodb.table_names"), known.take("aws.table_name")
    if table is not None or len(tables) == 1:
        found["table_name"] = table or tables[0]
    elif tables:
        found["table_names"] = tables
    retries = known.take_number("aws.xray.retries")
    if retries is not None:
        found["retries"] = retries
    return found
