"""Link marks in the notes' HTML → links between pages."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from markupsafe import Markup, escape

from sitegen.config import Manner
from sitegen.model import Link
from sitegen.site import dates
from sitegen.site.context import Site
from sitegen.site.messages import as_markup

MARK = re.compile("\x00(\\d+)\x00")
CANCELLED = re.compile('<li class="task cancelled">(?:\n<p>)?<input type="checkbox" disabled="" aria-label="')
"""A box has no state for what was called off: its label says it."""
DAY = re.compile(r"📅\ufe0f?\s*(\d{4})-(\d\d)-(\d\d)(?=[^<>]*<)")
"""A promise's day in the text; not within a tag, where the next bracket would be a closing one."""


def with_links(html: str, links: Sequence[Link], path: str, site: Site, root: str) -> Markup:
    """The HTML of a note with every mark replaced: by a link where it goes somewhere, else by its plain text.

    `path` is the note's, `root` the way from the page to the site's root. The HTML is trusted: the notes'
    Markdown knows no raw HTML.
    """
    if '"task cancelled"' in html:
        html = CANCELLED.sub(lambda found: f"{found[0]}{site.t('promise.cancelled')}: ", html)
    if "📅" in html:
        manner = site.t.manner
        html = DAY.sub(lambda found: _day(*found.groups(), manner) or found[0], html)
    if "\x00" not in html:
        return as_markup(html)
    targets = site.network.targets.get(path, ())

    def link(number: int) -> str:
        if number >= len(links):
            return ""
        shown = escape(links[number].shown or links[number].target)
        target = targets[number] if number < len(targets) else None
        url = site.target_url(root, target) if target else ""
        return (
            f'<a class="to {target.kind}" href="{escape(url)}">{shown}</a>' if target and url else str(shown)
        )

    return as_markup(put_in(html, link))  # what is put in is escaped


def put_in(html: str, link: Callable[[int], str]) -> str:
    """The text with every mark replaced. Marks follow each other, so that it need only be cut at their ends."""
    parts = html.split("\x00")
    numbers = parts[1::2]
    if len(parts) % 2 == 0 or not all(map(str.isdecimal, numbers)):
        return MARK.sub(lambda mark: link(int(mark[1])), html)
    parts[1::2] = [link(int(number)) for number in numbers]
    return "".join(parts)


@lru_cache(maxsize=20_000)
def _day(year: str, month: str, day: str, manner: Manner) -> str:
    """A promise's day, marked for the script; empty for one that is in no calendar."""
    try:
        found = dt.date(int(year), int(month), int(day))
    except ValueError:
        return ""
    return f'<time class="by-day" datetime="{found.isoformat()}">{dates.plain(found, manner)}</time>'
