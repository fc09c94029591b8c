"""A calendar a rep, `due/<rep>.ics`: what is due, promises, planned meetings with their briefs.

What an event is called by (its UID) holds no date: a date that moves takes the event along. Nothing here depends
on the day of the build; what is overdue keeps the day on which it was due.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator
from functools import partial
from zoneinfo import ZoneInfo

from sitegen.doctrine.facts import Reason
from sitegen.model import Client, Plan
from sitegen.records import dataclass
from sitegen.site import ical
from sitegen.site.beside import Files
from sitegen.site.briefs import brief_path, plans_of
from sitegen.site.context import Site
from sitegen.site.plain import plain
from sitegen.site.sharing import Part
from sitegen.site.urls import quote
from sitegen.site.why import day_medium, kind_name, why

LONGEST = 120
"""Characters of an event's title; the whole text stands below it."""
HOUR = dt.timedelta(hours=1)
"""How long a meeting is taken to last: notes give no end."""
DAY = dt.timedelta(days=1)
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
"""What iCalendar allows in no text."""
EPOCH = dt.date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Appointment:
    """One event before it is written; what is unknown is empty."""

    uid: str
    date: dt.date
    time: str
    """`HH:MM` in the team's time zone; empty: the whole day."""
    title: str
    text: str
    place: str
    path: str
    """The page behind it: the brief of a meeting, else the client's."""
    stamp: dt.date
    """The newest day that the client's note tells of."""


def calendar_files(site: Site) -> Files:
    """One calendar a rep, also of one who has nothing to do: who subscribed must find it there."""
    for rep, name in site.names["due"].items():
        yield f"due/{name}.ics", partial(_calendar, site, rep)


def appointments(site: Site, client: Client) -> Iterator[Appointment]:
    """All events of a client: one for each reason to call that has a date."""
    reasons = site.facts[client.key].due.reasons
    yield from _meetings(site, client)
    yield from _promises(site, client, tuple(r for r in reasons if r.kind == "promise"))
    for reason in reasons:
        if reason.kind == "cadence":
            title = plain(site.t, "calendar.due", client=_name(site, client))
            yield from _event(site, client, reason, ("due",), title)
        elif reason.kind == "new-face":
            title = plain(site.t, "calendar.new-face", client=_name(site, client), name=reason.text)
            yield from _event(site, client, reason, ("face", reason.text), title)


def _meetings(site: Site, client: Client) -> Iterator[Appointment]:
    """`next` is one event for good, whatever becomes of it; a dated heading is known by its kind and title."""
    seen: dict[tuple[str, str], int] = {}
    for number, plan in enumerate(plans_of(site, client)):
        same = (plan.kind, plan.step)
        is_next = plan is client.next
        ordinal = seen.setdefault(same, 0)
        seen[same] += not is_next
        known = ("meeting",) if is_next else ("meeting", *same, str(ordinal))
        kind = kind_name(site, plan.kind)
        title = plain(site.t, "calendar.meeting", client=_name(site, client), kind=kind)
        reason = Reason("meeting", plan.date, text=plan.kind, time=plan.time, people=plan.people)
        yield from _event(site, client, reason, known, title, plan, brief_path(site, client, number))


def _promises(site: Site, client: Client, reasons: tuple[Reason, ...]) -> Iterator[Appointment]:
    """A promise is known by its words; where they stand twice, by their order, oldest entry first."""
    if not reasons:
        return
    at = {(reason.text, reason.base): reason for reason in reasons}
    seen: dict[str, int] = {}
    entries = sorted(client.entries, key=lambda entry: entry.date)
    for promise in (*client.promises, *(p for entry in entries for p in entry.promises)):
        ordinal = seen.get(promise.text, 0)
        seen[promise.text] = ordinal + 1  # kept ones count: the next one must not become it
        reason = at.get((promise.text, promise.due)) if promise.state == "open" else None
        if reason:
            name = _name(site, client)
            key = "calendar.promise" if promise.text else "calendar.promise-bare"
            title = plain(site.t, key, client=name, text=promise.text)
            yield from _event(site, client, reason, ("promise", promise.text, str(ordinal)), title)


def _event(
    site: Site,
    client: Client,
    reason: Reason,
    known: tuple[str, ...],
    title: str,
    plan: Plan | None = None,
    brief: str = "",
) -> Iterator[Appointment]:
    """The event of a reason; none where it has no date (a client never contacted is due at once)."""
    if reason.date is None:
        return
    page = site.path("client", client.key)
    yield Appointment(
        uid=_uid(known[0], client.key, *known[1:]),
        date=reason.date,
        time=reason.time if reason.kind == "meeting" else "",
        title=_short(_clean(title)),
        text=_clean("\n".join(_told(site, client, reason, plan, page, brief))),
        place=_clean(client.address) if plan else "",
        path=brief or page,
        stamp=_stamp(client, site.this_day),
    )


def _told(
    site: Site, client: Client, reason: Reason, plan: Plan | None, page: str, brief: str
) -> Iterator[str]:
    """What stands below the title: why, what to do, what was said, where to read on."""
    facts = site.facts[client.key]
    yield why(site, client, reason, day_medium(site)).striptags()
    lines = (
        ("calendar.step", plan.step if plan else facts.next_step if reason.kind != "promise" else ""),
        ("calendar.said", facts.last_said),
        ("calendar.phone", client.phone),
        ("calendar.brief", address(site, brief)),
        ("calendar.page", address(site, page)),
    )
    for key, text in lines:
        if text:
            yield plain(site.t, key, text=text)


def address(site: Site, path: str) -> str:
    """A page's address; its path in the site where `kayoi.yml` does not say where the site lies."""
    if not path or not site.cfg.url:
        return path
    return f"{site.cfg.url.rstrip('/')}/{quote(path)}"


def _name(site: Site, client: Client) -> str:
    return client.native if client.native and site.t.lang == "ja" else client.name


def _uid(kind: str, *known: str) -> str:
    """The same for the same client and thing, whenever it is; tells neither."""
    digest = hashlib.sha256("\0".join(known).encode()).hexdigest()
    return f"{kind}-{digest[:24]}@kayoi"


def _stamp(client: Client, today: dt.date) -> dt.date:
    """The newest day that the note tells of, up to today; a note without any tells when the client came."""
    days = [*(entry.date for entry in client.entries), *([client.last_visit] if client.last_visit else [])]
    since = [client.since.first()] if client.since else []
    return max((day for day in days or since if EPOCH <= day <= today), default=EPOCH)


def _clean(text: str) -> str:
    """Without what no calendar may hold; line ends of one kind.

    The library takes a backslash with an N for a line break, so `S:\\New` becomes `S:\\new`: Windows opens that too.
    """
    return CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).replace("\\N", "\\n")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def _calendar(site: Site, rep: str) -> bytes:
    name = plain(site.t, "calendar.name", rep=site.rep_name(rep), title=site.cfg.title)
    heads = ical.component(
        "VCALENDAR",
        ("VERSION", "2.0"),
        ("PRODID", "-//Kayoi//Kayoi//EN"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
        ("X-WR-CALNAME", ical.text(_short(_clean(name)))),
        ("REFRESH-INTERVAL;VALUE=DURATION", "PT4H"),
        ("X-PUBLISHED-TTL", "PT4H"),
        ("X-WR-TIMEZONE", site.cfg.timezone),
    ).encode()
    keys = sorted(client.key for client in site.owned.get(rep, ()))
    end = b"END:VCALENDAR\r\n"
    return b"".join((heads.removesuffix(end), *(site.part(EVENTS, key) for key in keys), end))


def _events(site: Site, client: Client) -> bytes:
    if site.facts[client.key].due.never:
        return b""
    zone = ZoneInfo(site.cfg.timezone)
    return "".join(_vevent(site, found, zone) for found in appointments(site, client)).encode()


EVENTS = Part("events", _events, bytes)
"""The events of a client as they stand in a calendar."""


def _vevent(site: Site, found: Appointment, zone: ZoneInfo) -> str:
    lines = [("SUMMARY", ical.text(found.title))]
    start = _start(found, zone)
    if start:
        lines += [("DTSTART", ical.instant(start)), ("DTEND", ical.instant(start + HOUR))]
    else:
        lines.append(("DTSTART;VALUE=DATE", ical.day(found.date)))
        if found.date < dt.date.max:  # without an end an event lasts one day all the same
            lines.append(("DTEND;VALUE=DATE", ical.day(found.date + DAY)))
    lines += [
        ("DTSTAMP", f"{ical.day(found.stamp)}T000000Z"),
        ("UID", found.uid),
        ("DESCRIPTION", ical.text(found.text)),
    ]
    if found.place:
        lines.append(("LOCATION", ical.text(found.place)))
    if not start:
        lines.append(("TRANSP", "TRANSPARENT"))  # something to do on a day takes no hour of it
    if site.cfg.url:
        lines.append(("URL", address(site, found.path)))
    return ical.component("VEVENT", *lines)


def _start(found: Appointment, zone: ZoneInfo) -> dt.datetime | None:
    """The beginning in UTC, which every calendar reads alike; None for the whole day.

    Also where no clock can tell it: no such hour, or a year at the calendar's end.
    """
    try:
        time = dt.time.fromisoformat(found.time)
        start = dt.datetime.combine(found.date, time.replace(tzinfo=None), zone).astimezone(dt.UTC)
        return start if start.year > 1 and start.year < dt.MAXYEAR else None
    except (ValueError, OverflowError):
        return None
