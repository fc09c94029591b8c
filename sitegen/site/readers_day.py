"""What a page says of its reader's day, though it was built on another: spans of days, and counts by date.

`templates/assets/kayoi.js` compares them with the day on which the page is read; without it a page is right
for the day for which it was made.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator

from markupsafe import Markup

from sitegen.model import Client
from sitegen.site import dates
from sitegen.site.context import Site
from sitegen.site.standing import standings
from sitegen.site.why import closed_name

DAY = dt.timedelta(days=1)


def standing(today: dt.date, first: dt.date | None = None, last: dt.date | None = None) -> Markup:
    """Attributes of an element that stands from `first` to `last`, both included; hidden where today is not."""
    parts = []
    if first:
        parts.append(f' data-from="{first}"')
    if last:
        parts.append(f' data-until="{last}"')
    if (first and today < first) or (last and today > last):
        parts.append(" hidden")
    return Markup("".join(parts))  # noqa: S704 - only dates


def tally(site: Site, clients: Iterable[Client]) -> str:
    """How many of these are due on which day: "2026-11-18:4 2026-11-20:2 now:1".

    What is overdue today stays so, and is counted on yesterday; `now` are those due at once. From this the
    script recounts every heading of a due list, also of rows that stand on other pages.
    """
    known = standings(site)
    days = Counter(known[client.key].day for client in clients if not known[client.key].never)
    at_once, yesterday = days.pop(0, 0), site.today.toordinal() - 1
    days[yesterday] = sum(days.pop(day) for day in [day for day in days if day <= yesterday])
    told = [f"{dt.date.fromordinal(day)}:{days[day]}" for day in sorted(+days)]
    return " ".join([*told, f"now:{at_once}"] if at_once else told)


def closed_ahead(site: Site, days: int = 21) -> Iterator[tuple[Markup, Markup, Markup]]:
    """Days ahead on which the team does not visit, weekends apart: each day, its name, until when to tell it."""
    for ahead in range(days + 1):
        day = site.today + ahead * DAY
        name = site.closed(day)
        if name and day.weekday() < 5:
            yield (
                dates.near(day, site.today, site.t.manner, True),
                closed_name(site, name),
                standing(site.today, None, day),
            )
