"""Front matter: finding it, and reading it into a tree of texts with places.

What YAML can't read is taken apart key by key: good keys are kept, usual slips are mended and told, and the
rest is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sitegen.model import Problem
from sitegen.notes.fm_nodes import Node, Slip, parse
from sitegen.notes.fm_tidy import tidy
from sitegen.notes.privacy import cut_told
from sitegen.notes.problems import FILLER, Shown, problem, without_comment
from sitegen.notes.reading import looks_private_text
from sitegen.notes.slips import MAY_SWALLOW, MENDERS, swallowed
from sitegen.records import dataclass

LIMIT = 64_000
"""Characters of front matter."""
_FENCE = re.compile(r"(?:-{3,}|[‐‑‒–—―−－]{1,4}-{0,3})[ \t]*")
_END = re.compile(r"(?:-{3,}|\.{3}|[‐‑‒–—―−－]{1,4}-{0,3})[ \t]*")
_KEY_LINE = re.compile(r"""(?:["']?[^\W\d][\w -]{0,40}["']?[ \t]*[:：]|[{}\]])""")
_PLAIN_KEY = re.compile(r"[a-z_]+[:：](?:\s|$)")
_EFFORT = 1_000_000
"""Characters that mending may parse again and again."""


_NOTHING = Shown("")


@dataclass(frozen=True, slots=True)
class Parts:
    """A file cut in two; the line numbers are those of the file, from 1."""

    head: str
    """Without the lines of dashes; empty where there is no front matter."""
    head_line: int
    body: str
    body_line: int
    closed: bool = True
    """False where the front matter begins and never ends."""


@dataclass(frozen=True, slots=True)
class Head:
    """The front matter as read: its keys and values, in the order written."""

    pairs: Sequence[tuple[Node, Node]] = ()
    shown: Shown = _NOTHING
    """Its lines for problems."""
    suspect: bool = False
    """Something that could not be read looks as if it meant `private: true`."""


def split(text: str) -> Parts:
    """Front matter and body. Text that begins with no `---`, or with one that no key follows, is all body."""
    lines = text.split("\n")
    start = next((i for i, line in enumerate(lines) if line.strip()), len(lines))
    if start == len(lines) or not _FENCE.fullmatch(lines[start]):
        return Parts("", 1, text, 1)
    end = next((i for i in range(start + 1, len(lines)) if _END.fullmatch(lines[i])), 0)
    closed = bool(end)
    end = end or _guess_end(lines, start + 1)
    head = lines[start + 1 : end]
    if any(line.strip() for line in head) and not any(
        _KEY_LINE.match(line.lstrip(" \t　-#%")) for line in head
    ):
        return Parts("", 1, text, 1)
    body = end + 1 if closed else end
    return Parts("\n".join(head), start + 2, "\n".join(lines[body:]), body + 1, closed)


_HEADED = re.compile(r"^#{1,6}\s", re.MULTILINE)
_CODE = re.compile(r"^(```|~~~).*?^\1.*?$", re.MULTILINE | re.DOTALL)
_FENCED = re.compile(r"^(?:---+|<{7}.*|={7}|>{7}.*)[ \t]*$", re.MULTILINE)


def unfenced(body: str) -> str:
    """The keys on top of a body as front matter that stands between no `---`; empty for ordinary text.

    Two keys at least, or `private` alone: one line with a colon is how a sentence may begin.
    """
    lines = body.lstrip("\n").split("\n")
    end = next((i for i, line in enumerate(lines) if not line.strip() or _END.fullmatch(line)), len(lines))
    keys = [line for line in lines[:end] if _PLAIN_KEY.match(line)]
    rest = [line for line in lines[:end] if not _PLAIN_KEY.match(line) and not re.match(r"\s|-\s", line)]
    meant = lines[0] in keys and not rest and (len(keys) > 1 or keys[0].startswith("private"))
    return "\n".join(lines[:end]) if meant else ""


def second(body: str) -> tuple[int, str]:
    """What stands below a further `---`, or below the marks of a merge, above a body's first heading.

    The index of that line and what follows it; empty where there is nothing of the kind. Code is left out.
    """
    above = _CODE.sub(lambda code: "\n" * code[0].count("\n"), _HEADED.split(body, maxsplit=1)[0])
    found = _FENCED.search(above)
    return (above.count("\n", 0, found.start()), above[found.end() :]) if found else (0, "")


def _guess_end(lines: Sequence[str], start: int) -> int:
    """Where front matter that nothing closes ends: at a heading, or an empty line that no key follows."""
    for i in range(start, len(lines)):
        if re.match(r"#{2,6}\s|#\s*[\[12]", lines[i]):
            return i
        if not lines[i].strip():
            following = next((line for line in lines[i:] if line.strip()), "")
            if not _PLAIN_KEY.match(following):
                return i
    return len(lines)


def load(
    head: str, head_line: int, path: str, *, closed: bool = True, keep: bool = False
) -> tuple[Head, tuple[Problem, ...]]:
    """Read front matter: its keys with their values as text, and everything that is wrong with its form.

    `head_line`: the line of the file on which `head` begins. `keep`: what is private stays without its marks.
    """
    open_lines = Shown(path, head.split("\n"), head_line, comments=True)
    text, problems = cut_told(head, open_lines, keep=keep, fill=FILLER)
    shown = Shown(path, text.split("\n"), head_line, comments=True) if text != head else open_lines
    found = list(problems)
    if not closed:
        found.append(problem(shown, (max(1, head_line - 1), 1), "head-open", mend="---"))
    if len(head) > LIMIT:
        found.append(problem(shown, (head_line, 1), "head-large", {"limit": str(LIMIT // 1000)}))
        return Head((), shown, looks_private_text(head)), tuple(found)
    text = _blank_lines(text) if FILLER in text else text
    text = _mend_swallowed(text, shown, found)
    try:
        root = parse(text, head_line)
        lost = "" if root.kind == "map" else text
    except Slip:
        root, lost = None, ""
    if root is None or root.kind != "map":
        root, lost = _salvage(text, shown, found)
    tidy(root, shown, found)
    lost = text if any(told.code == "head-key" for told in found) else lost
    found.sort(key=lambda told: told.where)
    return Head(root.pairs, shown, bool(lost) and looks_private_text(lost)), tuple(found)


def _blank_lines(text: str) -> str:
    """Lines of which everything is private, without a trace."""
    return re.sub(rf"(?m)^[ \t]*{FILLER}[{FILLER} \t]*$", "", text)


def _mend_swallowed(text: str, shown: Shown, found: list[Problem]) -> str:
    """The slips that YAML would read as plain text without a word."""
    if not MAY_SWALLOW.search(text):
        return text
    lines = text.split("\n")
    for i, line in enumerate(lines):
        code, mended, col = swallowed(line, lines[i - 1] if i else "")
        if code:
            lines[i] = mended
            mend = without_comment(mended)
            found.append(problem(shown, (shown.first_line + i, col), code, mend=mend, severity="warning"))
    return "\n".join(lines)


def _salvage(text: str, shown: Shown, found: list[Problem]) -> tuple[Node, str]:
    """Read each top-level key on its own; returns the good ones, and the text that was given up."""
    root = Node("map", shown.first_line, 1, pairs=[])
    lost: list[str] = []
    effort = [_EFFORT]
    for start, lines in _chunks(text.split("\n")):
        chunk = _Chunk(lines, shown.first_line + start, shown, found, effort)
        node = chunk.read()
        root.pairs.extend(node.pairs if node else ())
        lost += chunk.lost
    return root, "\n".join(lost)


def _chunks(lines: Sequence[str]) -> list[tuple[int, list[str]]]:
    """Top-level keys with the lines that follow each, and the index of the first of them."""
    chunks: list[tuple[int, list[str]]] = []
    for i, line in enumerate(lines):
        begins = _KEY_LINE.match(line) and line[0] not in "}]"
        if begins or not chunks:
            chunks.append((i, [line]))
        else:
            chunks[-1][1].append(line)
    return chunks


@dataclass(slots=True)
class _Chunk:
    """One top-level key on its way to being understood."""

    lines: list[str]
    first_line: int
    shown: Shown
    found: list[Problem]
    effort: list[int]
    lost: list[str]

    def __init__(
        self, lines: list[str], first_line: int, shown: Shown, found: list[Problem], effort: list[int]
    ) -> None:
        self.lines, self.first_line, self.shown = lines, first_line, shown
        self.found, self.effort, self.lost = found, effort, []

    def read(self) -> Node | None:
        """The mapping that these lines hold after mending; None where nothing of them can be read."""
        while True:
            node, at = self.parse(self.lines)
            if node:
                return node
            if at < 0:
                self.give_up(~at, len(self.lines), "head-deep")
                self.lines = self.lines[:~at]
                if not self.lines:
                    return None
                continue
            if not self.mend(at) and not self.drop(at):
                return self.first_line_only()

    def first_line_only(self) -> Node | None:
        """Where nothing else helps: the first line if it can be read alone, and the rest is given up."""
        node = self.parse(self.lines[:1])[0] if len(self.lines) > 1 else None
        self.give_up(1 if node else 0, len(self.lines), "head-broken")
        return node

    def parse(self, lines: Sequence[str]) -> tuple[Node | None, int]:
        """The mapping, or the index of the line where reading it failed: inverted (`~`) where it nests too deep."""
        text = "\n".join(lines)
        self.effort[0] -= len(text) + 100
        try:
            node = parse(text, self.first_line)
        except Slip as slip:
            at = min(max(slip.line - self.first_line, 0), len(lines) - 1)
            return None, at if slip.code == "yaml" else ~at
        return (node, len(lines)) if node.kind == "map" else (None, 0)

    def near(self, at: int) -> list[int]:
        """Lines that may be to blame for an error told at `at`: YAML often notices a line late."""
        nearest = [i for i in (at, at - 1, at - 2, at + 1) if 0 <= i < len(self.lines)]
        return [i for i in nearest if self.lines[i].strip()]

    def better(self, index: int, line: str, at: int) -> bool:
        """Whether the chunk can be read, or read further than `at`, with this line in place of its own."""
        node, later = self.parse([*self.lines[:index], line, *self.lines[index + 1 :]])
        return bool(node) or later > max(at, index)

    def mend(self, at: int) -> bool:
        """Mend one line near `at`, and tell it."""
        for index in self.near(at):
            written = without_comment(self.lines[index])
            above = self.lines[index - 1] if index else ""
            line, first_code = written, ""
            for code, mender in MENDERS:
                mended = mender(line, above)
                if mended == line:
                    continue
                line, first_code = mended, first_code or code
                if self.effort[0] > 0 and self.better(index, line, at):
                    self.tell(index, first_code, _first_change(written, line), line)
                    self.lines[index] = line
                    return True
        return False

    def drop(self, at: int) -> bool:
        """Give up one line near `at`, and tell it: better one line lost than the whole key."""
        for index in self.near(at):
            if self.effort[0] > 0 and self.better(index, "", at):
                self.give_up(index, index + 1, "head-broken")
                self.lines[index] = ""
                return True
        return False

    def give_up(self, start: int, end: int, code: str) -> None:
        """Tell that these lines are lost."""
        lines = self.lines[start:end]
        first = next((i for i, line in enumerate(lines) if line.strip(f" \t{FILLER}")), -1)
        if first >= 0 and any(without_comment(line).strip() for line in lines):
            self.lost += lines
            col = len(lines[first]) - len(lines[first].lstrip()) + 1
            self.found.append(problem(self.shown, (self.first_line + start + first, col), code))

    def tell(self, index: int, code: str, col: int, line: str) -> None:
        """Tell that a line was read as if it had been written like `line`."""
        place = (self.first_line + index, col)
        self.found.append(problem(self.shown, place, code, mend=line.rstrip(), severity="warning"))


def _first_change(before: str, after: str) -> int:
    """The column, from 1, of the first character that differs."""
    same = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), len(before))
    return same + 1
