"""The waterfall of a trace, drawn for a terminal of a given width; pure: rows in, lines of text out."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from radiograph.cli.terminal import milliseconds, printable, status_style
from radiograph.cli.timeline import Cause, Entity, Row

__all__ = ["MARKS", "exceptions", "waterfall"]

MARKS = {"ok": "✓", "error": "!", "throttle": "≈", "fault": "✗", "in progress": "…"}
_NARROWEST_BAR = 10
_WIDEST_NAME_SHARE = 0.5
_NUMBERS = 17  # mark, HTTP status and duration, with the spaces between


@dataclass(frozen=True, slots=True)
class _Scale:
    """Epoch seconds to columns."""

    start_s: float
    end_s: float
    columns: int

    def bar(self, entity: Entity) -> str:
        """Return the bar of an entity: full blocks, or shaded ones to the end while it runs."""
        span_s = max(self.end_s - self.start_s, 1e-9)
        end_s = self.end_s if entity.end_time is None else entity.end_time
        left = min(int((entity.start_time - self.start_s) / span_s * self.columns), self.columns - 1)
        right = max(round((end_s - self.start_s) / span_s * self.columns), left + 1)
        return " " * left + ("▒" if entity.end_time is None else "█") * (min(right, self.columns) - left)


def waterfall(rows: list[Row], width: int) -> list[Text]:
    """Return one line a row, none wider than ``width`` cells: tree and name, mark, HTTP status, duration, bar.

    Inferred segments and those still running say so beside their name.
    """
    if not rows:
        return []
    names = [row.branch + _label(row) for row in rows]
    widest = max(cell_len(name) for name in names)
    room = max(width - _NUMBERS - _NARROWEST_BAR, 8)
    name_width = min(widest, room, max(int(width * _WIDEST_NAME_SHARE), 8))
    columns = max(width - _NUMBERS - name_width, 1)
    scale = _Scale(
        min(row.entity.start_time for row in rows),
        max(row.entity.end_time or row.entity.start_time for row in rows),
        columns,
    )
    return [_line(row, name, name_width, scale, width) for row, name in zip(rows, names, strict=True)]


def exceptions(rows: list[Row]) -> list[Text]:
    """Return the exceptions of a trace: where, type and message, and the frame that threw; each told once."""
    lines: list[Text] = []
    for row in rows:
        if not isinstance(row.entity.cause, Cause) or row.entity.inferred:
            continue
        for record in row.entity.cause.exceptions:
            style = status_style(row.entity.status)
            line = Text(f"{MARKS[row.entity.status]} ", style=style)
            line.append(printable(row.entity.name), style="bold")
            line.append(printable(f"  {record.type}: {record.message}"))
            lines.append(line)
            if record.stack:
                frame = record.stack[0]
                lines.append(Text(printable(f"    at {frame.label} ({frame.path}:{frame.line})"), style="dim"))
    return lines


def _label(row: Row) -> str:
    marks = ["inferred"] if row.entity.inferred else []
    if row.entity.end_time is None:
        marks.append("in progress")
    name = printable(row.entity.name)
    if row.is_segment and row.entity.origin and not row.entity.inferred:
        name = f"{name} {printable(row.entity.origin.removeprefix('AWS::'))}"
    return f"{name} ({', '.join(marks)})" if marks else name


def _line(row: Row, name: str, name_width: int, scale: _Scale, width: int) -> Text:
    entity = row.entity
    style = status_style(entity.status)
    shown = name if cell_len(name) <= name_width else set_cell_size(name, name_width - 1) + "…"
    line = Text(no_wrap=True)
    line.append(set_cell_size(shown, name_width), style="bold" if row.is_segment and not entity.inferred else "dim")
    line.append(f" {MARKS[entity.status]} ", style=style)
    line.append(f"{entity.http_status or '':>3} ")
    took = "" if entity.end_time is None else milliseconds(entity.end_time - entity.start_time)
    line.append(f"{took:>9} ")
    line.append(scale.bar(entity), style="dim" if entity.inferred else style)
    line.truncate(width)
    return line
