"""The brief as plain text, for the terminal (rule R11): the same view as the page, nothing left out but links."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from markupsafe import Markup

from sitegen.config import Config
from sitegen.doctrine.facts import Facts
from sitegen.doctrine.workdays import Workdays
from sitegen.model import Book, Client, Network
from sitegen.site.briefs import plans_of
from sitegen.site.messages import Messages
from sitegen.site.opening import make_site
from sitegen.site.views_brief import BriefView, SeatView, brief_view


def brief_text(view: BriefView, t: Messages) -> str:
    """The brief as lines of text."""

    def say(key: str, /, **params: object) -> str:
        return plain(t(key, **params))

    joint = say("list.joint")
    parts: list[list[str]] = [list(_head(view, say, joint))]
    room = [line for seat in view.room for line in _seat(view, seat, say, joint)]
    parts.append([say("brief.room" if view.day else "brief.might"), *(room or _nobody(view, say))])
    parts[-1] += [f"  {line}" for line in _away(view, say, joint)]
    asks = [
        f"  {n}. {say('brief.to', names=joint.join(a.to) or say('brief.everybody'))} {plain(a.text)}"
        + (say("brief.aside", text=f"{say('brief.unconfirmed')}{joint.join(a.more)}") if a.more else "")
        for n, a in enumerate(view.asks, 1)
    ]
    parts.append([say("brief.first"), *asks])
    parts.append([say("brief.doubts"), *(list(_doubts(view, say, joint)) or [f"  {say('brief.no-doubts')}"])])
    parts.append([say("brief.offer"), *(list(_offers(view, t, say)) or [f"  {say('brief.no-offer')}"])])
    parts.append([say("brief.give"), *_gifts(view, say)])
    if view.lessons:
        parts.append([say("brief.lessons"), *_lessons(view, say)])
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


Say = Callable[..., str]
_TAG = re.compile("<[^>]*>")
"""All that is no tag is escaped, so no other < can stand there."""


def plain(text: Markup | str) -> str:
    """HTML without its tags; spaces at its ends stay, as our messages need them."""
    return html.unescape(_TAG.sub("", text)) if isinstance(text, Markup) else text


def _head(view: BriefView, say: Say, joint: str) -> Iterator[str]:
    title = say("brief.heading", kind=view.kind, date=view.day) if view.day else say("brief.unplanned")
    native = f" {view.native}" if view.native else ""
    yield f"{view.name}{native}{say('why.joint')}{title}"
    visits = say("brief.visits" if view.left else "brief.visits-open", n=view.visits, needed=view.needed)
    you = say("brief.you", names=joint.join(view.reps) or say("brief.nobody"))
    stage = say(f"stage.{view.stage}")
    yield " · ".join(filter(None, (view.when, joint.join(view.where), view.phone, you, stage, visits)))
    if view.step:
        yield f"{say('brief.step')}{view.step}"
    yield ""
    yield f"{say(f'brief.head.{view.start}')} {plain(view.start_text)}"
    if view.left:
        yield say("brief.left", n=view.left) + (f" {say('brief.early')}" if view.early else "")


def _seat(view: BriefView, seat: SeatView, say: Say, joint: str) -> Iterator[str]:
    since = say("person.since", since=seat.since) if seat.since else ""
    level = say(f"brief.level-of.{seat.level}") if seat.level else say("brief.level-unknown")
    told = say("brief.field", label=say("brief.level"), value=level)
    yield "  " + say("why.joint").join(filter(None, (seat.name, seat.role, since, told)))
    met = say("brief.never")
    if seat.times:
        met = f"{plain(seat.times)}{say('why.joint')}{say('brief.last-on')}{plain(seat.last)}"
        only = say("brief.not-by-you", names=joint.join(seat.by)) if seat.by else ""
        met += say("brief.aside", text=only) if only else ""
    fields = [
        (say("brief.met"), met),
        (say("brief.said"), "; ".join(seat.said) or say("brief.nothing")),
    ]
    if view.last:
        fields.append(
            (say("brief.at-last", date=view.last), say("brief.yes" if seat.at_last else "brief.no"))
        )
    if view.talk:
        heard = {"there": say("brief.was-there"), "no": say("brief.not-known")}.get(seat.heard)
        fields.append((say("brief.heard", date=view.talk), heard or say("brief.told-by", text=seat.told)))
    yield from (f"    {say('brief.field', label=label, value=value)}" for label, value in fields)


def _nobody(view: BriefView, say: Say) -> list[str]:
    ask = say("brief.ask-assistant", name=view.assistant) if view.assistant else say("brief.ask-someone")
    return [f"  {say('brief.nobody-known')} {ask}"]


def _away(view: BriefView, say: Say, joint: str) -> Iterator[str]:
    if view.more_seats:
        yield say("brief.more-seats", n=view.more_seats)
    if view.away:
        key = "brief.away" if len(view.away) == 1 else "brief.away-many"
        yield say(key, names=joint.join(view.away))
    yield from (say("brief.stayed", name=name, date=day) for name, day, _ in view.stayed)


def _doubts(view: BriefView, say: Say, joint: str) -> Iterator[str]:
    for one in view.doubts:
        told = say("brief.guess", date=one.day)
        if one.who:
            level = say(f"brief.level-of.{one.level}") if one.level else ""
            only = say("brief.only", names=joint.join(one.who), date=one.day)
            told = say("why.joint").join(filter(None, (only, level, say(f"needs.status.{one.status}"))))
        yield f"  - {one.text}{say('brief.aside', text=told)}"
    if view.more_doubts:
        yield f"  {say('brief.more', n=view.more_doubts)}"


def _offers(view: BriefView, t: Messages, say: Say) -> Iterator[str]:
    for number, one in enumerate(view.offers, 1):
        level = plain(t.or_plain(f"solution-level.{one.solution.level}", one.solution.level))
        later = "" if one.asked else f"{say('why.joint')}{say('brief.if-asked')}"
        yield f"  {number}. {one.solution.name}{say('brief.aside', text=level + later)}"


def _gifts(view: BriefView, say: Say) -> Iterable[str]:
    for one in view.gifts:
        told = say("brief.introduce", name=one.name, wanted=one.wanted)
        if not one.seeks:
            told = say("brief.introduce-to", name=one.name, offered=one.offered)
        yield f"  {told}" + (say("brief.aside", text=say("brief.of-rep", rep=one.rep)) if one.rep else "")
    gifts = "" if view.gives_gifts else f" {say('brief.no-gifts')}"
    balance = say("brief.balance", given=view.given, got=view.got)
    yield f"  {balance if view.given or view.got else say('brief.no-balance')}{gifts}"


def _lessons(view: BriefView, say: Say) -> Iterator[str]:
    for one in view.lessons:
        where = say("brief.at", client=one.client) if one.client else say("brief.here")
        yield f"  - {one.text}{say('brief.aside', text=plain(one.day) + say('why.joint') + where)}"


def brief_of_client(
    book: Book,
    network: Network,
    facts: Mapping[str, Facts],
    cfg: Config,
    today: dt.date,
    t: Messages,
    client: Client,
) -> str:
    """The brief for a client's next meeting as text; without one, for going today.

    A meeting that has passed without being written up is no next one.
    """
    site = make_site(book, network, facts, cfg, today, t, Workdays(cfg).closed)
    plan = next((p for p in plans_of(site, client) if p.date >= today), None)
    return brief_text(brief_view(site, client, plan), t)
