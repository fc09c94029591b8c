"""Tokens to HTML: the library's renderer, with Kayoi's links, images, headings, tasks and footnotes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from sitegen.notes.md_text import joins, plain

Tokens = Sequence[Token]


class Html(RendererHTML):
    """One method a token type; `env` carries `links` (a list to append to) and `shift` of the call."""

    def heading_open(self, tokens: Tokens, idx: int, options: Any, env: Any) -> str:
        """Shifted by `env["shift"]` levels, no deeper than `<h6>`."""
        return f"<{_tag(tokens[idx], env)}>"

    def heading_close(self, tokens: Tokens, idx: int, options: Any, env: Any) -> str:
        """Of the same level."""
        return f"</{_tag(tokens[idx], env)}>\n"

    def wikilink(self, tokens: Tokens, idx: int, options: Any, env: Any) -> str:
        r"""A mark `\x00n\x00`, where n is the place of the link in `env["links"]`."""
        meta = tokens[idx].meta
        env["links"].append((meta["target"], meta["anchor"], meta["shown"]))
        return f"\0{len(env['links']) - 1}\0"

    def softbreak(self, tokens: Tokens, idx: int, options: Any, env: Any) -> str:
        """Nothing between two characters of Japanese: a browser would show a space."""
        return "" if joins(tokens, idx) else "\n"

    def link_open(self, tokens: Tokens, idx: int, options: Any, env: Any) -> str:
        """A page outside is not told where the reader comes from."""
        attrs = self.renderAttrs(tokens[idx])
        return f"<a{attrs}{_rel(str(tokens[idx].attrs['href']))}>"

    def image(self, tokens: Tokens, idx: int, options: Any, env: Any) -> str:
        """An image of our own; one from outside is a link to it, as pages load nothing from outside."""
        token = tokens[idx]
        src, text = str(token.attrs["src"]), plain(token.children or [])
        title = f' title="{escapeHtml(str(token.attrs["title"]))}"' if "title" in token.attrs else ""
        if not outside(src):
            return f'<img src="{escapeHtml(src)}" alt="{escapeHtml(text)}"{title} loading="lazy" />'
        if "in_link" in token.meta:
            return escapeHtml(text or src)
        return f'<a href="{escapeHtml(src)}"{title}{_rel(src)}>{escapeHtml(text or src)}</a>'

    def task_box(self, tokens: Tokens, idx: int, options: Any, env: Any) -> str:
        """A box that tells the task's state, named by its text: so it needs no words of any language."""
        checked = ' checked=""' if tokens[idx].meta["task"] == "kept" else ""
        name = escapeHtml(plain(tokens[idx + 1 :]))
        return f'<input type="checkbox" disabled=""{checked} aria-label="{name}" /> '

    def td_open(self, tokens: Tokens, idx: int, options: Any, env: Any) -> str:
        """A cell's side as a class: the pages' security policy lets no style stand in the text."""
        side = str(tokens[idx].attrs.get("style", "")).removeprefix("text-align:")
        return f'<{tokens[idx].tag} class="{side}">' if side else f"<{tokens[idx].tag}>"

    th_open = td_open

    def footnote_ref(self, tokens: Tokens, idx: int, options: Any, env: Any) -> str:
        """The number, which leads to the footnote; only the first mark has an address to come back to."""
        number = tokens[idx].meta["id"] + 1
        address = f' id="fnref{number}"' if "home" in tokens[idx].meta else ""
        return f'<sup class="footnote-ref"><a href="#fn{number}"{address}>[{number}]</a></sup>'

    def footnote_anchor(self, tokens: Tokens, idx: int, options: Any, env: Any) -> str:
        """The way back to the text."""
        return f' <a href="#fnref{tokens[idx].meta["id"] + 1}" class="footnote-backref">↩\ufe0e</a>'


def outside(url: str) -> bool:
    """Whether an allowed address leads out of the site: it has a scheme."""
    return url.lower().startswith(("http:", "https:", "mailto:", "tel:"))


def _rel(url: str) -> str:
    return ' rel="noopener noreferrer"' if url.lower().startswith(("http:", "https:")) else ""


def _tag(token: Token, env: Any) -> str:
    return f"h{max(1, min(6, int(token.tag[1]) + env['shift']))}"
