"""The rules that speak about one client, and all they find out about it.

The two articles (A, the perseverance test; B, missing the real needs) are one method, not a heap of tips:
each rule is a file of its own, and here is what there is of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from sitegen.config import Config
from sitegen.doctrine.backoff import backoff_until
from sitegen.doctrine.briefing import brief
from sitegen.doctrine.cadence import cadence
from sitegen.doctrine.catalogue import catalogue
from sitegen.doctrine.chairs import chairs
from sitegen.doctrine.cohorts import cohorts
from sitegen.doctrine.contacts import contacts
from sitegen.doctrine.due import due
from sitegen.doctrine.faces import faces
from sitegen.doctrine.facts import Facts
from sitegen.doctrine.introductions import introductions
from sitegen.doctrine.ledger import ledger
from sitegen.doctrine.lessons import lessons
from sitegen.doctrine.meetings import meetings
from sitegen.doctrine.needs import needs
from sitegen.doctrine.perseverance import perseverance
from sitegen.doctrine.portfolio import portfolio
from sitegen.doctrine.prestige import prestige
from sitegen.doctrine.promises import promises
from sitegen.doctrine.qualifying import qualified
from sitegen.doctrine.questions import questions
from sitegen.doctrine.references import reference_sites
from sitegen.doctrine.said import last_said, next_step
from sitegen.doctrine.sharing import shared
from sitegen.doctrine.stalls import stalls
from sitegen.doctrine.threads import thread
from sitegen.doctrine.visits import visits
from sitegen.doctrine.workdays import Workdays
from sitegen.model import Client
from sitegen.records import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the table of rules."""

    number: str
    """As the doctrine numbers it, such as `R1`."""
    function: Callable[..., object]
    """Where the rule is; its module holds the article's reason."""
    reason: str
    """Why, in one line."""


RULES: tuple[Rule, ...] = (
    Rule("R1", visits, "Visit ten times and become friends before business is talked."),
    Rule("R2", backoff_until, "Three calls without an answer are enough: let a month pass before the next."),
    Rule("R3", shared, "Tell them what went wrong and ask what they would do; never whine."),
    Rule("R4", perseverance, "They watch whether you still come after they said no."),
    Rule("R5", qualified, "Spend persistence on clients that are big, or have somebody big behind them."),
    Rule("R6", prestige, "Win the client that everybody knows first: it gives the next ones confidence."),
    Rule("R6", reference_sites, "A site that may be visited sells better than you: take people to see it."),
    Rule("R7", portfolio, "Meet many, winnow, then keep as many as you can see in their rhythm."),
    Rule("R7", cohorts, "Look back by the quarter: how many were met for one that ripened."),
    Rule("R8", cadence, "The nearer to business, the more often you go."),
    Rule("R8", promises, "Whoever keeps a promise is worth supporting."),
    Rule("R8", meetings, "A date that was made is kept, and written up."),
    Rule("R9", introductions, "Instead of a discount bring them a client of their own."),
    Rule("R9", ledger, "Whoever has given may ask."),
    Rule("R10", thread, "The bigger the deal, the less it may hang on one person at the client."),
    Rule("R11", brief, "Nobody has been briefed: ask what they were told before you say what you know."),
    Rule("R11", questions, "Ask first, and put each question to the one who can answer it."),
    Rule("R12", needs, "The top and the floor want different things: write down who said which."),
    Rule("R13", catalogue, "However old and large the firm is, take no basics for granted."),
    Rule("R14", chairs, "Whoever sells for ten years sells to a chair: know who sits in it, and who did."),
    Rule("R14", stalls, "Note where it stopped each time, even where nobody knows why."),
    Rule("R14", faces, "Somebody new in a chair knows nothing of what was said: greet them early."),
    Rule("R15", lessons, "Promise to do better: a lesson becomes a rule."),
    Rule("R8", due, "A client is due at the earliest of its reasons."),
)
"""Every rule about one client, in the order of the doctrine; `due` puts those before it together."""


def facts(
    client: Client, cfg: Config, workdays: Workdays, today: dt.date, size_of: Callable[[str], str]
) -> Facts:
    """Everything the rules say about `client` as on `today`. Raises nothing, whatever the note holds.

    `size_of` gives a backer's size by its name, empty where nobody knows. The same note gives the same
    facts on every day, unless it holds dates that are still to come on one of them.
    """
    log = contacts(client, today)
    said, said_by = last_said(log)
    given = ledger(log)
    return Facts(
        due=due(client, cfg, workdays, today, log),
        visits=visits(client, cfg, today, log),
        perseverance=perseverance(log),
        qualified=qualified(client, size_of),
        first_contact=log.first,
        last_contact=log.last,
        last_said=said,
        said_by=said_by,
        next_step=next_step(client, log),
        board=needs(client, log, today),
        lessons=lessons(client, log),
        chairs=chairs(client),
        stalls=stalls(client, cfg, log),
        shared=shared(log),
        thread=thread(client, cfg, today, log),
        ledger=given,
        moved=any(line.word == "stage" and line.text for entry in log.past for line in entry.lines),
        balance=None if given.empty else given.balance,
        discounted=bool(given.discounts),
    )
