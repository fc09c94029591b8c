"""What a brief says in sentences: where to start, and short of that on the client's page (rule R11)."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

from sitegen.doctrine.briefing import Brief
from sitegen.doctrine.facts import Reason
from sitegen.model import Client
from sitegen.site import dates
from sitegen.site.briefs import brief_of, plan_of
from sitegen.site.context import Site


def titled(site: Site, client: Client, name: str) -> Markup:
    """A person with the role: "President Sato Kenji", "Ogawa Chie (Assistant to the president)"."""
    person = client.person(name)
    if person is None or not person.role:
        return escape(name)
    short = person.role.isascii() and person.role.isalpha()
    return site.t("brief.titled" if short else "brief.titled-long", name=name, role=person.role)


def start_words(site: Site, client: Client, found: Brief) -> Markup:
    """Where to start, and why: the sentence of the box on top of a brief."""
    joint = site.t("list.joint")
    if found.talk is None:
        if found.top:
            return site.t("brief.start.first", who=_titles(site, client, found.top))
        return site.t("brief.start.no-talk")
    words = {
        "who": _titles(site, client, found.talk_with),
        "date": dates.medium(found.talk.date, site.t.manner),
        "names": joint.join(found.unbriefed),
        "n": len(found.unbriefed),
    }
    return site.t(f"brief.start.{'unknown' if not found.room else found.start}", **words)


def short_words(site: Site, client: Client, reason: Reason) -> Markup:
    """The same in short for a planned meeting, for the client's page; empty where everybody knows."""
    plan = plan_of(site, client, reason)
    if plan is None:
        return Markup("")
    found = brief_of(site, client, plan)
    if found.start == "known":
        return Markup("")
    if found.talk is None:
        return site.t("brief.short.no-talk") if not found.top else Markup("")
    names = site.t("list.joint").join(found.unbriefed)
    who = _titles(site, client, found.talk_with)
    kind = "unknown" if not found.room else found.start
    return site.t(f"brief.short.{kind}", who=who, names=names, n=len(found.unbriefed))


def _titles(site: Site, client: Client, names: Iterable[str]) -> Markup:
    return site.t("list.joint").join(titled(site, client, name) for name in names)
