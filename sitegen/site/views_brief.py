"""The brief: one printed page to take along to a meeting (rule R11, with R12, R13, R9 and R15)."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from sitegen.doctrine.briefing import Brief, Seat
from sitegen.doctrine.catalogue import offers
from sitegen.doctrine.lessons import Lesson
from sitegen.doctrine.needs import Need, Voice
from sitegen.doctrine.questions import Question, questions
from sitegen.model import Client, Plan
from sitegen.site import dates
from sitegen.site.brief_words import start_words, titled
from sitegen.site.briefs import brief_of
from sitegen.site.context import Site
from sitegen.site.shown import Shown
from sitegen.site.views_brief_give import Gift, gifts
from sitegen.site.views_needs import SolutionLink, entry_url, solution_link
from sitegen.site.why import kind_name

ROOT = "../"
MOST_SAID, MOST_DOUBTS, MOST_OFFERS, MOST_LESSONS, MOST_SEATS = 2, 5, 5, 2, 8
"""What one A4 page holds; the rest stands on the client's page."""


class SeatView(Shown, frozen=True):
    """Somebody in the room."""

    name: str
    reading: str
    role: str
    since: Markup
    level: str
    times: Markup
    """How often met; empty: never."""
    last: Markup
    last_href: str
    by: tuple[str, ...]
    """The reps who met them, where nobody who goes now did."""
    said: tuple[str, ...]
    more_said: int
    at_last: bool
    heard: str
    """`there`, `told` or `no`: of the last talk with the strategic level."""
    told: str
    told_day: Markup


class Ask(Shown, frozen=True):
    """A question, and whom to put it to."""

    to: tuple[str, ...]
    """Empty: everybody."""
    text: Markup
    more: tuple[str, ...] = ()
    """What it is about, in small print."""


class Doubt(Shown, frozen=True):
    """Something not to be assumed."""

    text: str
    who: tuple[str, ...]
    """Empty: nobody, it is our own guess."""
    level: str
    """`strategic`, `working`, `both`, or empty for unknown."""
    day: Markup
    href: str
    status: str


class OfferView(Shown, frozen=True):
    """A solution, and whether anybody in the room has asked for it."""

    solution: SolutionLink
    needs: tuple[str, ...]
    asked: bool


class LessonLine(Shown, frozen=True):
    """A lesson, and where it was learned."""

    text: str
    day: Markup
    href: str
    client: str
    """Empty: here."""


class BriefView(Shown, frozen=True):
    """All that the brief's template may see."""

    name: str
    native: str
    """Empty where it only adds a 株式会社 to the name."""
    client_href: str
    kind: Markup
    day: Markup
    """Empty: nothing is planned."""
    when: str
    where: tuple[str, ...]
    phone: str
    reps: tuple[str, ...]
    stage: str
    visits: int
    needed: int
    left: int
    early: bool
    """Business was talked before the door was open."""
    step: str
    start: str
    """`basics`, `some`, `known`, `no-talk`, or `first` for a first talk with the strategic level."""
    start_text: Markup
    room: tuple[SeatView, ...]
    more_seats: int
    last: Markup
    """The day of the last meeting."""
    talk: Markup
    """The day of the last talk with the strategic level."""
    assistant: str
    asks: tuple[Ask, ...]
    doubts: tuple[Doubt, ...]
    more_doubts: int
    basics: tuple[SolutionLink, ...]
    offers: tuple[OfferView, ...]
    gifts: tuple[Gift, ...]
    given: int
    got: int
    gives_gifts: bool
    lessons: tuple[LessonLine, ...]
    away: tuple[str, ...]
    """Strategic people who are expected, or who may look in where nobody knows who is coming."""
    stayed: tuple[tuple[str, Markup, str], ...]
    """Who was expected before and did not come: name, day, link."""


def brief_view(site: Site, client: Client, plan: Plan | None) -> BriefView:
    """The brief of a client for one planned meeting; with `plan` None, for going today."""
    facts, manner = site.facts[client.key], site.t.manner
    found = brief_of(site, client, plan)
    basics = site.catalogue.unconfirmed(facts.board)
    page = site.url(ROOT, "client", client.key)
    return BriefView(
        name=client.name,
        native="" if client.name in client.native else client.native,
        client_href=page,
        kind=kind_name(site, plan.kind) if plan else Markup(""),
        day=dates.full(plan.date, manner) if plan else Markup(""),
        when=plan.time if plan else "",
        where=tuple(filter(None, (client.address, "" if client.area in client.address else client.area))),
        phone=client.phone,
        reps=tuple(site.rep_name(rep) for rep in found.reps),
        stage=client.stage,
        visits=facts.visits.count,
        needed=facts.visits.needed,
        left=facts.visits.left,
        early=facts.visits.early_business is not None,
        step=plan.step if plan else facts.next_step,
        start="first" if found.start == "no-talk" and found.top else found.start,
        start_text=start_words(site, client, found),
        room=tuple(_seat(site, client, seat, page) for seat in found.room[:MOST_SEATS]),
        more_seats=max(0, len(found.room) - MOST_SEATS),
        last=dates.medium(found.last.date, manner) if found.last else Markup(""),
        talk=dates.medium(found.talk.date, manner) if found.talk else Markup(""),
        assistant=found.assistant,
        asks=tuple(_ask(site, client, found, one) for one in questions(found, facts.board, basics)),
        doubts=tuple(_doubt(site, need, page) for need in found.doubts[:MOST_DOUBTS]),
        more_doubts=max(0, len(found.doubts) - MOST_DOUBTS),
        basics=tuple(solution_link(site, one, ROOT) for one in basics),
        offers=tuple(_offers(site, client, found)),
        gifts=tuple(gifts(site, client, ROOT)),
        given=len(facts.ledger.given),
        got=len(facts.ledger.got),
        gives_gifts=client.gifts,
        lessons=tuple(_lessons(site, client)),
        away=_may_stay_away(client, found),
        stayed=tuple((n, dates.medium(d, manner), entry_url(page, a)) for n, d, a in found.stayed_away),
    )


def _seat(site: Site, client: Client, seat: Seat, page: str) -> SeatView:
    manner = site.t.manner
    return SeatView(
        name=seat.name,
        reading=next((person.reading for person in client.people if person.name == seat.name), ""),
        role=seat.role,
        since=dates.partial(seat.since, manner) if seat.since else Markup(""),
        level=seat.level,
        times=site.t("brief.times", n=seat.times) if seat.times else Markup(""),
        last=dates.medium(seat.last.date, manner) if seat.last else Markup(""),
        last_href=entry_url(page, seat.last.anchor) if seat.last else "",
        by=tuple(site.rep_name(rep) for rep in seat.met_by),
        said=tuple(need.text for need in seat.said[:MOST_SAID]),
        more_said=max(0, len(seat.said) - MOST_SAID),
        at_last=seat.at_last,
        heard=seat.heard,
        told=seat.told.text if seat.told else "",
        told_day=dates.medium(seat.told.date, manner) if seat.told else Markup(""),
    )


def _ask(site: Site, client: Client, found: Brief, one: Question) -> Ask:
    joint = site.t("list.joint")
    above = joint.join(titled(site, client, name) for name in found.talk_with)
    texts = [need.text for need in one.about]
    speakers = joint.join(titled(site, client, v.who) for v in one.about[0].voices if v.who) if texts else ""
    text = site.t(
        f"brief.ask.{one.kind}",
        who=above,
        speaker=speakers or site.t("needs.somebody"),
        need=texts[0] if texts else "",
        other=texts[-1] if texts else "",
    )
    return Ask(one.to, text, tuple(basic.name for basic in one.basics))


def _doubt(site: Site, need: Need, page: str) -> Doubt:
    strategic, working = need.heard_on("strategic"), need.heard_on("working")
    level = "both" if strategic and working else "strategic" if strategic else "working" if working else ""
    last = need.voices[-1] if need.voices else None
    return Doubt(
        text=need.text,
        who=tuple(_speaker(site, voice) for voice in need.voices),
        level=level,
        day=dates.medium(last.date if last else need.date, site.t.manner),
        href=entry_url(page, last.anchor if last else need.anchor),
        status=need.status,
    )


def _speaker(site: Site, voice: Voice) -> str:
    """The name, and whether they have moved on."""
    name = voice.who or str(site.t("needs.somebody").unescape())
    return f"{name} {site.t('needs.left').unescape()}" if voice.left else name


def _offers(site: Site, client: Client, found: Brief) -> Iterator[OfferView]:
    """From basic to sophisticated; where there are many, what the room has asked for before the rest."""
    names = {seat.name for seat in found.room}
    every = [
        OfferView(
            solution_link(site, one, ROOT),
            tuple(need.text for need in needs),
            any(voice.who in names for need in needs for voice in need.voices),
        )
        for one, needs in offers(site.catalogue, site.facts[client.key].board.needs)
    ]
    chosen = sorted(every, key=lambda offer: not offer.asked)[:MOST_OFFERS]
    yield from (offer for offer in every if offer in chosen)


def _lessons(site: Site, client: Client) -> Iterator[LessonLine]:
    """This client's newest, and the newest learned with others at the same stage."""
    here = site.facts[client.key].lessons[:MOST_LESSONS]
    for lesson in (*here, *site.playbook.fitting(client.key, client.stage, MOST_LESSONS)):
        yield _lesson(site, lesson, client.key)


def _lesson(site: Site, lesson: Lesson, here: str) -> LessonLine:
    url = entry_url(site.url(ROOT, "client", lesson.client), lesson.anchor)
    other = "" if lesson.client == here else site.clients[lesson.client].name
    return LessonLine(lesson.text, dates.medium(lesson.date, site.t.manner), url, other)


def _may_stay_away(client: Client, found: Brief) -> tuple[str, ...]:
    """The strategic people who are expected; all of them where nobody knows who is coming."""
    if found.room or not found.plan:
        return found.top if found.plan else ()
    return found.talk_with
