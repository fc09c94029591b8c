"""The next shortest way through a build: files only look otherwise, or pages are lost, and nothing else changed.

A pipeline checks a book out anew and unpacks its last site beside it; somebody empties the site's folder. Then what
was made stands packed beside the book, and is put in its place again without a note being understood.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from sitegen.folders import below
from sitegen.keeping.code import made_with
from sitegen.keeping.contents import Known, git_contents, known_again, learned, mark
from sitegen.keeping.signatures import Signature, Signatures
from sitegen.keeping.store import FOLDER, NAME, PAGES_NAME, Damaged, Store, open_store
from sitegen.output.content import Content, Digested, Same
from sitegen.output.manifest import digest as digest_of
from sitegen.output.manifest import is_written
from sitegen.output.writing import Written, write_site
from sitegen.planning.pages import Pages

if TYPE_CHECKING:
    from sitegen.shortcut import Asked, Look

TOGETHER = 50
"""Pages that are unpacked at a time."""
AHEAD = 4
"""So many times as many wait in memory."""
_known = msgspec.msgpack.Decoder(dict[bytes, tuple[tuple[int, int, int], bytes]]).decode


def noted(asked: Asked, seen: Look, variant: str, token: bytes) -> Mapping[str, str]:
    """To be told after a build: what everything held that it read; nothing where that can't be known.

    `variant`, `token`: under which its results are kept.
    """
    if not seen.mark:
        return {}
    with closing(open_store(asked.root, made_with())) as store:
        last = _sources(store, variant)
        now = learned(seen.files, last, _look)
        frame = _frame(asked, seen)
        if now is None or frame is None:
            return {}
        if now != last:
            store.put("states", [(f"{variant} sources", b"", _packed(now))])
            store.commit()
    return {"contents": mark(frame, now), "variant": variant, "token": token.hex()}


def put_back(
    asked: Asked, seen: Look, told: Mapping[str, Any], on_wait: Callable[[], None]
) -> Written | None:
    """Puts the site of the last build in its place again, if a build would make the same.

    None where it would not, or where not all of it is kept; some of it may have been put in place then.
    """
    variant, token = told.get("variant"), told.get("token")
    if not (isinstance(variant, str) and isinstance(token, str) and (asked.root / FOLDER / NAME).is_file()):
        return None
    try:
        with (
            closing(open_store(asked.root, made_with())) as store,
            closing(Pages(open_store(asked.root, made_with(), PAGES_NAME), variant, keep=True)) as pages,
        ):
            last = _sources(store, variant)
            frame = _frame(asked, seen) if last else None
            if frame is None or mark(frame, last) != told.get("contents"):
                return None
            now = known_again(seen.files, last, seen.began)
            if now is None or _state(store, variant, "token").hex() != token:
                return None
            placed = Signatures.of(_state(store, variant, "placed"), 0)
            if len(placed.known) != told.get("pages"):
                return None
            return _put(asked, seen, store, pages, variant, placed, now, on_wait)
    except Damaged:
        return None


def _put(
    asked: Asked,
    seen: Look,
    store: Store,
    pages: Pages,
    variant: str,
    placed: Signatures,
    now: Known,
    on_wait: Callable[[], None],
) -> Written | None:
    token = _state(store, variant, "token")
    out, looks = Path(seen.places.out), seen.pages_now()
    stands: dict[str, str] = {}
    for path, (look, raw) in placed.known.items():
        if looks.get(path) == look or (path in looks and _holds(out / path, raw)):
            stands[path] = raw.hex()
        elif not pages.has(path, raw.hex()):
            return None

    def files() -> Iterator[tuple[str, Content]]:
        lost = _unpacked(
            pages, [(path, raw.hex()) for path, (_, raw) in placed.known.items() if path not in stands]
        )
        for path in placed.known:
            yield path, Same(stands[path]) if path in stands else next(lost)

    if len(stands) == len(placed.known) and is_written(out, stands):
        written = Written(unchanged=len(stands))
    else:
        sources = (Path(seen.places.content), Path(seen.places.templates))
        written = write_site(out, files(), forbidden=sources, root=asked.root, on_wait=on_wait)
        if written.conflicts or written.held or written.manifest_lost:
            return None
        seen.pages = None
    looks = seen.pages_now()
    placed.seen = {path: (looks[path], raw) for path, (_, raw) in placed.known.items() if path in looks}
    notes = Signatures.of(_state(store, variant, "signatures"), 0).known
    store.put("states", [])  # from here on nobody else writes
    if _state(store, variant, "token") == token and len(placed.seen) == len(placed.known):
        told = {"placed": placed.told(), "sources": _packed(now)}
        told["signatures"] = msgspec.msgpack.encode({**notes, **_of_notes(asked, seen, notes, now)})
        store.put("states", [(f"{variant} {name}", b"", value) for name, value in told.items()])
    store.commit()
    return written


def _unpacked(pages: Pages, wanted: Sequence[tuple[str, str]]) -> Iterator[Digested]:
    """The bytes of pages in their order, unpacked beside the work that puts them in place."""

    def some(start: int) -> list[Digested]:
        part = wanted[start : start + TOGETHER]
        return [Digested.of(pages.find(path, known), known) for path, known in part]

    with ThreadPoolExecutor(1) as thread:
        waiting: deque[Future[list[Digested]]] = deque()
        for start in range(0, len(wanted), TOGETHER):
            waiting.append(thread.submit(some, start))
            if len(waiting) > AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _of_notes(
    asked: Asked, seen: Look, notes: Mapping[str, tuple[Signature, bytes]], now: Known
) -> dict[str, tuple[Signature, bytes]]:
    """How the notes look now, by their path from the book's folder."""
    content = below(seen.places.content, asked.root)
    prefix = "" if content == "." else f"{content}/"
    found = {}
    for name, kept in now.items():
        if name.startswith("notes"):
            path = prefix + name[len("notes/") :].replace(os.sep, "/")
            if path in notes and notes[path][1] == kept[1]:
                found[path] = kept
    return found


def _holds(file: Path, raw: bytes) -> bool:
    try:
        return digest_of(file.read_bytes()) == raw.hex()
    except OSError:
        return False


def _sources(store: Store, variant: str) -> Known:
    try:
        kept = _known(_state(store, variant, "sources") or b"\x80")
    except msgspec.MsgspecError:
        return {}
    return {name.decode("utf-8", "surrogateescape"): one for name, one in kept.items()}


def _packed(known: Known) -> bytes:
    """What `_sources` reads; a name may be no Unicode, as of a file that an old archive named in Shift_JIS."""
    return msgspec.msgpack.encode(
        {name.encode("utf-8", "surrogateescape"): one for name, one in known.items()}
    )


def _state(store: Store, variant: str, name: str) -> bytes:
    return next((value for _, _, value in store.some("states", [f"{variant} {name}"])), b"")


def _look(path: str) -> Signature | None:
    try:
        there = os.lstat(path)
    except OSError:
        return None
    return there.st_size, there.st_mtime_ns, there.st_ino


def _frame(asked: Asked, seen: Look) -> tuple[object, ...] | None:
    """All that counts beside the files; None where it can't be told."""
    git = git_contents(Path(seen.places.content))
    if git is None:
        return None
    places = seen.places
    folders = tuple(below(one, asked.root) for one in (places.content, places.templates, places.out))
    day = seen.today.isoformat(), asked.today is not None
    return asked.options, folders, places.timezone, day, os.environ.get("TZ"), made_with(), git
