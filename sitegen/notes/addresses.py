"""Addresses in a note's text: links to other notes become wikilinks, pictures and files lead to their copies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from markdown_it.token import Token

from sitegen.model import Attachment, Problem, Where
from sitegen.notes.attachments import Place, href_of, place_of

_ADDRESSED = {"link_open": "href", "image": "src"}


class Lines(Protocol):
    """A body that can tell its lines and places."""

    def where(self, index: int, col: int = 1) -> Where:
        """A place by the body's own line number."""

    def line(self, index: int) -> str:
        """A line of the body."""


def settle_addresses(
    inline: Token, inside: str, lines: Lines, problems: list[Problem]
) -> Iterator[Attachment]:
    """Change the addresses of a piece of text in place; gives the files that it refers to, tells what can't be had.

    `inside` is the note's own path within the content folder.
    """
    children = inline.children or []
    if not any(child.type in ("link_open", "image") for child in children):
        return
    index = inline.map[0] if inline.map else 0
    out: list[Token] = []
    open_: list[Place] = []
    for child in children:
        if child.type in ("softbreak", "hardbreak"):
            index += 1
        elif child.type in _ADDRESSED:
            place = place_of(str(child.attrs.get(_ADDRESSED[child.type], "")), inside)
            if place.kind == "file":
                child.attrs[_ADDRESSED[child.type]] = href_of(place.inside, place.anchor)
                yield Attachment(place.inside, lines.where(index), lines.line(index))
            elif place.kind in ("outside", "refused"):
                params = (("file", place.inside),)
                problems.append(Problem(lines.where(index), f"file-{place.kind}", params, lines.line(index)))
            if child.type == "link_open":
                open_.append(place)
            out.append(child if place.kind in ("file", "away") else _text(child, place))
            continue
        elif child.type == "link_close" and open_:
            kind = (place := open_.pop()).kind
            if kind == "note":
                out = _as_wikilink(out, place)
            if kind not in ("file", "away"):
                continue
        out.append(child)
    inline.children = out


def _text(token: Token, place: Place) -> Token:
    """What stands for a picture or for the beginning of a link that can't be had: its text, or nothing."""
    content = token.content if token.type == "image" else ""
    return Token("text", "", 0, content=content, meta={"note": place.kind == "note"})


def _as_wikilink(out: list[Token], place: Place) -> list[Token]:
    """What has been read since the link began, as one link to that note."""
    start = max(i for i, token in enumerate(out) if token.meta.get("note"))
    shown = "".join(token.content for token in out[start:]) or place.inside
    meta = {"target": place.inside, "anchor": place.anchor, "shown": shown}
    return [*out[:start], Token("wikilink", "", 0, meta=meta)]
