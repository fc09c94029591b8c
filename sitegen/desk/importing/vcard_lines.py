"""vCard 2.1 to 4.0: a file's bytes → cards of properties, each with its line.

Lines are joined and cut as bytes: some programs fold in the middle of a character.
"""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

from sitegen.desk.importing.decoding import decoded
from sitegen.records import dataclass

_NAME = re.compile(
    r"(?:(?P<group>[\w-]+)\.)?(?P<name>[A-Za-z][\w-]*)(?P<params>(?:;(?:[^\";:]|\"[^\"]*\")*)*):", re.ASCII
)
_PART = re.compile(r'(?:[^";]|"[^"]*")+')
_ENCODED = re.compile(rb"quoted-printable|base64|;encoding=b(?=[;:])", re.IGNORECASE)
_BASE64 = re.compile(rb"[\t ]*[A-Za-z0-9+/]+=*[\t ]*\r?\n?")
_CHARSETS = {
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "windows-31j": "cp932",
    "x-sjis": "cp932",
}
BINARY = frozenset({"PHOTO", "LOGO", "KEY"})


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a card."""

    name: str
    """In capitals, without its group."""
    text: str
    """Decoded, signs still escaped."""
    line: int
    col: int
    """Where the value begins, from 1."""
    group: str = ""
    params: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """In capitals, as are the values of TYPE."""

    @property
    def types(self) -> frozenset[str]:
        """`WORK`, `CELL` …, whichever version's way it is written in."""
        return frozenset(self.params.get("TYPE", ()))


@dataclass(frozen=True, slots=True)
class Card:
    """What stands between BEGIN and END."""

    line: int
    raw: bytes
    properties: tuple[Property, ...] = ()
    problem: tuple[str, int, int, str] | None = None
    """Code, line, column and excerpt of why it can't be read."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line unfolded."""

    number: int
    data: bytes
    raw: bytes


def cards_of(data: bytes) -> Iterator[Card]:
    """All cards of a file, in order; what stands outside of one comes as a card that can't be read."""
    data = _as_bytes(data)
    lines = list(_unfolded(data))
    charset = _charset(b"\n".join(line.data for line in lines))
    inside: list[_Line] = []
    depth = 0
    for line in lines:
        word = line.data.strip().upper()
        if word == b"BEGIN:VCARD":
            agent = bool(inside) and inside[-1].data.strip().upper().startswith(b"AGENT")
            depth += 1 if agent else 0
            if inside and not agent:
                yield _card(inside, charset, "import-card-open")
                inside, depth = [], 0
            inside.append(line)
        elif inside:
            inside.append(line)
            if word == b"END:VCARD":
                if not depth:
                    yield _card(inside, charset)
                    inside = []
                depth = max(0, depth - 1)
        elif word:
            yield Card(line.number, line.raw, (), ("import-card-outside", line.number, 1, _shown(line.data)))
    if inside:
        yield _card(inside, charset, "import-card-open")


def pieces(text: str, mark: str = ";") -> list[str]:
    """A value cut at its marks, `\\;` and the like put back."""
    return [unescaped(part) for part in re.findall(rf"((?:\\.|[^\\{mark}])*)(?:{mark}|$)", text, re.DOTALL)][
        : text.count(mark) + 1
    ]


def unescaped(text: str) -> str:
    """`\\n`, `\\,`, `\\;` and `\\\\` as what they stand for."""
    return re.sub(r"\\([nN,;:\\])", lambda m: "\n" if m[1] in "nN" else m[1], text)


def _as_bytes(data: bytes) -> bytes:
    """UTF-16 and JIS as UTF-8: in those a byte may look like a line's end."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x1b$" in data:
        return decoded(data).text.encode("utf-8", "replace")
    return data.removeprefix(b"\xef\xbb\xbf")


def _unfolded(data: bytes) -> Iterator[_Line]:
    """Lines with what was folded put back, soft breaks and pictures without indentation as well."""
    physical = re.findall(rb"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", data)
    at = 0
    while at < len(physical):
        start, raw = at, physical[at]
        line = [raw.rstrip(b"\r\n")]
        head = line[0].partition(b":")[0]
        encoded = _ENCODED.findall(head + b":") if b":" in line[0] else []
        soft = bool(encoded) and encoded[0].lower() == b"quoted-printable"
        at += 1
        while at < len(physical):
            following = physical[at].rstrip(b"\r\n")
            if soft and line[-1].endswith(b"="):
                line[-1] = line[-1][:-1]
                line.append(following.lstrip() if following.lstrip()[:1] == b"=" else following)
            elif following[:1] in (b" ", b"\t"):
                line.append(following[1:])
            elif encoded and not soft and following and _BASE64.fullmatch(following):
                line.append(following)
            else:
                break
            at += 1
        yield _Line(start + 1, b"".join(line), b"".join(physical[start:at]))


def _charset(data: bytes) -> str:
    for name in ("utf-8", "cp932"):
        try:
            data.decode(name)
            return name
        except UnicodeDecodeError:
            continue
    return ""


def _card(lines: Sequence[_Line], charset: str, code: str = "") -> Card:
    raw = b"".join(line.raw for line in lines)
    first = lines[0].number
    problem = (code, first, 1, _shown(lines[0].data)) if code else None
    found: list[Property] = []
    depth = 0
    for line in lines[1:]:
        word = line.data.strip().upper()
        depth += word == b"BEGIN:VCARD"
        ends = word == b"END:VCARD"
        if word and not depth and not ends and problem is None:
            read = _property(line, charset)
            if isinstance(read, Property):
                found.append(read)
            else:
                problem = read
        depth -= ends
    return Card(first, raw, tuple(found), problem)


def _property(line: _Line, charset: str) -> Property | tuple[str, int, int, str]:
    """A property, or why the line is none."""
    head = _NAME.match(line.data.decode("latin-1"))
    if not head:
        return "import-card-line", line.number, 1, _shown(line.data)
    name = head["name"].upper()
    params = _params(head["params"].encode("latin-1").decode("utf-8", "replace"))
    value = line.data[head.end() :]
    if name in BINARY:
        value = b""
    try:
        text = _decoded(value, params, charset)
    except (UnicodeDecodeError, LookupError, binascii.Error):
        return "import-card-bytes", line.number, head.end() + 1, _shown(line.data)
    return Property(name, text, line.number, head.end() + 1, (head["group"] or "").lower(), params)


def _params(text: str) -> dict[str, tuple[str, ...]]:
    """`;TYPE=WORK,VOICE;PREF` → by name; what version 2.1 writes bare is an encoding or a type."""
    found: dict[str, tuple[str, ...]] = {}
    for part in _PART.findall(text):
        name, equals, value = part.partition("=")
        if not equals:
            name, value = (
                ("ENCODING", part) if part.upper() in ("QUOTED-PRINTABLE", "BASE64") else ("TYPE", part)
            )
        name = name.strip().upper()
        value = value.strip().strip('"')
        values = tuple(v.strip().upper() for v in value.split(",")) if name == "TYPE" else (value,)
        found[name] = (*found.get(name, ()), *values)
    return found


def _decoded(value: bytes, params: Mapping[str, tuple[str, ...]], charset: str) -> str:
    """The text of a value. Raises `UnicodeDecodeError`, `LookupError`, `binascii.Error`."""
    encoding = params.get("ENCODING", ("",))[-1].upper()
    if encoding == "QUOTED-PRINTABLE":
        value = quopri.decodestring(value)
    elif encoding in ("BASE64", "B") and value:
        value = binascii.a2b_base64(re.sub(rb"\s", b"", value))
    said = params.get("CHARSET", ("",))[-1].lower()
    tried = dict.fromkeys([_CHARSETS.get(said, said), charset, "utf-8", "cp932"])
    names = [name for name in tried if name]
    for name in names[:-1]:
        try:
            return value.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return value.decode(names[-1])


def _shown(data: bytes) -> str:
    for name in ("utf-8", "cp932"):
        try:
            return data.decode(name)[:100]
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace")[:100]
