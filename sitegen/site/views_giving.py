"""Give and take (rule R9): introductions worth making, and the ledger of what was given and received."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from sitegen.doctrine.closeness import CLOSEST, place
from sitegen.doctrine.introduced import Made
from sitegen.doctrine.introductions import Introduction
from sitegen.doctrine.ledger import Item, Ledger
from sitegen.model import MATURING, Client
from sitegen.site.context import BEST, Shared, Site
from sitegen.site.parts import DayRef, Ref, day_ref, ref
from sitegen.site.shown import Shown
from sitegen.site.standing import nearness
from sitegen.site.tabs import Tab, giving_tabs


class IntroView(Shown, frozen=True):
    """Two clients who have something to talk about."""

    seeker: Ref
    offerer: Ref
    wanted: str
    offered: str
    owners: Markup
    """Who owns them, in words."""
    both: bool
    """One rep owns both, or one has no owner: `owners` then says all there is to say."""


class OutcomeView(Shown, frozen=True):
    """Something written since."""

    client: Ref
    when: DayRef
    kind: str
    text: str


class MadeView(Shown, frozen=True):
    """An introduction that was made."""

    one: Ref
    other: Ref
    when: DayRef
    outcomes: tuple[OutcomeView, ...]


class IntroGroup(Shown, frozen=True):
    """Introductions whose nearer side is in one stage."""

    stage: str
    why: Markup
    items: tuple[IntroView, ...]


class IntroductionsView(Shown, frozen=True):
    """The page of introductions."""

    tabs: tuple[Tab, ...]
    groups: tuple[IntroGroup, ...]
    total: int
    shown: int
    made: tuple[MadeView, ...]
    made_total: int


class ItemView(Shown, frozen=True):
    """A line of the ledger."""

    kind: str
    when: DayRef
    text: str


class LedgerRow(Shown, frozen=True):
    """A client's ledger in one row."""

    client: Ref
    given: tuple[ItemView, ...]
    got: tuple[ItemView, ...]
    discounts: tuple[ItemView, ...]
    sentence: Markup


class LedgerPart(Shown, frozen=True):
    """Clients whose ledgers are alike."""

    rows: tuple[LedgerRow, ...]
    total: int
    """Rows that there are; those over the limit stand on the clients' own pages only."""


class LedgerView(Shown, frozen=True):
    """Who gave and who received, across clients."""

    tabs: tuple[Tab, ...]
    owing: LedgerPart
    """They gave more than they had from us."""
    asking: LedgerPart
    """They had much more than they gave."""
    discounts: LedgerPart


class GivingView(Shown, frozen=True):
    """The part on a client's own page."""

    ledger: bool
    """Whether the ledger is told: where something is in it, or giving something would help."""
    sentence: Markup
    given: tuple[ItemView, ...]
    got: tuple[ItemView, ...]
    discounts: tuple[ItemView, ...]
    introduce: tuple[IntroView, ...]
    more: int
    all_href: str


def client_giving(site: Site, client: Client) -> GivingView:
    """Ledger and introductions of one client, for its own page."""
    root = "../"
    book = site.facts[client.key].ledger
    found = site.introduced_to(client)
    return GivingView(
        ledger=not book.empty or client.stage in MATURING,
        sentence=_sentence(site, book),
        given=_items(site, client, book.given, root),
        got=_items(site, client, book.got, root),
        discounts=_items(site, client, book.discounts, root),
        introduce=tuple(_intro(site, one, root) for one in found.nearest),
        more=found.total - len(found.nearest),
        all_href=f"{root}introductions.html",
    )


def introductions_view(site: Site) -> IntroductionsView:
    """Introductions worth making by the nearer side's stage, then those made with what is written since."""
    best, total = site.shared(BEST)[""]
    shown, made = best[: site.cfg.list_rows], site.made[: site.cfg.list_rows]
    return IntroductionsView(
        tabs=giving_tabs(site, "introductions"),
        groups=tuple(_groups(site, shown)),
        total=total,
        shown=len(shown),
        made=tuple(made_view(site, one) for one in made),
        made_total=len(site.made),
    )


def _in_ledgers(site: Site) -> dict[str, tuple[tuple[str, ...], int]]:
    telling = [one for one in nearness(site).values() if one.balance is not None and one.stage != "dropped"]
    telling.sort(key=lambda one: one.by)
    parts = {
        "owing": [one.key for one in telling if (one.balance or 0) < 0],
        "asking": [one.key for one in telling if (one.balance or 0) >= site.cfg.may_ask],
        "discounts": [one.key for one in telling if one.discounted],
    }
    return {name: (tuple(keys[: site.cfg.list_rows]), len(keys)) for name, keys in parts.items()}


IN_LEDGERS: Shared[tuple[tuple[str, ...], int]] = Shared(
    "in-ledgers", _in_ledgers, tuple[tuple[str, ...], int]
)
"""By part of the page the clients that it shows, and how many there are in all."""


def ledger_view(site: Site) -> LedgerView:
    """Who gave more than they had, who had more than they gave, and where a discount was given; the nearest
    to business first.
    """

    def part(name: str) -> LedgerPart:
        shown, total = site.shared(IN_LEDGERS)[name]
        return LedgerPart(tuple(_row(site, site.clients[key]) for key in shown), total)

    return LedgerView(giving_tabs(site, "ledger"), part("owing"), part("asking"), part("discounts"))


def _groups(site: Site, shown: Sequence[Introduction]) -> Iterator[IntroGroup]:
    by_stage: dict[str, list[Introduction]] = {}
    for one in shown:
        stages = (site.clients[one.seeker].stage, site.clients[one.offerer].stage)
        by_stage.setdefault(min(stages, key=place), []).append(one)
    for stage, found in by_stage.items():
        why = site.t(f"giving.why-{stage}") if stage in CLOSEST else Markup("")
        yield IntroGroup(stage, why, tuple(_intro(site, one, "") for one in found))


def _intro(site: Site, one: Introduction, root: str) -> IntroView:
    seeker, offerer = ref(site, one.seeker, root), ref(site, one.offerer, root)
    theirs = {site.clients[one.seeker].owner, site.clients[one.offerer].owner}
    same = len(theirs) == 1
    if theirs == {""}:
        owners = site.t("giving.owns-none")
    elif "" in theirs:
        owners = site.t("giving.owns-one", rep=seeker.rep if site.clients[one.seeker].owner else offerer.rep)
    elif same:
        owners = site.t("giving.owns-both", rep=seeker.rep)
    else:
        owners = site.t("giving.owns-each", seeker=seeker.rep, offerer=offerer.rep)
    return IntroView(seeker, offerer, one.wanted, one.offered, owners, same or "" in theirs)


def made_view(site: Site, one: Made) -> MadeView:
    """An introduction as pages at the root tell it, with what is written since."""
    outcomes = tuple(
        OutcomeView(ref(site, o.client, ""), day_ref(site, o.client, o.date, o.anchor, ""), o.kind, o.text)
        for o in one.outcomes
    )
    when = day_ref(site, one.given_to, one.date, one.anchor, "")
    return MadeView(ref(site, one.given_to, ""), ref(site, one.other, ""), when, outcomes)


def _row(site: Site, client: Client) -> LedgerRow:
    book = site.facts[client.key].ledger
    return LedgerRow(
        ref(site, client.key, ""),
        _items(site, client, book.given, ""),
        _items(site, client, book.got, ""),
        _items(site, client, book.discounts, ""),
        _sentence(site, book),
    )


def _items(site: Site, client: Client, items: Sequence[Item], root: str) -> tuple[ItemView, ...]:
    """The newest first."""
    return tuple(
        [
            ItemView(item.kind, day_ref(site, client.key, item.date, item.anchor, root), item.line.text)
            for item in reversed(items)
        ]
        if items
        else ()
    )


def _sentence(site: Site, book: Ledger) -> Markup:
    given, got = len(book.given), len(book.got)
    if not given and not got:
        return site.t("giving.nothing")
    advice = "ask" if given > got else "give" if got > given else "even"
    return site.t("giving.balance", given=given, got=got, advice=site.t(f"giving.may-{advice}"))
