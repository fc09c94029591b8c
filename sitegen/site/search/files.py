"""Every file of the search index: classic scripts that hand one value each to `Kayoi.search`.

Browsers read no other file from disk. A value is JSON with nothing in it that could end a script or begin a comment.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from html import unescape

from sitegen.model import Client, Page, Rep, Solution
from sitegen.site.context import Site
from sitegen.site.messages import Text
from sitegen.site.search.folding import CJK, HAN, LETTER, LONGEST, PREFIX, SMALL, STOP, TO
from sitegen.site.search.names import name_lines, reps_of, stages_of
from sitegen.site.search.postings import Postings, page_codes, shard_count
from sitegen.site.search.sounds import ALIKE
from sitegen.site.search.texts import client_parts, other_parts, words_of

ESCAPED = tuple((c, f"\\u{ord(c):04x}") for c in "<>&\u2028\u2029")
WORDS = (
    "open", "label", "placeholder", "close", "rep", "stage", "any-rep", "any-stage", "hint", "keys", "loading",
    "failed", "looking", "clients", "people", "others", "text", "more", "one-letter", "short-word", "common", "none",
    "none-filtered", "found", "found-more", "through-backer", "backed", "is-backer", "is-rep", "is-solution",
    "is-page", "top", "places",
)  # fmt: skip
"""What the dialog says."""


def script(name: str, *values: object) -> bytes:
    """A script that calls `Kayoi.search.<name>` with these values."""
    told = ",".join(json.dumps(value, ensure_ascii=False, separators=(",", ":")) for value in values)
    for character, escape in ESCAPED:
        told = told.replace(character, escape)
    return f"Kayoi.search.{name}({told});\n".encode()


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


def search_files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The words of the dialog, a text file a page, the shards, and the index of names last."""
    yield "search/words.js", script("words", _words(site), rules())
    paths = [path for path, _ in _notes(site)]
    codes = page_codes(paths)
    postings = Postings()
    for number, (path, note) in enumerate(_notes(site)):
        parts = client_parts(note) if isinstance(note, Client) else other_parts(note)
        postings.add(number, words_of(parts))
        told = [[part.anchor, part.text] for part in parts]
        yield f"search/t/{codes[path]}.js", script("text", codes[path], told)
    count = shard_count(len(paths))
    for number, lines in postings.shards(count, [codes[path] for path in paths]):
        yield f"search/s/{number}.js", script("shard", number, lines)
    stages = [[stage, str(site.t.or_plain(f"stage.{stage}", stage).unescape())] for stage in stages_of(site)]
    reps = [[key, str(site.rep_name(key))] for key in reps_of(site)]
    tables = {"shards": count, "stages": stages, "reps": reps}
    yield "search/names.js", script("names", tables, "\n".join(name_lines(site, codes)))


def _notes(site: Site) -> Iterator[tuple[str, Client | Rep | Solution | Page]]:
    """Every page that a note stands behind, with the note."""
    for kind, notes in (
        ("client", site.clients),
        ("rep", site.reps),
        ("solution", site.solutions),
        ("page", site.pages),
    ):
        for key, note in notes.items():
            yield site.path(kind, key), note


def _words(site: Site) -> dict[str, object]:
    """The dialog's words as plain text, parameters as `{n}`; a plural as its two forms."""
    return {name: _text(site.t.texts[f"search.{name}"]) for name in WORDS}


def _text(text: Text) -> object:
    other, one = (_joined(parts) for parts in (text.other, text.one or text.other))
    return {"one": one, "other": other} if text.one else other


def _joined(parts: Sequence[str]) -> str:
    return "".join(f"{{{part}}}" if place % 2 else unescape(part) for place, part in enumerate(parts))
