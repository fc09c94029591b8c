"""Calendars as text by RFC 5545: what Kayoi needs of it, to the byte as the library icalendar writes it.

The library makes a record of each property and folds character by character, which was most of what calendars cost. A
property test holds both together, and the library reads every calendar of the sample book.
"""

from __future__ import annotations

import datetime as dt

Line = tuple[str, str]
"""A property's name with its parameters, and its value as it stands in the file."""
END = "\r\n"
OCTETS = 75
"""What a line may hold; the library leaves one of them free."""


def text(value: str) -> str:
    """A value of type TEXT: signs that mean something are escaped, line ends told as such."""
    if value.isalnum():
        return value
    told = value.replace("\\N", "\n").replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return told.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def day(value: dt.date) -> str:
    """A value of type DATE."""
    return f"{value.year:04}{value.month:02}{value.day:02}"


def instant(value: dt.datetime) -> str:
    """A value of type DATE-TIME; `value` is in UTC."""
    return f"{day(value)}T{value.hour:02}{value.minute:02}{value.second:02}Z"


def component(name: str, *lines: Line) -> str:
    """A component with its properties, in the order given."""
    told = [folded(f"{key}:{value}") for key, value in lines]
    return END.join((f"BEGIN:{name}", *told, f"END:{name}", ""))


def folded(line: str) -> str:
    """A line in pieces of less than 75 octets; an escape is not cut in two. Each piece but the first begins anew."""
    if len(line) < OCTETS and (line.isascii() or len(line.encode()) < OCTETS):
        return line
    pieces = []
    start = 0
    while start < len(line):
        end = _cut(line, start)
        pieces.append(line[start:end])
        start = end
    return f"{END} ".join(pieces)


def _cut(line: str, start: int) -> int:
    """Where the piece that begins at `start` ends."""
    end = min(len(line), start + OCTETS - 1)
    piece = line[start:end]
    if not piece.isascii():
        raw = piece.encode()[: OCTETS - 1]
        end = start + len(raw.decode(errors="ignore"))
    if end < len(line) and end - start > 1 and line[end - 1] in "\\^":
        end -= 1
    return end
