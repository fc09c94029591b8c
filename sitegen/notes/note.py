"""One note's bytes → its record and its problems.

Every file under `clients/` is a client, also one that can't be read: then its page says so.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

from sitegen.config import Config
from sitegen.model import Client, Entry, Link, Page, Person, Plan, Problem, Rep, Solution
from sitegen.notes import frontmatter
from sitegen.notes.checks import check_client
from sitegen.notes.entries import Body, read_body
from sitegen.notes.names import resolve
from sitegen.notes.privacy import cut_told
from sitegen.notes.problems import Shown, problem
from sitegen.notes.reading import decode, looks_private, looks_private_text
from sitegen.notes.source import Source
from sitegen.notes.vocabulary import Kind, kind_words
from sitegen.records import dataclass
from sitegen.text import fold, nfc

NoteKind = Literal["client", "rep", "solution", "page"]
Record = Client | Rep | Solution | Page


@dataclass(frozen=True, slots=True)
class Note:
    """What one file comes to."""

    record: Record
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class ClientNote:
    """The same for a client."""

    client: Client
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Open:
    """A file that could be read, its front matter taken off."""

    path: str
    inside: str
    head: frontmatter.Head
    body: list[str]
    body_line: int
    problems: tuple[Problem, ...]


def read_client(data: bytes, path: str, cfg: Config, *, keep_private: bool = False) -> ClientNote:
    """A client's note, whatever its bytes. `path`: relative, with `/`; its last folder names the owner."""
    note = read_note(data, path, "client", cfg, keep_private=keep_private)
    if not isinstance(note.record, Client):
        raise TypeError("a client's note reads as a client")
    return ClientNote(note.record, note.problems)


def read_note(
    data: bytes, path: str, kind: NoteKind, cfg: Config, *, inside: str = "", keep_private: bool = False
) -> Note:
    """A note of any kind. Nothing is raised for what stands in it.

    `inside`: its path within the content folder; without it, what follows the first folder of `path`.
    """
    text, problems = decode(data, path)
    if text is None:
        return unread(path, kind, problems, private=looks_private(data))
    note = _open(text, path, inside or path.partition("/")[2], problems, keep_private)
    record, found = _READERS[kind](note, cfg, keep_private)
    if note.head.suspect:
        record = replace(record, private=True)
    found = tuple(dict.fromkeys((*note.problems, *found)))
    if record.private:
        found = tuple(replace(p, private=True) for p in found)
    return Note(record, found)


def unread(path: str, kind: NoteKind, problems: tuple[Problem, ...], *, private: bool = False) -> Note:
    """A file that can't be read: a record with a name, so that nobody gets lost."""
    key, owner = key_of(path), owner_of(path)
    records: dict[NoteKind, Record] = {
        "client": Client(key, path, name=key, owner=owner, readable=False, private=private),
        "rep": Rep(key, key, path=path, private=private),
        "solution": Solution(key, key, path=path, private=private),
        "page": Page(key, key, path=path, private=private),
    }
    return Note(records[kind], tuple(replace(p, private=private) for p in problems))


def key_of(path: str) -> str:
    """The file's name without `.md`: the page's address."""
    return nfc(path.rpartition("/")[2])[:-3]


def owner_of(path: str) -> str:
    """The rep whose folder a client's note lies in: the first below `clients/`; empty right in `clients/`."""
    parts = path.split("/")
    at = parts.index("clients") if "clients" in parts else len(parts)
    return nfc(parts[at + 1]) if len(parts) > at + 2 else ""


def _open(text: str, path: str, inside: str, problems: tuple[Problem, ...], keep: bool) -> _Open:
    parts = frontmatter.split(text)
    head, found = frontmatter.load(parts.head, parts.head_line, path, closed=parts.closed, keep=keep)
    shown = Shown(path, parts.body.split("\n"), parts.body_line)
    body, unclosed = cut_told(parts.body, shown, keep=keep)
    if not parts.head and (keys := frontmatter.unfenced(body)):
        line = parts.body_line + len(body) - len(body.lstrip("\n"))
        unclosed = (*unclosed, problem(shown, (line, 1), "head-no-fence", mend="---", severity="warning"))
        head = replace(head, suspect=looks_private_text(keys))
    index, below = frontmatter.second(body)
    if below and looks_private_text(below):  # a merge, or two heads: better kept back than published
        head = replace(head, suspect=True)
        unclosed = (*unclosed, problem(shown, (parts.body_line + index, 1), "head-twice-private"))
    elif below and frontmatter.unfenced(below):
        unclosed = (*unclosed, problem(shown, (parts.body_line + index, 1), "head-twice", severity="warning"))
    return _Open(path, inside, head, body.split("\n"), parts.body_line, (*problems, *found, *unclosed))


def _body(
    note: _Open, cfg: Config, keep: bool, *, dated: bool, name: str, people: tuple[Person, ...] = ()
) -> Body:
    source = Source(note.path, note.body, note.body_line, people, _kinds(cfg), note.inside)
    return read_body(source, keep_private=keep, dated=dated, name=name)


def _kinds(cfg: Config) -> dict[str, Kind]:
    return kind_words(tuple((key, *row) for key, row in sorted(cfg.kinds.items())))


def _client(note: _Open, cfg: Config, keep: bool) -> tuple[Client, tuple[Problem, ...]]:
    from sitegen.notes.schema import read_client as read_head

    fields, problems = read_head(note.head, note.path, _kinds(cfg))
    fields = {"owner": owner_of(note.path), **fields}
    name = fields.pop("name", "")
    body = _body(note, cfg, keep, dated=True, name=name, people=fields.get("people", ()))
    key = key_of(note.path)
    if plan := fields.get("next"):
        fields["next"] = _plan(plan, fields.get("people", ()), _kinds(cfg))
    client = Client(
        key=key,
        path=note.path,
        name=name or body.heading or key,
        html=body.html,
        entries=body.entries,
        promises=body.promises,
        links=_placed(body.links, body.entries),
        files=body.files,
        **fields,
    )
    lines = dict(enumerate(note.body, note.body_line))
    return client, (*problems, *body.problems, *check_client(client, lines))


def _placed(links: tuple[Link, ...], entries: tuple[Entry, ...]) -> tuple[Link, ...]:
    """The links, each with the entry that it stands in."""
    if not links:
        return links
    starts = sorted((entry.where.line, entry.anchor, entry.date) for entry in entries)
    placed = []
    for link in links:
        before = next((start for start in reversed(starts) if start[0] <= link.where.line), None)
        placed.append(replace(link, entry=(before[2], before[1])) if before else link)
    return tuple(placed)


def _plan(plan: Plan, people: tuple[Person, ...], kinds: dict[str, Kind]) -> Plan:
    """A planned meeting with its kind and people as entries have them."""
    kind = kinds.get(fold(plan.kind))
    names = tuple(dict.fromkeys(resolve(name, people, plan.date).name for name in plan.people))
    return replace(plan, kind=kind.key if kind else plan.kind, people=names)


def _rep(note: _Open, cfg: Config, keep: bool) -> tuple[Rep, tuple[Problem, ...]]:
    from sitegen.notes.schema import read_rep as read_head

    fields, problems = read_head(note.head, note.path)
    made, more = _plain(note, cfg, keep, fields)
    return Rep(**made), (*problems, *more)


def _solution(note: _Open, cfg: Config, keep: bool) -> tuple[Solution, tuple[Problem, ...]]:
    from sitegen.notes.schema import read_solution as read_head

    fields, problems = read_head(note.head, note.path)
    made, more = _plain(note, cfg, keep, fields)
    return Solution(**made), (*problems, *more)


def _page(note: _Open, cfg: Config, keep: bool) -> tuple[Page, tuple[Problem, ...]]:
    from sitegen.notes.schema import read_page as read_head

    fields, problems = read_head(note.head, note.path)
    made, more = _plain(note, cfg, keep, {"name": fields.pop("title", ""), **fields})
    made["title"] = made.pop("name")
    return Page(**made), (*problems, *more)


def _plain(
    note: _Open, cfg: Config, keep: bool, fields: dict[str, Any]
) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    name = fields.get("name", "")
    body = _body(note, cfg, keep, dated=False, name=name)
    key = key_of(note.path)
    made = {**fields, "key": key, "name": name or body.heading or key, "html": body.html}
    return {**made, "links": body.links, "files": body.files, "path": note.path}, body.problems


_READERS: dict[NoteKind, Any] = {"client": _client, "rep": _rep, "solution": _solution, "page": _page}
