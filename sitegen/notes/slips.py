"""The usual slips in front matter, each with the line mended.

A mender takes one line without its comment and returns it mended, or as it was where it knows nothing.
`frontmatter` keeps what a mender made only where YAML can read it then.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_START = r"^(\s*(?:-\s+)*)"
_KEY = r"""["']?[^\W\d][\w -]{0,30}?["']?"""
_VALUE = re.compile(rf"{_START}({_KEY}:[ ]+|(?<=- ))(\S.*)$")
_LINK = re.compile(r"\[\[[^\[\]\n]+\]\]")
_WIDE_MARKS = {
    ord(wide): mark
    for wide, mark in zip("［］｛｝，、：", ("[", "]", "{", "}", ", ", ", ", ": "), strict=True)
}
_QUOTED = re.compile(r""""(?:[^"\\]|\\.)*"|'(?:[^']|'')*'""")

_SWALLOWED = re.compile(
    r"(?P<key>[ ]*(?:-[ ]+)*[a-z][a-z_]*)(?:[ ]*(?P<wide>：)|[ ]?:(?=[^\s:/]))[ 　]*"
    r"|(?P<dash>[ ]*-)(?=[^\s\-\d:])"
    r"|[^#]*?(?P<mark>:[ ]*[［｛])"
)
MAY_SWALLOW = re.compile(
    r"^[ ]*(?:-[ ]+)*[a-z][a-z_]*[ ]*(?:：|:[^\s/]|:[ ]*[［｛]|[ ]:)|^[ ]*-[^\s\-\d:]", re.MULTILINE
)
"""Whether `swallowed` is worth asking about a text's lines at all."""


def swallowed(line: str, before: str) -> tuple[str, str, int]:
    """Code, line mended and column of what YAML would read without a word as part of the value before.

    That is `role：President`, `role:President`, `-Sato` and `［a、b］`. `before`: the line above. The code is
    empty where there is nothing of the kind.
    """
    found = _SWALLOWED.match(line)
    if not found:
        return "", line, 0
    if found["mark"]:
        return "head-wide-mark", wide_mark(line), found.end("mark")
    if found["dash"]:
        in_list = before.rstrip().endswith(":") or before.lstrip().startswith("-")
        return ("head-tight-dash", tight_dash(line), found.end("dash")) if in_list else ("", line, 0)
    code = "head-wide-colon" if found["wide"] else "head-tight-colon"
    return code, f"{found['key'].rstrip()}: {line[found.end() :]}", found.end("key") + 1


def wide_space(line: str) -> str:
    """Full-width spaces where YAML wants its own: in the indentation and after a colon or dash."""
    indent = re.match(r"[ \t　]*", line)
    width = indent.end() if indent else 0
    return line[:width].replace("　", "  ") + re.sub(r"(:|^-|(?<=\s)-)[ ]*　[ 　]*", r"\1 ", line[width:])


def tab(line: str) -> str:
    """Tabs at the beginning of a line."""
    indent = re.match(r"\s*", line)
    width = indent.end() if indent else 0
    return line[:width].replace("\t", "  ") + re.sub(r"^-\t+", "- ", line[width:])


def wide_colon(line: str) -> str:
    """`stage：probable`, and the same between braces."""
    line = re.sub(rf"{_START}({_KEY})\s*：[ 　]*", r"\1\2: ", line)
    return re.sub(rf"([{{,]\s*{_KEY})\s*：[ 　]*", r"\1: ", line) if "{" in line else line


def wide_mark(line: str) -> str:
    """Full-width brackets, and the commas in them."""
    if not re.search("[［｛]", line):
        return line
    return line.translate(_WIDE_MARKS)


def tight_colon(line: str) -> str:
    """`stage:probable`, and the same between braces."""
    line = re.sub(rf"{_START}([^\W\d]\w{{0,30}})[ ]?:(?=[^\s:/])", r"\1\2: ", line)
    return re.sub(r"([{,]\s*[a-z_]+):(?=[^\s:/])", r"\1: ", line) if "{" in line else line


def tight_dash(line: str) -> str:
    """`-Sato Kenji`."""
    return re.sub(r"^(\s*)-(?=[^\s\-\d])", r"\1- ", line)


def bare_link(line: str) -> str:
    """`[[Name]]` without quotes: alone, one after the other, with text around it, or in a list or mapping."""
    found = _VALUE.match(line)
    if not found or not _LINK.search(line):
        return line
    head, value = found[1] + found[2], found[3]
    links = _LINK.findall(value)
    if _LINK.fullmatch(value):
        return f'{head}"{value}"'
    if not re.sub(r"[\s,、]", "", _LINK.sub("", value)):
        return head + "[" + ", ".join(f'"{link}"' for link in links) + "]"
    if (
        value.startswith("{")
        or (value.startswith("[") and not value.startswith("[["))
        or value.startswith("[[[")
    ):
        return head + re.sub(r"""(?<!["'])\[\[([^\[\]\n]+)\]\](?!["'])""", r'"[[\1]]"', value)
    return f"{head}{_quote(value)}"


def colon_inside(line: str) -> str:
    """A value with `: ` in it, or with a colon at its end; between braces only the piece that has it."""
    found = _VALUE.match(line)
    if not found or not re.search(r":(\s|$)", found[3]):
        return line
    head, value = found[1] + found[2], found[3]
    if value[0] in "\"'" or value.startswith("["):
        return line
    if not value.startswith("{"):
        return f"{head}{_quote(value)}"
    pieces = re.split(r"(,\s*)", value.strip("{} "))
    for i, piece in enumerate(pieces):
        key, colon, rest = piece.partition(": ")
        if colon and re.search(r":(\s|$)", rest):
            pieces[i] = f"{key}: {_quote(rest)}"
    return head + "{" + "".join(pieces) + "}"


def open_quote(line: str) -> str:
    """A quotation mark that nothing closes, or that closes in the middle of the value."""
    found = _VALUE.match(line)
    if not found or found[3][0] not in "\"'":
        return line
    head, value = found[1] + found[2], found[3]
    mark = value[0]
    if mark == '"' and "\\" in value and value.endswith('"') and len(value) > 1:
        return head + _quote(value[1:-1])  # "C:\Users": a backslash is no escape here
    if mark not in value[1:]:
        return head + _quote(value[1:])
    return head + _quote(value)


def open_bracket(line: str) -> str:
    """A bracket that nothing closes."""
    closers: list[str] = []
    for char in _QUOTED.sub("", line):
        if char in "[{":
            closers.append("]" if char == "[" else "}")
        elif closers and char == closers[-1]:
            closers.pop()
    return line.rstrip().rstrip(",") + "".join(reversed(closers)) if closers else line


def text_after(line: str) -> str:
    """Text that begins with a sign that YAML keeps for itself, or goes on behind a closing bracket."""
    found = _VALUE.match(line)
    if not found or found[3][0] not in "@`%&*!|>{[,?#]}":
        return line
    return found[1] + found[2] + _quote(found[3])


def indent(line: str, before: str) -> str:
    """A key indented as nothing above wants it: put under the key in the line above, or at the margin."""
    if not re.match(rf"\s*{_KEY}:(\s|$)", line):
        return line
    dash = re.match(r"\s*-\s+", before)
    width = dash.end() if dash else len(before) - len(before.lstrip())
    moved = " " * width + line.lstrip()
    return moved if moved != line else line.lstrip()


def _alone(mender: Callable[[str], str]) -> Callable[[str, str], str]:
    """A mender that needs no line above."""
    return lambda line, _before: mender(line)


MENDERS: tuple[tuple[str, Callable[[str, str], str]], ...] = (
    ("head-wide-space", _alone(wide_space)),
    ("head-tab", _alone(tab)),
    ("head-wide-mark", _alone(wide_mark)),
    ("head-wide-colon", _alone(wide_colon)),
    ("head-tight-colon", _alone(tight_colon)),
    ("head-tight-dash", _alone(tight_dash)),
    ("head-link-bare", _alone(bare_link)),
    ("head-colon-inside", _alone(colon_inside)),
    ("head-open-quote", _alone(open_quote)),
    ("head-open-bracket", _alone(open_bracket)),
    ("head-reserved", _alone(text_after)),
    ("head-indent", indent),
)
"""Code of the problem and its mender (line, line above → line), the surest first."""


def _quote(text: str) -> str:
    """A text in quotes as YAML wants them."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'
