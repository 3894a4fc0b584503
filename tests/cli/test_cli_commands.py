"""The commands against a server that answers what a test tells it to."""

from __future__ import annotations

import io
import json
import select
import socket
from collections.abc import Callable
from itertools import count
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner, Result
from rich.cells import cell_len
from rich.console import Console

from radiograph.cli import main
from radiograph.cli.demo import demo
from radiograph.cli.doctor import doctor
from radiograph.cli.map import map_
from radiograph.cli.terminal import Terminal, milliseconds
from radiograph.cli.trace import trace
from radiograph.cli.traces import listing, traces
from radiograph.model import TraceSummary

Run = Callable[..., Result]
NOW_S = 1_790_000_000.0
ID = "1-6ab13b80-64b157c3d2914c7ab4f61a49"
NOWHERE = "http://127.0.0.1:1"


def summary(number: int, **members: Any) -> dict[str, Any]:
    return {
        "Id": f"1-6ab13b80-{number:024x}",
        "StartTime": NOW_S - number,
        "ResponseTime": 0.25,
        "Http": {"HttpURL": "https://shop.test/cart", "HttpStatus": 200, "HttpMethod": "GET"},
        "ServiceIds": [{"Name": "shop", "Names": ["shop"], "Type": "client"}, {"Name": "shop"}, {"Name": "stock"}],
        **members,
    }


def test_traces_are_listed_with_a_word_for_their_status(run: Run, server: Any) -> None:
    server.answers["/TraceSummaries"] = {
        "TraceSummaries": [summary(1), summary(2, HasFault=True), summary(3, HasThrottle=True, HasError=True)],
        "TracesProcessedCount": 3,
    }
    result = run(traces, "--endpoint", server.url)
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    assert [word for line in lines[1:] for word in ("ok", "fault", "throttle") if f" {word} " in line] == [
        "ok",
        "fault",
        "throttle",
    ]
    assert "GET" in lines[1]
    assert "250 ms" in lines[1]
    assert "https://shop.test/cart" in lines[1]
    assert "shop, stock" in lines[1]
    assert "1-6ab13b80-000000000000000000000001" in lines[1]


def listed(width: int, *summaries: dict[str, Any]) -> list[str]:
    """Give the lines of a listing in a terminal of this width."""
    out = io.StringIO()
    found = msgspec.convert(list(summaries), list[TraceSummary])
    Console(file=out, width=width, color_system=None).print(listing(found, width))
    return out.getvalue().splitlines()


@pytest.mark.parametrize("width", [80, 100, 119, 120, 160])
def test_a_listing_of_any_width_has_id_status_request_and_services(width: int) -> None:
    lines = listed(width, summary(1), summary(2, IsPartial=True, ResponseTime=125))
    assert max(map(cell_len, lines)) <= width
    text = "\n".join(lines)
    for words in (
        *("TIME (UTC)", "ID", "STATUS", "RESPONSE"),
        *("1-6ab13b80-000000000000000000000001", "ok", "250 ms", "GET 200 https://shop", "shop"),
        *("1-6ab13b80-000000000000000000000002", "in progress", "2 m 05 s"),
    ):
        assert words in text


def test_in_a_narrow_terminal_a_trace_has_a_second_line_for_what_is_long() -> None:
    long = {"HttpURL": f"https://shop.test/{'x' * 200}", "HttpStatus": 200, "HttpMethod": "GET"}
    _, *lines = listed(80, summary(1), summary(2, Http=long), summary(3, Http={}, ServiceIds=[]))
    assert len(lines) == 6
    assert lines[1] == "  GET 200 https://shop.test/cart · shop, stock"
    assert lines[3].endswith("…")
    assert lines[5].strip() == ""


def test_piped_output_has_no_colour(run: Run, server: Any) -> None:
    server.answers["/TraceSummaries"] = {"TraceSummaries": [summary(1, HasFault=True)]}
    assert "\x1b" not in run(traces, "--endpoint", server.url).output


def test_the_window_and_the_filter_reach_the_server(run: Run, server: Any) -> None:
    server.answers["/TraceSummaries"] = {"TraceSummaries": []}
    run(traces, "--endpoint", server.url, "--last", "1h", "--filter", "fault")
    ((path, body),) = server.asked
    assert path == "/TraceSummaries"
    assert body == {"StartTime": NOW_S - 3600, "EndTime": NOW_S, "FilterExpression": "fault"}


def test_pages_are_fetched_until_the_limit(run: Run, server: Any) -> None:
    def page(body: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
        first = int(body.get("NextToken") or 0)
        found = {"TraceSummaries": [summary(first + n) for n in range(10)], "NextToken": str(first + 10)}
        return 200, {}, json.dumps(found).encode()

    server.answers["/TraceSummaries"] = page
    result = run(traces, "--endpoint", server.url, "--limit", "25", "--json")
    assert len(json.loads(result.output)["TraceSummaries"]) == 25
    assert len(server.asked) == 3


def test_a_day_is_asked_for_in_windows_the_api_accepts_newest_first(run: Run, server: Any) -> None:
    server.answers["/TraceSummaries"] = {"TraceSummaries": []}
    run(traces, "--endpoint", server.url, "--last", "1d")
    windows = [(body["StartTime"], body["EndTime"]) for _, body in server.asked]
    assert len(windows) == 4
    assert windows == sorted(windows, reverse=True)
    assert all(end - start <= 6 * 3600 for start, end in windows)


def test_no_traces_suggest_what_to_do(run: Run, server: Any) -> None:
    server.answers["/TraceSummaries"] = {"TraceSummaries": []}
    assert "radiograph demo" in run(traces, "--endpoint", server.url).output


@pytest.mark.parametrize("arguments", [(traces,), (trace, ID), (map_,)])
def test_a_server_that_is_not_there_is_named_with_the_fix(run: Run, arguments: tuple[Any, ...]) -> None:
    result = run(*arguments, "--endpoint", NOWHERE)
    assert result.exit_code == 1
    assert "no server answers at http://127.0.0.1:1" in result.output
    assert "Start one with 'radiograph serve'" in result.output


def test_an_error_shows_code_message_and_request_id(run: Run, server: Any) -> None:
    server.answers["/TraceSummaries"] = lambda _: (
        400,
        {"x-amzn-ErrorType": "InvalidRequestException:http://x/", "x-amzn-RequestId": "0f3c"},
        b'{"Message":"Invalid filter at column 3"}',
    )
    result = run(traces, "--endpoint", server.url, "--filter", "xx")
    assert result.exit_code == 1
    assert "InvalidRequestException (400): Invalid filter at column 3 [request id 0f3c]" in result.output


def test_what_is_no_radiograph_says_so(run: Run, server: Any) -> None:
    server.answers["/TraceSummaries"] = lambda _: (200, {}, b"<html>")
    result = run(traces, "--endpoint", server.url)
    assert result.exit_code == 1
    assert "not as a Radiograph server does" in result.output


def test_an_endpoint_that_is_no_url_is_refused(run: Run) -> None:
    result = run(traces, "--endpoint", "localhost:2000")
    assert result.exit_code == 2
    assert "is not a URL such as http://127.0.0.1:2000" in result.output


def segment(**members: Any) -> dict[str, Any]:
    document = {"id": "a" * 16, "name": "shop", "start_time": NOW_S, "end_time": NOW_S + 0.5, "trace_id": ID, **members}
    return {"Id": "a" * 16, "Document": json.dumps(document)}


def test_a_trace_is_drawn_and_its_exceptions_told(run: Run, server: Any) -> None:
    cause = {"exceptions": [{"id": "e" * 16, "type": "KeyError", "message": "'x'"}]}
    server.answers["/Traces"] = {
        "Traces": [{"Id": ID, "Duration": 0.5, "Segments": [segment(fault=True, cause=cause)]}]
    }
    result = run(trace, f"Root={ID};Sampled=1", "--endpoint", server.url)
    assert result.exit_code == 0, result.output
    assert server.asked == [("/Traces", {"TraceIds": [ID]})]
    assert result.output.startswith(ID)
    assert "✗" in result.output
    assert "█" in result.output
    assert "KeyError: 'x'" in result.output


def test_a_trace_as_json_is_what_the_server_said(run: Run, server: Any) -> None:
    server.answers["/Traces"] = {"Traces": [{"Id": ID, "Duration": 0.5, "Segments": [segment()]}]}
    told = json.loads(run(trace, ID, "--json", "--endpoint", server.url).output)
    assert told == {"Id": ID, "Duration": 0.5, "LimitExceeded": False, "Segments": [segment()]}


def test_a_trace_that_is_not_known_says_where_to_look(run: Run, server: Any) -> None:
    server.answers["/Traces"] = {"Traces": [], "UnprocessedTraceIds": [ID]}
    result = run(trace, ID, "--endpoint", server.url)
    assert result.exit_code == 1
    assert f"there is no trace {ID}" in result.output
    assert "radiograph traces" in result.output


def test_what_names_no_trace_is_refused_before_anything_is_asked(run: Run, server: Any) -> None:
    result = run(trace, "nonsense", "--endpoint", server.url)
    assert result.exit_code == 2
    assert "'nonsense' is not a trace id" in result.output
    assert server.asked == []


def statistics(ok: int, fault: int) -> dict[str, Any]:
    return {
        "OkCount": ok,
        "ErrorStatistics": {"ThrottleCount": 2, "OtherCount": 1, "TotalCount": 3},
        "FaultStatistics": {"OtherCount": fault, "TotalCount": fault},
        "TotalCount": ok + fault + 3,
        "TotalResponseTime": 0.1 * (ok + fault + 3),
    }


SERVICES = [
    {
        "ReferenceId": 1,
        "Name": "stock",
        "Type": "remote",
        "SummaryStatistics": statistics(5, 4),
        "ResponseTimeHistogram": [{"Value": 0.1, "Count": 95}, {"Value": 2.5, "Count": 5}],
    },
    {
        "ReferenceId": 0,
        "Name": "shop",
        "Type": "AWS::ECS::Container",
        "Root": True,
        "SummaryStatistics": statistics(20, 7),
        "Edges": [{"ReferenceId": 1, "SummaryStatistics": statistics(5, 4)}],
    },
    {"ReferenceId": 2, "Name": "shop", "Type": "client", "Edges": [{"ReferenceId": 0}]},
]


def test_the_map_goes_from_the_client_inwards_with_numbers(run: Run, server: Any) -> None:
    server.answers["/ServiceGraph"] = {"StartTime": NOW_S - 900, "EndTime": NOW_S, "Services": SERVICES}
    result = run(map_, "--endpoint", server.url)
    assert result.exit_code == 0, result.output
    cells = [line.split() for line in result.output.splitlines()]
    assert cells[0] == ["SERVICE", "TYPE", "REQUESTS", "AVERAGE", "P95", "OK", "ERROR", "THROTTLE", "FAULT"]
    assert cells[1] == ["shop", "client"]
    assert cells[2][:2] == ["→", "shop"]
    assert cells[3] == ["shop", "AWS::ECS::Container", "30", "100", "ms", "20", "1", "2", "7"]
    assert cells[4][:2] == ["→", "stock"]
    assert cells[5] == ["stock", "remote", "12", "100", "ms", "100", "ms", "5", "1", "2", "4"]


def test_the_map_as_json_keeps_the_names_of_aws(run: Run, server: Any) -> None:
    server.answers["/ServiceGraph"] = {"StartTime": NOW_S - 900, "EndTime": NOW_S, "Services": SERVICES}
    told = json.loads(run(map_, "--json", "--endpoint", server.url).output)
    assert [service["Name"] for service in told["Services"]] == ["stock", "shop", "shop"]
    assert told["StartTime"] == NOW_S - 900


class Healthy:
    """What a working server answers to the doctor; traces posted or sent by UDP are found."""

    def __init__(self, server: Any, listener: socket.socket) -> None:
        self.listener = listener
        self.known: set[str] = set()
        server.answers |= {
            "/healthz": {"status": "ok"},
            "/readyz": {"status": "ready"},
            "/TraceSegments": self.put,
            "/Traces": self.get,
            "/GetSamplingRules": {
                "SamplingRuleRecords": [{"SamplingRule": {"RuleName": "Default", "Priority": 10000}}]
            },
        }

    def put(self, body: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
        self.known |= {json.loads(document)["trace_id"] for document in body["TraceSegmentDocuments"]}
        return 200, {}, b'{"UnprocessedTraceSegments":[]}'

    def get(self, body: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
        while select.select([self.listener], [], [], 0.01)[0]:
            self.known.add(json.loads(self.listener.recv(65_536).split(b"\n", 1)[1])["trace_id"])
        found = [{"Id": trace_id} for trace_id in body["TraceIds"] if trace_id in self.known]
        return 200, {}, json.dumps({"Traces": found, "UnprocessedTraceIds": []}).encode()


@pytest.fixture
def listener() -> Any:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as made:
        made.bind(("127.0.0.1", 0))
        made.setblocking(False)
        yield made


def udp(listener: socket.socket) -> str:
    return f"127.0.0.1:{listener.getsockname()[1]}"


def hops(result: Result) -> dict[str, bool | None]:
    return {hop["name"]: hop["passed"] for hop in json.loads(result.output)["hops"]}


def test_the_doctor_finds_a_healthy_server_healthy(run: Run, server: Any, listener: socket.socket) -> None:
    Healthy(server, listener)
    result = run(doctor, "--endpoint", server.url, "--udp", udp(listener))
    assert result.exit_code == 0, result.output
    assert "Everything works." in result.output
    assert "✗" not in result.output
    assert result.output.count("✓") == 9


def test_the_doctor_says_how_many_rules_there_are(run: Run, server: Any, listener: socket.socket) -> None:
    Healthy(server, listener)
    assert "1 rule\n" in run(doctor, "--endpoint", server.url, "--udp", udp(listener)).output
    server.answers["/GetSamplingRules"]["SamplingRuleRecords"] *= 3
    assert "3 rules\n" in run(doctor, "--endpoint", server.url, "--udp", udp(listener)).output


def test_the_doctor_sends_its_datagram_to_the_port_of_the_endpoint(run: Run, server: Any) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as same:
        same.bind(("127.0.0.1", server.http.server_port))
        Healthy(server, same)
        result = run(doctor, "--endpoint", server.url)
    assert result.exit_code == 0, result.output
    assert f"sent to 127.0.0.1:{server.http.server_port}" in result.output


def test_the_doctor_says_which_hop_lost_the_datagram(run: Run, server: Any, listener: socket.socket) -> None:
    Healthy(server, listener)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as elsewhere:
        elsewhere.bind(("127.0.0.1", 0))
        result = run(doctor, "--endpoint", server.url, "--udp", udp(elsewhere), "--json")
    assert result.exit_code == 1
    assert {name for name, passed in hops(result).items() if passed is False} == {"query (UDP)"}
    assert "often pass TCP but not UDP" in result.output


def test_the_doctor_names_a_udp_port_where_nobody_listens(run: Run, server: Any, listener: socket.socket) -> None:
    Healthy(server, listener)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        nobody = udp(free)
    result = run(doctor, "--endpoint", server.url, "--udp", nobody, "--json")
    assert result.exit_code == 1
    assert hops(result)["UDP datagram"] is False
    assert hops(result)["query (UDP)"] is None


def test_the_doctor_tries_nothing_more_when_nobody_answers(run: Run) -> None:
    result = run(doctor, "--endpoint", NOWHERE, "--json")
    assert result.exit_code == 1
    told = hops(result)
    assert told.pop("TCP") is False
    assert set(told.values()) == {None}
    assert "radiograph serve" in result.output


@pytest.mark.parametrize(
    ("path", "answer", "failing"),
    [
        ("/readyz", (503, {}, b"disk full"), {"readiness"}),
        ("/GetSamplingRules", (403, {}, b"{}"), {"sampling rules"}),
        ("/GetSamplingRules", (200, {}, b"[]"), {"sampling rules"}),
        ("/TraceSegments", (403, {"x-amzn-ErrorType": "AccessDeniedException"}, b"{}"), {"PutTraceSegments"}),
        (
            "/TraceSegments",
            (200, {}, b'{"UnprocessedTraceSegments":[{"Id":"1","ErrorCode":"InvalidTraceId","Message":"no"}]}'),
            {"PutTraceSegments"},
        ),
    ],
)
def test_the_doctor_blames_the_hop_that_failed(
    run: Run, server: Any, listener: socket.socket, path: str, answer: Any, failing: set[str]
) -> None:
    Healthy(server, listener)
    server.answers[path] = lambda _: answer
    result = run(doctor, "--endpoint", server.url, "--udp", udp(listener), "--json")
    assert result.exit_code == 1
    assert {name for name, passed in hops(result).items() if passed is False} == failing


def test_the_demo_sends_documents_for_its_duration_with_a_seed_to_repeat_it(listener: socket.socket) -> None:
    ticks = count(NOW_S, 5.0)
    arguments = ["--udp", udp(listener), "--rate", "100", "--seed", "3", "--duration", "100ms"]
    result = CliRunner().invoke(demo, arguments, obj=Terminal(clock=lambda: next(ticks)))
    assert result.exit_code == 0, result.output
    assert "The shop is healthy; seed 3." in result.output
    assert select.select([listener], [], [], 60)[0], "nothing came"
    assert "trace_id" in json.loads(listener.recv(65_536).split(b"\n", 1)[1])


def test_the_demo_sends_its_history_first(run: Run, server: Any) -> None:
    server.answers["/TraceSegments"] = {"UnprocessedTraceSegments": []}
    result = run(demo, "--history", "2m", "--duration", "0s", "--endpoint", server.url, "--scenario", "n-plus-one")
    assert result.exit_code == 0, result.output
    sent = [json.loads(text) for _, body in server.asked for text in body["TraceSegmentDocuments"]]
    assert len(sent) > 500
    assert all(NOW_S - 121 < document["start_time"] < NOW_S + 30 for document in sent)
    assert f"{len(sent)} documents." in result.output


def test_the_demo_says_when_its_history_has_nowhere_to_go(run: Run) -> None:
    result = run(demo, "--history", "1m", "--duration", "0s", "--endpoint", NOWHERE)
    assert result.exit_code == 1
    assert "radiograph serve" in result.output


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.0000004, "0 µs"),
        (0.00042, "420 µs"),
        (0.0042, "4.2 ms"),
        (0.0125, "12 ms"),
        (1.25, "1.25 s"),
        (125, "2 m 05 s"),
    ],
)
def test_durations_are_shown_as_people_read_them(seconds: float, text: str) -> None:
    assert milliseconds(seconds) == text


def complaints(**environment: str) -> list[str]:
    """Give what a command says on standard error besides its own words."""
    result = CliRunner().invoke(main, ["trace", "nonsense"], env=environment)
    return [line for line in result.stderr.splitlines() if line.startswith("Warning:")]


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [
        ("RADIOGRAPH_UDPPORT", "RADIOGRAPH_UDP_PORT"),
        ("RADIOGRAPH_RETENTION_DAY", "RADIOGRAPH_RETENTION_DAYS"),
        ("RADIOGRAPH_ENDPIONT", "RADIOGRAPH_ENDPOINT"),
    ],
)
def test_a_misspelt_variable_is_named_with_the_one_that_was_meant(misspelt: str, meant: str) -> None:
    assert complaints(**{misspelt: "1"}) == [f"Warning: {misspelt} is set, but is no setting of Radiograph; {meant} is"]


def test_a_variable_like_no_other_is_named_with_all_there_are() -> None:
    (said,) = complaints(RADIOGRAPH_COLOUR="blue")
    assert "RADIOGRAPH_COLOUR is set" in said
    assert "RADIOGRAPH_ACCOUNT, RADIOGRAPH_API_THREADS" in said


@pytest.mark.parametrize(
    "name", ["RADIOGRAPH_UDP_PORT", "RADIOGRAPH_SKIP_CONSOLE", "RADIOGRAPH_SERVICE_HOST", "RADIOGRAPH_PORT_2000_TCP"]
)
def test_variables_that_are_read_and_those_of_others_are_not_complained_of(name: str) -> None:
    assert complaints(**{name: "1"}) == []
