"""Link marks in the notes' HTML → links between pages."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from markupsafe import Markup, escape

from sitegen.model import Link
from sitegen.site import dates
from sitegen.site.context import Site

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
        html = DAY.sub(lambda found: _day(found, site), html)
    if "\x00" not in html:
        return Markup(html)  # noqa: S704 - no raw HTML comes through the notes' Markdown
    targets = site.network.targets.get(path, ())

    def link(mark: re.Match[str]) -> str:
        number = int(mark[1])
        if number >= len(links):
            return ""
        shown = escape(links[number].shown or links[number].target)
        target = targets[number] if number < len(targets) else None
        url = site.target_url(root, target) if target else ""
        return (
            f'<a class="to {target.kind}" href="{escape(url)}">{shown}</a>' if target and url else str(shown)
        )

    return Markup(MARK.sub(link, html))  # noqa: S704 - the same, and what is put in is escaped


def _day(found: re.Match[str], site: Site) -> str:
    try:
        day = dt.date(*(int(part) for part in found.groups()))
    except ValueError:
        return found[0]
    return f'<time class="by-day" datetime="{day.isoformat()}">{dates.plain(day, site.t.manner)}</time>'
