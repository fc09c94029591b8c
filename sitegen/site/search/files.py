"""Every file of the search index: classic scripts that hand one value each to `Kayoi.search`.

Browsers read no other file from disk. A value is JSON with nothing in it that could end a script or begin a comment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from html import unescape

import msgspec

from sitegen.model import Client, Page, Rep, Solution
from sitegen.records import dataclass
from sitegen.site.beside import Files
from sitegen.site.context import Site
from sitegen.site.messages import Text
from sitegen.site.orders import stages_of
from sitegen.site.plain import plain_or
from sitegen.site.search.folding import CJK, HAN, LETTER, LONGEST, PREFIX, SMALL, STOP, TO
from sitegen.site.search.names import name_lines, reps_of
from sitegen.site.search.postings import (
    Postings,
    differences,
    page_codes,
    patched,
    shard_count,
    shard_of,
)
from sitegen.site.search.sounds import ALIKE
from sitegen.site.search.texts import Part, client_parts, other_parts, words_of
from sitegen.site.sharing import Part as ClientPart
from sitegen.site.sharing import Shared
from sitegen.site.trace import ALL

ESCAPED = tuple((c.encode(), f"\\u{ord(c):04x}".encode()) for c in "<>&\u2028\u2029")
_json = msgspec.json.Encoder().encode
SLICES = 2
"""The shards are sorted out in so many goes: at 10,000 clients all at once are a tenth of a gigabyte a process."""
WORDS = (
    "open", "label", "placeholder", "close", "rep", "stage", "any-rep", "any-stage", "hint", "keys", "loading",
    "failed", "looking", "clients", "people", "others", "text", "more", "one-letter", "short-word", "common", "none",
    "none-filtered", "found", "found-more", "through-backer", "backed", "is-backer", "is-rep", "is-solution",
    "is-page", "top", "places",
)  # fmt: skip
"""What the dialog says."""


def script(name: str, *values: object) -> bytes:
    """A script that calls `Kayoi.search.<name>` with these values."""
    return _call(name, *map(_value, values))


def _call(name: str, *values: bytes) -> bytes:
    return b"Kayoi.search.%b(%b);\n" % (name.encode(), b",".join(values))


def _value(value: object) -> bytes:
    told = _json(value)
    for sign, escape in ESCAPED:
        if sign in told:
            told = told.replace(sign, escape)
    return told


def rules() -> dict[str, object]:
    """What folding and cutting go by, for the browser: one table for both sides."""
    return {
        "cjk": CJK,
        "han": HAN,
        "letter": LETTER,
        "small": dict(SMALL),
        "special": TO,
        "stop": sorted(STOP),
        "longest": LONGEST,
        "prefix": PREFIX,
        "alike": [[pattern.pattern, instead.replace("\\", "$")] for pattern, instead in ALIKE],
    }


def search_files(site: Site) -> Files:
    """The words of the dialog, a text file a page, the shards, and the index of names last."""
    yield "search/words.js", lambda: script("words", _words(site), rules())
    codes = site.shared(CODES)
    for kind, key, path in _pages(site):
        yield f"search/t/{codes[path]}.js", partial(_text_file, site, kind, key, path)
    yield from shard_files(site, shard_count(len(codes)))
    yield "search/names.js", partial(_names, site)


@dataclass(frozen=True, slots=True)
class Searched:
    """What a client's note can be found by."""

    text: bytes
    """Its parts with their anchors, as they stand in its file."""
    words: bytes
    """Its words, parted by blanks: each once, in the order in which they first stand there."""


def _searched(_site: Site, client: Client) -> Searched:
    return searched(client_parts(client))


def searched(parts: Sequence[Part]) -> Searched:
    """What these parts of a note can be found by."""
    return Searched(_value(parts), words_of(parts).encode())


SEARCHED = ClientPart("searched", _searched, Searched)


def _codes(site: Site) -> Mapping[str, str]:
    return page_codes(path for _, _, path in _pages(site))


CODES = Shared("page codes", _codes, str)
"""Page address → the code that stands for it in shards and in file names."""


def _others(site: Site) -> Mapping[str, Searched]:
    return {
        path: searched(other_parts(_note(site, kind, key)))
        for kind, key, path in _pages(site)
        if kind != "client"
    }


OTHERS = Shared("searched others", _others)
"""What reps, solutions and plain pages can be found by, by their addresses."""


def _text_file(site: Site, kind: str, key: str, path: str) -> bytes:
    found = site.part(SEARCHED, key) if kind == "client" else site.shared(OTHERS)[path]
    return _call("text", _value(site.shared(CODES)[path]), found.text)


def shard_files(site: Site, count: int) -> Files:
    """All shards; the first of a slice that is wanted has the words of all pages sorted out, and none is held."""

    def sort_out(slice_: int) -> dict[int, bytes]:
        postings = _postings(site, lambda word: slice_of(shard_of(word, count), count) == slice_)
        return {
            number: lines for number, lines in postings.shards(count) if slice_of(number, count) == slice_
        }

    def shard(number: int) -> bytes:
        mine = slice_of(number, count)
        found = site.once(f"shards {mine}", lambda: sort_out(mine))
        if number not in found:  # asked for once more
            found.update(sort_out(mine))
        return shard_file(number, found.pop(number))

    for number in range(count):
        yield f"search/s/{number}.js", partial(shard, number)


def slice_of(number: int, count: int) -> int:
    """In which slice a shard is made: those of one slice in one go."""
    return number * SLICES // count


def shard_file(number: int, lines: bytes) -> bytes:
    """The file of a shard. Words hold no sign that JSON would escape, so only the ends of lines are told."""
    return _call("shard", b"%d" % number, b'"%b"' % lines.replace(b"\n", b"\\n"))


def shard_lines(file: bytes) -> bytes:
    """The lines of a shard from its file."""
    return file[file.index(b'"') + 1 : file.rindex(b'"')].replace(b"\\n", b"\n")


def patched_shards(
    pages: Iterable[tuple[str, bytes, bytes]], count: int, read: Callable[[str], bytes]
) -> Iterator[tuple[str, bytes]]:
    """The shards that change where pages do: of each its code, `Searched.words` before and now (empty: not there).

    `read` gives the bytes of a file as they were. The codes of all other pages and the number of shards must be as
    they were too. Raises `ValueError` where a shard is not what it should be: then all have to be made anew.
    """
    told = ((code, before.split(), now.split()) for code, before, now in pages)
    for number, change in sorted(differences(told, count).items()):
        path = f"search/s/{number}.js"
        yield path, shard_file(number, patched(shard_lines(read(path)), change))


def _postings(site: Site, wanted: Callable[[bytes], bool]) -> Postings:
    """The words that are wanted, of all pages; one page's are held at a time."""
    codes, others = dict(site.shared(CODES).items()), dict(site.shared(OTHERS).items())
    clients = {site.path("client", key): key for key in site.clients}
    site.trace.note(f"part {SEARCHED.name}", ALL)
    postings = Postings(wanted)
    with site.trace.deaf():  # all of what is looked up from here on has been written down
        for code, path in sorted((codes[path], path) for path in (*clients, *others)):
            found = site.part(SEARCHED, clients[path]) if path in clients else others[path]
            postings.add(code.encode(), found.words.split())
    return postings


def _names(site: Site) -> bytes:
    codes = site.shared(CODES)
    stages = [[stage, plain_or(site.t, f"stage.{stage}", stage)] for stage in stages_of(site)]
    reps = [[key, site.rep_name(key)] for key in reps_of(site)]
    tables = {"shards": shard_count(len(codes)), "stages": stages, "reps": reps}
    return script("names", tables, "\n".join(name_lines(site, dict(codes.items()))))


def _pages(site: Site) -> Iterator[tuple[str, str, str]]:
    """Every page that a note stands behind: its kind, its key, its address."""
    for kind, notes in (
        ("client", site.clients),
        ("rep", site.reps),
        ("solution", site.solutions),
        ("page", site.pages),
    ):
        for key in notes:
            yield kind, key, site.path(kind, key)


def _note(site: Site, kind: str, key: str) -> Rep | Solution | Page:
    return site.reps[key] if kind == "rep" else site.solutions[key] if kind == "solution" else site.pages[key]


def _words(site: Site) -> dict[str, object]:
    """The dialog's words as plain text, parameters as `{n}`; a plural as its two forms."""
    return {name: _text(site.t.texts[f"search.{name}"]) for name in WORDS}


def _text(text: Text) -> object:
    other, one = (_joined(parts) for parts in (text.other, text.one or text.other))
    return {"one": one, "other": other} if text.one else other


def _joined(parts: Sequence[str]) -> str:
    return "".join(f"{{{part}}}" if place % 2 else unescape(part) for place, part in enumerate(parts))
