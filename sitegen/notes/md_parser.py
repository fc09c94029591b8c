"""The parser: markdown-it-py with the rules that notes need, and no others."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.rules_block import blockquote
from mdit_py_plugins.footnote.index import footnote_def

from sitegen.notes import md_quick
from sitegen.notes.md_blocks import MAX_LEVEL, bounded, callouts, definition, tasks, wide_list
from sitegen.notes.md_footnotes import footnotes
from sitegen.notes.md_html import Html
from sitegen.notes.md_inline import by_character

SCHEMES = ("http", "https", "mailto", "tel")
"""A link to anything else stays text."""

_UNSEEN = re.compile("[\x00-\x20\x7f-\xa0\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def allowed(url: str) -> bool:
    """Whether a note may link there: `SCHEMES`, or a place within the site; never `//host`.

    `url` is the address as it would stand in the page, entities decoded. What a browser might see through,
    such as tabs and percent signs, is seen through here too.
    """
    bare = _UNSEEN.sub("", unescape(unquote(unquote(url)))).replace("\\", "/").lower()
    if bare.startswith("//"):
        return False
    scheme = re.match(r"([a-z][a-z0-9+.-]*):", bare)
    return scheme is None or (scheme[1] in SCHEMES and url.lower().startswith(scheme[0]))


class Parser(MarkdownIt):
    """Markdown as notes have it."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 (the library's name)
        """As `allowed` says."""
        return allowed(url)


def make() -> Parser:
    """A parser; to make one takes some milliseconds."""
    md = Parser("commonmark", {"html": False, "maxNesting": MAX_LEVEL}, renderer_cls=Html)
    md.enable("table").disable("html_block")
    block, inline, core = md.block.ruler, md.inline.ruler, md.core.ruler
    block.at("list", bounded(wide_list), {"alt": ["paragraph", "reference", "blockquote"]})
    block.at("blockquote", bounded(blockquote), {"alt": ["paragraph", "reference", "blockquote", "list"]})
    block.at("reference", definition, {"alt": []})
    block.before("reference", "footnote", bounded(footnote_def), {"alt": ["paragraph", "reference"]})
    inline.push("by_character", by_character)
    inline.enableOnly("by_character")
    md.inline.ruler2.enable("strikethrough")
    core.at("block", md_quick.blocks)
    core.at("inline", md_quick.texts)
    core.before("inline", "callouts", callouts)
    core.after("text_join", "tasks", tasks)
    core.after("tasks", "footnotes", footnotes)
    return md
