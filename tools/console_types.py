"""Writes ``console/src/api/types.gen.ts`` from the Structs of :mod:`radiograph.model`.

``python tools/console_types.py`` writes the file; with ``--check`` it writes nothing and exits 1 on drift.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import cast

import msgspec
from msgspec import NODEFAULT, inspect

import radiograph.model as model

TARGET = Path(__file__).parents[1] / "console" / "src" / "api" / "types.gen.ts"
HEADER = "// Written by tools/console_types.py from radiograph.model; edit the Structs, not this file.\n"


def typescript() -> str:
    """The whole file: one interface a Struct, in alphabetical order."""
    structs = [each for name in sorted(model.__all__) if _is_noun(each := getattr(model, name))]
    return HEADER + "".join(_interface(struct) for struct in structs)


def _is_noun(value: object) -> bool:
    bases = (model.Model, model.Request)
    return isinstance(value, type) and issubclass(value, msgspec.Struct) and value not in bases


def _interface(struct: type[msgspec.Struct]) -> str:
    info = cast("inspect.StructType", inspect.type_info(struct))
    caption = (struct.__doc__ or "").strip().splitlines()
    lines = [f"\n/** {caption[0].replace('*/', '')} */"] if caption else [""]
    lines.append(f"export interface {struct.__name__} {{")
    lines += [_member(field, issubclass(struct, model.Request)) for field in info.fields]
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
    """0 when the file is (now) what the model says."""
    wanted = typescript()
    if TARGET.exists() and TARGET.read_text(encoding="utf-8") == wanted:
        return 0
    if "--check" in sys.argv[1:]:
        print(f"{TARGET.name} is not what radiograph.model says: run python tools/console_types.py", file=sys.stderr)
        return 1
    TARGET.write_text(wanted, encoding="utf-8")
    print(f"wrote {TARGET}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
