"""Stack traces of every language, as their runtimes printed them, become exceptions, causes and frames."""

from __future__ import annotations

import traceback
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radiograph.segments.otel.stacks import MAX_FRAMES, MAX_THROWN, Frame, Thrown, thrown

LANGUAGES = ["python", "java", "nodejs", "webjs", "dotnet", "php", "go", "ruby", "rust", "erlang", "swift", "cpp", ""]

JAVA = """\
java.lang.RuntimeException: outer: it
	at A.main(A.java:7)
	at java.base/jdk.internal.reflect.NativeMethodAccessorImpl.invoke0(Native Method)
	at java.base/java.lang.reflect.Method.invoke(Method.java:569)
Caused by: java.lang.IllegalStateException: mid
	second line
	at A.mid(A.java:5)
	at A.lambda$main$0(A.java:7)
	at java.base/java.lang.Iterable.forEach(Iterable.java:75)
	... 8 more
Caused by: java.lang.NullPointerException: Cannot invoke "Object.toString()" because "<local1>" is null
	at A.inner(A.java:4)
	... 11 more
	Suppressed: java.lang.IllegalArgumentException: close failed
		at A$Res.close(A.java:3)
		... 12 more
	Caused by: java.io.IOException: disk
		at A$Res.flush(A.java:2)
"""

NODE = """\
RangeError: outer
    at outer (/srv/a.js:4:63)
    at Object.<anonymous> (/srv/a.js:5:1)
    ... 5 lines matching cause stack trace ...
    at node:internal/main/run_main_module:28:49 {
  code: 'E1',
  [cause]: Error: mid
  two
      at mid (/srv/a.js:3:45)
      at async outer (/srv/a.js:4:36)
      ... 6 lines matching cause stack trace ...
      at node:internal/main/run_main_module:28:49 {
    [cause]: TypeError: Cannot read properties of null (reading 'x')
        at inner (C:\\Program Files (x86)\\shop\\a.js:2:24)
        at Array.map (<anonymous>)
        at new Basket (file:///srv/b.mjs:3:21)
  }
}
"""

NODE_GROUP = """\
AggregateError: many
    at Object.<anonymous> (/srv/a.js:8:26)
    at node:internal/main/run_main_module:28:49 {
  [errors]: [
    Error: a
        at one (/srv/a.js:8:46)
        at node:internal/main/run_main_module:28:49,
    TypeError: b
        at two (/srv/a.js:8:62)
        at node:internal/main/run_main_module:28:49
  ]
}
"""

FIREFOX = """\
pay@https://shop.test/static/shop.js:12:9
async*checkout@https://shop.test/static/@scope/shop.js:30:5
@https://shop.test/static/shop.js:99:1
"""

DOTNET = """\
System.InvalidOperationException: outer
 ---> System.ApplicationException: mid
 ---> System.ArgumentException: inner (Parameter 'x')
   at Shop.Basket.Add(String sku, Int32 count) in C:\\src\\in the shop\\Basket.cs:line 12
   at Shop.Basket.<>c__DisplayClass4_0.<AddAll>b__0(String s)
   --- End of inner exception stack trace ---
   at Shop.Cart.Fill() in /src/Cart.cs:line 33
   --- End of inner exception stack trace ---
   at Shop.Program.Main(String[] args) in /src/Program.cs:line 20
--- End of stack trace from previous location ---
   at Shop.Program.<Main>(String[] args)
"""

DOTNET_GROUP = """\
System.AggregateException: One or more errors occurred. (a) (b)
 ---> System.Exception: a
   at Shop.A() in /src/A.cs:line 1
   --- End of inner exception stack trace ---
   at System.Threading.Tasks.Task.WaitAll(Task[] tasks)
 ---> (Inner Exception #0) System.Exception: a
   at Shop.A() in /src/A.cs:line 1<---

 ---> (Inner Exception #1) System.TimeoutException: b
   at Shop.B() in /src/B.cs:line 2<---
"""

PHP = """\
PDOException: no connection in /srv/db.php:12
Stack trace:
#0 /srv/shop.php(30): Db->connect('localhost (main): x')
#1 [internal function]: {closure}(1)
#2 {main}

Next RuntimeException: checkout failed in /srv/shop.php:33
Stack trace:
#0 /srv/index.php(4): checkout(Array)
#1 {main}
"""

PHP_OF_OPENTELEMETRY = """\
Exception: outer
	at Abc.Def.create(shop.php:21)
	at {main}(shop.php:23)
Caused by: Abc.Def.TestException: inner
	... 1 more
"""

GO = """\
goroutine 19 [running]:
runtime/debug.Stack()
	/usr/local/go/src/runtime/debug/stack.go:26 +0x5e
main.(*T).run.func1()
	/srv/main.go:4 +0x1d
panic({0x4ae5c0?, 0x57f2a0?})
	/usr/local/go/src/runtime/panic.go:860 +0x13a
main.(*T).run(0x0?, 0x0?, {0x4c4990?, 0x0?})
	/srv/main.go:4 +0x3c
...23 frames elided...
created by main.main in goroutine 1
	/srv/main.go:5 +0x69

goroutine 1 [select]:
main.main()
	/srv/main.go:9 +0x78
"""

RUBY = """\
shop.rb:3:in `rescue in checkout': checkout failed (RuntimeError)
with a second line
	from shop.rb:1:in `checkout'
\t ... 4 levels...
	from shop.rb:9:in `<main>'
/gems/db-1.0/lib/db.rb:12:in 'Db#connect': no connection (Db::Error)
	from shop.rb:2:in 'block in Object#checkout'
"""

RUST = """\
   0: m::inner
             at ./src/m.rs:2:27
   1: <F as core::ops::FnOnce<()>>::call_once
             at /rustc/59807616/library/core/src/ops/function.rs:250:5
   2: _start
"""

ERLANG = (
    '[{shop,pay,2,[{file,"src/shop.erl"},{line,12}]},{erlang,apply,[fun a/0,[1]],[]},'
    "{'Elixir.Shop.Cart','-add/1-fun-0-',1,[{file,\"lib/cart.ex\"},{line,7}]}]"
)

ELIXIR = """\
** (ArgumentError) bad sku
    (shop 0.1.0) lib/shop/cart.ex:12: Shop.Cart.add/2
    (elixir 1.15.7) lib/enum.ex:1693: Enum."-map/2-lists^map/1-1-"/2
    lib/run.exs:3: (file)
"""

SWIFT = """\
0   Shop                                0x0000000104b2c1f4 $s4Shop8checkoutyyF + 132
1   libdyld.dylib                       0x00000001a0f5cf30 start + 4
"""


def places(one: Thrown) -> list[tuple[str, int, str]]:
    return [(frame.path, frame.line, frame.label) for frame in one.stack]


def read(language: str, text: str) -> list[Thrown]:
    return thrown(language, "", "", text)


def chain(found: list[Thrown]) -> list[tuple[str, str]]:
    """Give (type, message) of an exception and of what caused it."""
    told, place = [], 0
    while True:
        told.append((found[place].type, found[place].message))
        cause = found[place].cause
        if cause is None:
            return told
        assert cause > place, "a cause comes after what it caused"
        place = cause


def raised(raises: Callable[[], object]) -> str:
    try:
        raises()
    except Exception:
        return traceback.format_exc()
    raise AssertionError("nothing was raised")


def deep(levels: int) -> None:
    if levels:
        deep(levels - 1)
    raise LookupError("no such key\nin two lines")


def chained() -> None:
    try:
        try:
            deep(0)
        except LookupError as error:
            raise ValueError("caused") from error
    except ValueError:
        raise RuntimeError  # noqa: B904 the context is the point


def test_python_tells_the_cause_first_and_the_innermost_frame_last() -> None:
    found = read("python", raised(chained))
    assert chain(found) == [
        ("RuntimeError", ""),
        ("ValueError", "caused"),
        ("LookupError", "no such key\nin two lines"),
    ]
    assert [[frame.label for frame in one.stack] for one in found] == [
        ["chained", "raised"],
        ["chained"],
        ["deep", "chained"],
    ]
    assert {frame.path for one in found for frame in one.stack} == {__file__}
    assert found[2].stack[0].line == deep.__code__.co_firstlineno + 3


def test_frames_that_python_leaves_out_are_counted() -> None:
    (one,) = read("python", raised(lambda: deep(50)))
    assert one.truncated + len(one.stack) == 53


def test_members_of_a_group_of_python_come_after_the_chain() -> None:
    def grouped() -> None:
        inner = ExceptionGroup("in", [KeyError("k")])
        try:
            raise ExceptionGroup("several", [ValueError("a"), inner])
        except ExceptionGroup as group:
            raise OSError("after") from group

    found = read("python", raised(grouped))
    assert chain(found) == [("OSError", "after"), ("ExceptionGroup", "several (2 sub-exceptions)")]
    assert [(one.type, one.message, one.cause) for one in found[2:]] == [
        ("ValueError", "a", None),
        ("ExceptionGroup", "in (1 sub-exception)", None),
        ("KeyError", "'k'", None),
    ]
    assert [frame.label for frame in found[1].stack] == ["grouped"]


def test_a_message_that_is_itself_a_traceback_is_not_read_as_one() -> None:
    message = f"worker failed:\n{raised(chained)}"

    def rethrows() -> None:
        raise RuntimeError(message)

    (one,) = thrown("python", "builtins.RuntimeError", message, raised(rethrows))
    assert (one.type, one.message) == ("builtins.RuntimeError", message)
    assert [frame.label for frame in one.stack] == ["rethrows", "raised"]


def test_a_syntax_error_is_at_the_place_it_is_about() -> None:
    (one,) = read("python", raised(lambda: compile("a b", "orders.py", "exec")))
    assert one.type == "SyntaxError"
    assert one.stack[0] == Frame("orders.py", 1, "")


def test_java_tells_causes_after_the_exception_and_frames_in_common_as_a_number() -> None:
    found = read("java", JAVA)
    assert chain(found) == [
        ("java.lang.RuntimeException", "outer: it"),
        ("java.lang.IllegalStateException", "mid\n\tsecond line"),
        ("java.lang.NullPointerException", 'Cannot invoke "Object.toString()" because "<local1>" is null'),
    ]
    assert places(found[0]) == [
        ("A.java", 7, "A.main"),
        ("Native Method", 0, "java.base/jdk.internal.reflect.NativeMethodAccessorImpl.invoke0"),
        ("Method.java", 569, "java.base/java.lang.reflect.Method.invoke"),
    ]
    assert [one.truncated for one in found] == [0, 8, 11, 12, 0]


def test_a_suppressed_exception_of_java_caused_nothing_and_has_its_own_cause() -> None:
    *_, suppressed, disk = read("java", JAVA)
    assert (suppressed.type, suppressed.message) == ("java.lang.IllegalArgumentException", "close failed")
    assert (disk.type, disk.message) == ("java.io.IOException", "disk")
    assert suppressed.cause == 4
    assert places(suppressed) == [("A.java", 3, "A$Res.close")]


def test_node_tells_causes_inside_braces() -> None:
    found = read("nodejs", NODE)
    assert chain(found) == [
        ("RangeError", "outer"),
        ("Error", "mid\n  two"),
        ("TypeError", "Cannot read properties of null (reading 'x')"),
    ]
    assert places(found[0]) == [
        ("/srv/a.js", 4, "outer"),
        ("/srv/a.js", 5, "Object.<anonymous>"),
        ("node:internal/main/run_main_module", 28, ""),
    ]
    assert places(found[2]) == [
        ("C:\\Program Files (x86)\\shop\\a.js", 2, "inner"),
        ("<anonymous>", 0, "Array.map"),
        ("file:///srv/b.mjs", 3, "new Basket"),
    ]
    assert [one.truncated for one in found] == [5, 6, 0]


def test_members_of_an_aggregate_error_caused_nothing() -> None:
    found = read("javascript", NODE_GROUP)
    assert [(one.type, one.message, one.cause) for one in found] == [
        ("AggregateError", "many", None),
        ("Error", "a", None),
        ("TypeError", "b", None),
    ]
    assert places(found[2])[0] == ("/srv/a.js", 8, "two")


def test_browsers_that_write_no_at_are_read_too() -> None:
    (one,) = thrown("webjs", "TypeError", "basket is null", FIREFOX)
    assert (one.type, one.message) == ("TypeError", "basket is null")
    assert places(one) == [
        ("https://shop.test/static/shop.js", 12, "pay"),
        ("https://shop.test/static/@scope/shop.js", 30, "async*checkout"),
        ("https://shop.test/static/shop.js", 99, ""),
    ]


def test_dotnet_tells_inner_exceptions_within_the_outer_ones() -> None:
    found = read("dotnet", DOTNET.replace("\n", "\r\n"))
    assert chain(found) == [
        ("System.InvalidOperationException", "outer"),
        ("System.ApplicationException", "mid"),
        ("System.ArgumentException", "inner (Parameter 'x')"),
    ]
    assert places(found[0]) == [
        ("/src/Program.cs", 20, "Shop.Program.Main(String[] args)"),
        ("", 0, "Shop.Program.<Main>(String[] args)"),
    ]
    assert places(found[1]) == [("/src/Cart.cs", 33, "Shop.Cart.Fill()")]
    assert places(found[2])[0] == (
        "C:\\src\\in the shop\\Basket.cs",
        12,
        "Shop.Basket.Add(String sku, Int32 count)",
    )


def test_the_first_of_many_inner_exceptions_is_told_once() -> None:
    found = read("dotnet", DOTNET_GROUP)
    assert chain(found) == [
        ("System.AggregateException", "One or more errors occurred. (a) (b)"),
        ("System.Exception", "a"),
    ]
    assert [(one.type, one.message, places(one)) for one in found[2:]] == [
        ("System.TimeoutException", "b", [("/src/B.cs", 2, "Shop.B()")])
    ]
    assert places(found[0]) == [("", 0, "System.Threading.Tasks.Task.WaitAll(Task[] tasks)")]


def test_php_tells_the_cause_first() -> None:
    found = read("php", PHP)
    assert chain(found) == [("RuntimeException", "checkout failed"), ("PDOException", "no connection")]
    assert places(found[0]) == [
        ("/srv/shop.php", 33, ""),
        ("/srv/index.php", 4, "checkout(Array)"),
        ("", 0, "{main}"),
    ]
    assert places(found[1]) == [
        ("/srv/db.php", 12, ""),
        ("/srv/shop.php", 30, "Db->connect('localhost (main): x')"),
        ("[internal function]", 0, "{closure}(1)"),
        ("", 0, "{main}"),
    ]


def test_php_under_opentelemetry_prints_as_java_does() -> None:
    found = read("php", PHP_OF_OPENTELEMETRY)
    assert chain(found) == [("Exception", "outer"), ("Abc.Def.TestException", "inner")]
    assert places(found[0]) == [("shop.php", 21, "Abc.Def.create"), ("shop.php", 23, "{main}")]
    assert found[1].truncated == 1


def test_go_tells_a_place_below_each_call_and_other_goroutines_are_left_out() -> None:
    (one,) = thrown("go", "*errors.errorString", "boom", GO)
    assert (one.type, one.message) == ("*errors.errorString", "boom")
    assert places(one) == [
        ("/usr/local/go/src/runtime/debug/stack.go", 26, "runtime/debug.Stack"),
        ("/srv/main.go", 4, "main.(*T).run.func1"),
        ("/usr/local/go/src/runtime/panic.go", 860, "panic"),
        ("/srv/main.go", 4, "main.(*T).run"),
        ("/srv/main.go", 5, "created by main.main in goroutine 1"),
    ]
    assert one.truncated == 24


def test_ruby_tells_the_first_frame_with_the_message() -> None:
    found = read("ruby", RUBY)
    assert chain(found) == [
        ("RuntimeError", "checkout failed\nwith a second line"),
        ("Db::Error", "no connection"),
    ]
    assert places(found[0]) == [
        ("shop.rb", 3, "rescue in checkout"),
        ("shop.rb", 1, "checkout"),
        ("shop.rb", 9, "<main>"),
    ]
    assert found[0].truncated == 4
    assert places(found[1])[0] == ("/gems/db-1.0/lib/db.rb", 12, "Db#connect")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "rust",
            RUST,
            [
                ("./src/m.rs", 2, "m::inner"),
                ("/rustc/59807616/library/core/src/ops/function.rs", 250, "<F as core::ops::FnOnce<()>>::call_once"),
                ("", 0, "_start"),
            ],
        ),
        (
            "erlang",
            ERLANG,
            [
                ("src/shop.erl", 12, "shop:pay/2"),
                ("", 0, "erlang:apply"),
                ("lib/cart.ex", 7, "Elixir.Shop.Cart:-add/1-fun-0-/1"),
            ],
        ),
        (
            "elixir",
            ELIXIR,
            [
                ("lib/shop/cart.ex", 12, "Shop.Cart.add/2"),
                ("lib/enum.ex", 1693, 'Enum."-map/2-lists^map/1-1-"/2'),
                ("lib/run.exs", 3, "(file)"),
            ],
        ),
        ("swift", SWIFT, [("Shop", 0, "$s4Shop8checkoutyyF + 132"), ("libdyld.dylib", 0, "start + 4")]),
    ],
)
def test_other_languages_have_frames(language: str, text: str, expected: list[tuple[str, int, str]]) -> None:
    (one,) = read(language, text)
    assert places(one) == expected


PRINTED = {
    "python": raised(chained),
    "java": JAVA,
    "nodejs": NODE,
    "dotnet": DOTNET,
    "php": PHP,
    "go": GO,
    "ruby": RUBY,
    "rust": RUST,
    "erlang": ERLANG,
    "elixir": ELIXIR,
    "swift": SWIFT,
}


@pytest.mark.parametrize(("language", "text"), list(PRINTED.items()))
def test_a_text_of_no_known_language_is_read_as_the_one_that_printed_it(language: str, text: str) -> None:
    told = read(language, text)
    assert told[0].stack
    assert read("", text) == told
    assert read("perl", text) == told


def test_what_an_exporter_of_stored_traces_writes_is_read_whatever_the_service_ran_on() -> None:
    text = "ValueError: declined\n    at pay (shop.py:12)\n    at  (shop.py:0)\n    at <module> (/srv/a b.py:3)"
    (one,) = read("python", text)
    assert (one.type, one.message) == ("ValueError", "declined")
    assert places(one) == [("shop.py", 12, "pay"), ("shop.py", 0, ""), ("/srv/a b.py", 3, "<module>")]


@pytest.mark.parametrize("text", ["", "\n\n", "the card is declined", "ValueError: the card is declined"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_without_frames_gives_the_exception_and_no_stack(language: str, text: str) -> None:
    assert thrown(language, "ValueError", "the card is declined", text) == [
        Thrown("ValueError", "the card is declined", [])
    ]


def test_frames_beyond_the_bound_are_counted() -> None:
    text = "java.lang.StackOverflowError\n" + "\tat A.a(A.java:5)\n" * 1024
    (one,) = read("java", text)
    assert len(one.stack) == MAX_FRAMES
    assert one.truncated == 1024 - MAX_FRAMES


def test_the_innermost_frames_are_the_ones_kept() -> None:
    lines = "".join(f'  File "a.py", line {line}, in f\n' for line in range(1, 301))
    (one,) = read("python", f"Traceback (most recent call last):\n{lines}ValueError: x\n")
    assert [frame.line for frame in one.stack] == list(range(300, 200, -1))


def test_of_a_chain_beyond_the_bound_the_root_cause_is_kept() -> None:
    text = "A: 0\n" + "".join(f"\tat A.a(A.java:1)\nCaused by: A: {number}\n" for number in range(1, 1000))
    found = read("java", text)
    assert len(found) == MAX_THROWN
    assert len(chain(found)) == MAX_THROWN
    assert found[-1].message == "999"
    assert found[-2].skipped == 1000 - MAX_THROWN
    assert sum(one.skipped for one in found) == 1000 - MAX_THROWN


def test_members_of_a_group_beyond_the_bound_are_counted() -> None:
    text = "A: 0\n\tat A.a(A.java:1)\n" + "\tSuppressed: B: x\n\t\tat A.b(A.java:1)\n" * 100
    found = read("java", text)
    assert len(found) == MAX_THROWN
    assert found[-1].skipped == 101 - MAX_THROWN


PIECES = [
    *(
        "at ",
        "Caused by: ",
        "\tSuppressed: ",
        "[cause]: ",
        " ---> ",
        "<---",
        "(Inner Exception #0) ",
        "\n",
        "\r\n",
        "\t",
    ),
    *("  + Exception Group Traceback (most recent call last):", "  +-+---------------- 1 ----------------", "  | "),
    *(
        "Traceback (most recent call last):",
        '  File "a", line 3, in x',
        "goroutine 1 [running]:",
        "#0 a(1): b",
        "Next ",
    ),
    *("The above exception was the direct cause of", "During handling of the above exception, another"),
    *("   --- End of inner exception stack trace ---", "... 3 more", "(A.java:1)", "a:1:in 'x': y (Z)", "from ", "@"),
    *(
        "[errors]: [",
        "]",
        "0: x",
        '{m,f,1,[{file,"',
        " (",
        ")",
        ":",
        ": ",
        " in ",
        ":line 9",
        "é",
        "٣",
        "\x00",
        "\u2028",
    ),
]


@given(
    st.sampled_from(LANGUAGES),
    st.text(max_size=8),
    st.text(max_size=20),
    st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=40).map("".join),
)
def test_whatever_the_text_there_is_an_exception_and_causes_lead_somewhere(
    language: str, type_: str, message: str, text: str
) -> None:
    found = thrown(language, type_, message, text)
    assert 1 <= len(found) <= MAX_THROWN
    assert not type_ or found[0].type == type_
    assert not message or found[0].message == message
    assert len(chain(found)) <= len(found)
    assert all(frame.line >= 0 for one in found for frame in one.stack)


@pytest.mark.parametrize(
    "piece", ["\n", "at ", "at (", "\n\tat (:", " ---> ", "\nCaused by: ", "{m,f,1,[", '{m,f,[{file,"', "a:1:in '", "1"]
)
def test_a_megabyte_made_to_hurt_is_read_as_any_other(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    for language in LANGUAGES:
        assert len(thrown(language, "E", "m", text)) <= MAX_THROWN


def test_of_a_text_of_too_many_lines_the_beginning_and_the_end_are_read() -> None:
    frames = "".join(f'  File "a.py", line {line}, in f\n' for line in range(100_000))
    cause = "Traceback (most recent call last):\nKeyError: 1\n\nThe above exception was the direct cause of …\n\n"
    found = read("python", f"{cause}Traceback (most recent call last):\n{frames}ValueError: x\n")
    assert chain(found) == [("ValueError", "x"), ("KeyError", "1")]
    assert found[0].stack[0].line == 99_999
    assert 99_000 < found[0].truncated + len(found[0].stack) < 101_000
