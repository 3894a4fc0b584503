"""Writes what the console knows of the server: the Structs of :mod:`radiograph.model`, and the words of its filters.

``python tools/console_types.py`` writes ``api/types.gen.ts``, ``api/access.gen.ts``, ``filters/vocabulary.gen.ts`` and
``policies/words.gen.ts`` of ``console/src``; with ``--check`` it writes nothing and exits 1 on drift.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import msgspec
from console_access import operations, policy_words
from msgspec import NODEFAULT, inspect

import radiograph.model as model
import radiograph.model.explore as explore
from radiograph.filters import vocabulary

SOURCES = Path(__file__).parents[1] / "console" / "src"
HEADER = "// Written by tools/console_types.py from {0}; edit {1}, not this file.\n"


def files() -> dict[Path, str]:
    """What is to be written, and where."""
    return {
        SOURCES / "api" / "types.gen.ts": typescript(),
        SOURCES / "api" / "access.gen.ts": HEADER.format("api.iam and api.sts", "the Structs and tables there")
        + operations(_interface_of),
        SOURCES / "filters" / "vocabulary.gen.ts": words(),
        SOURCES / "policies" / "words.gen.ts": HEADER.format("radiograph.auth", "that room") + policy_words(),
    }


def typescript() -> str:
    """The nouns, X-Ray's and our own: one interface a Struct, in alphabetical order."""
    named = {name: getattr(room, name) for room in (model, explore) for name in room.__all__}
    structs = [each for _, each in sorted(named.items()) if _is_noun(each)]
    return HEADER.format("radiograph.model", "the Structs") + "".join(_interface(struct) for struct in structs)


def words() -> str:
    """The words of the filter expression, as constants: the console derives its types from them, translations too."""
    lists = ("KEYWORDS", "OPERATORS", "CONNECTIVES", "FUNCTIONS")
    header = HEADER.format("radiograph.filters.vocabulary", "that module")
    return header + "".join(_list(name, getattr(vocabulary, name)) for name in lists)


def _list(name: str, rows: Sequence[msgspec.Struct]) -> str:
    lines = "".join(f"  {json.dumps(msgspec.to_builtins(row), ensure_ascii=False)},\n" for row in rows)
    return f"\nexport const {name} = [\n{lines}] as const;\n"


def _is_noun(value: object) -> bool:
    bases = (model.Model, model.Request)
    return isinstance(value, type) and issubclass(value, msgspec.Struct) and value not in bases


def _interface(struct: type[msgspec.Struct]) -> str:
    return _interface_of(struct, issubclass(struct, model.Request))


def _interface_of(struct: type[msgspec.Struct], asked: bool) -> str:
    info = cast("inspect.StructType", inspect.type_info(struct))
    caption = (struct.__doc__ or "").strip().splitlines()
    lines = [f"\n/** {caption[0].replace('*/', '')} */"] if caption else [""]
    lines.append(f"export interface {struct.__name__} {{")
    lines += [_member(field, asked) for field in info.fields]
    return "\n".join([*lines, "}", ""])


def _member(field: inspect.Field, asked: bool) -> str:
    # A caller may leave out what has a default; an answer carries it, unless it is UNSET, which inspect shows as a
    # member that is neither required nor has a default.
    unset = not field.required and field.default is NODEFAULT and field.default_factory is NODEFAULT
    absent = unset or (asked and not field.required)
    return f"  {field.encode_name}{'?' if absent else ''}: {_type(field.type, nullable=not asked)};"


def _type(kind: inspect.Type, nullable: bool = True) -> str:
    match kind:
        case inspect.StrType():
            return "string"
        case inspect.BoolType():
            return "boolean"
        case inspect.IntType() | inspect.FloatType() | inspect.DateTimeType():
            return "number"  # moments are epoch seconds on the wire; the console never sends the other spelling
        case inspect.NoneType():
            return "null"
        case inspect.LiteralType(values=values):
            return " | ".join(f'"{value}"' for value in values)
        case inspect.ListType(item_type=item) | inspect.VarTupleType(item_type=item):
            item_text = _type(item)
            return f"({item_text})[]" if " | " in item_text else f"{item_text}[]"
        case inspect.DictType(value_type=value):
            return f"Record<string, {_type(value)}>"
        case inspect.StructType(cls=struct):
            return struct.__name__
        case inspect.UnionType(types=types):
            kept = [each for each in types if nullable or not isinstance(each, inspect.NoneType)]
            return " | ".join(dict.fromkeys(_type(each) for each in kept))
        case inspect.Metadata(type=inner):
            return _type(inner, nullable)
        case inspect.AnyType() | inspect.RawType():
            return "unknown"
        case _:
            raise TypeError(f"{kind!r} has no TypeScript spelling yet; add it to {Path(__file__).name}")


def main() -> int:
    """0 when the files are (now) what the server says."""
    drifted = {path: text for path, text in files().items() if not _is(path, text)}
    if drifted and "--check" in sys.argv[1:]:
        names = " and ".join(path.name for path in drifted)
        print(f"not what the server says: {names}; run python tools/console_types.py", file=sys.stderr)
        return 1
    for path, text in drifted.items():
        path.write_text(text, encoding="utf-8")
        print(f"wrote {path}")
    return 0


def _is(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    raise SystemExit(main())
