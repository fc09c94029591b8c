"""The notes on disk that a part of a name may mean; among ten thousand without reading them all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from sitegen.config import Config
from sitegen.desk.naming import clients_called
from sitegen.model import Client, Problem, Rep
from sitegen.notes.folder import Found, find_notes
from sitegen.notes.note import key_of, owner_of, read_client, read_note
from sitegen.records import dataclass
from sitegen.text import fold, nfc

_NAMES = re.compile(
    r"""^[ \t]*["']?(?:name|native|reading|aliases)\b.*(?:\n[ \t-].*)*|^\#[ \t].*|^.*\n=+[ \t]*$""",
    re.MULTILINE | re.IGNORECASE | re.VERBOSE,
)
_FLOW = re.compile(r"\s*-{3,}[ \t]*\r?\n\s*[{\"']|.*\\", re.DOTALL)
"""Front matter in braces, or with an escaped letter: its names can't be told from its lines."""
_HEAD = 20_000
"""Characters in which a note says what it is called."""


@dataclass(frozen=True, slots=True)
class Known:
    """A client's note on disk."""

    client: Client
    file: Path
    data: bytes


def client_files(root: Path, content: Path) -> tuple[Found, ...]:
    """The files of all clients, in the order of a book."""
    problems: list[Problem] = []
    found = [f for f in find_notes(root, content, problems) if f.kind == "client"]
    return tuple(sorted(found, key=lambda f: (f.path, f.file)))


def note_names(root: Path, content: Path) -> frozenset[str]:
    """Folded file names of all clients' notes, without `.md`: none of them is free for another."""
    return frozenset(fold(key_of(found.path)) for found in client_files(root, content))


def reps_in(root: Path, content: Path, cfg: Config) -> list[Rep]:
    """Everybody with a note under `reps/` or a folder under `clients/`, by key."""
    problems: list[Problem] = []
    reps: dict[str, Rep] = {}
    for found in find_notes(root, content, problems):
        if found.kind == "rep":
            record = read_note(
                Path(found.file).read_bytes(), found.path, "rep", cfg, keep_private=True
            ).record
            if isinstance(record, Rep):
                reps[record.key] = record
        elif found.kind == "client" and (owner := owner_of(found.path)):
            reps.setdefault(owner, Rep(owner, owner))
    return [reps[key] for key in sorted(reps)]


def here_below(content: Path, reps: Iterable[Rep]) -> str:
    """The rep in whose folder of clients somebody is; empty elsewhere."""
    here, clients = Path.cwd(), (content / "clients").resolve()
    if not here.is_relative_to(clients) or here == clients:
        return ""
    folder = nfc(here.relative_to(clients).parts[0])
    return folder if any(rep.key == folder for rep in reps) else ""


def find_clients(
    root: Path, content: Path, cfg: Config, word: str, *, whole: bool = False
) -> tuple[Known, ...]:
    """The clients that `word` may mean, as `clients_called` says; also private ones, for it is their rep who asks.

    `whole`: only those that are called exactly that. A file that can't be opened is passed over, as `kayoi check`
    tells.
    """
    known = {id(one.client): one for one in _maybe(client_files(root, content), cfg, fold(word))}
    fitting = clients_called((one.client for one in known.values()), word)
    exact = [c for c in fitting if fold(word) in map(fold, (c.name, c.native, c.reading, *c.aliases))]
    return tuple(known[id(client)] for client in (exact if whole else fitting))


def _maybe(files: tuple[Found, ...], cfg: Config, wanted: str) -> Iterator[Known]:
    for found in files if wanted else ():
        try:
            data = Path(found.file).read_bytes()
        except OSError:
            continue
        if wanted in fold(key_of(found.path)) or _may_be_called(data, wanted):
            yield Known(read_client(data, found.path, cfg, keep_private=True).client, Path(found.file), data)


def _may_be_called(data: bytes, wanted: str) -> bool:
    head = data[:_HEAD].decode("utf-8", "replace")
    if _FLOW.match(head):
        return True
    # the cache of `fold` is for names; whole passages would only push them out
    return wanted in fold.__wrapped__(
        "\n".join(_NAMES.findall(head.replace("\r\n", "\n").replace("\r", "\n")))
    )
