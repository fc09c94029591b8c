"""R10 and R14, who looked after a client when: what the note says of it, and what only commits tell.

Article A (the perseverance test), opening: the person sells, so a client starts anew with each rep, and the visits
of the last one must not be counted as the new one's. A `handover:` in the note says it best: it knows the day. Where
the note says nothing, a commit that moved it to another rep's folder, or changed its `owner:`, says it nearly as
well.

Both tell of one change of hands where the giver is the same, and the note's day lies between the change committed
before and the one committed after.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from sitegen.model import Book, Client, Handover
from sitegen.past import History, NoteHistory, in_order


def with_owners(book: Book, history: History) -> Book:
    """The book, with the clients' hand-overs that only git tells beside those of their notes."""
    if not history.notes:
        return book
    clients = tuple([with_handovers(client, history.of(client.path)) for client in book.clients])
    return replace(book, clients=clients) if clients != book.clients else book


def with_handovers(client: Client, history: NoteHistory) -> Client:
    """The client with the hand-overs that only git tells; as it is where git tells none."""
    changed = _changed(history)
    added = []
    for n, (day, giver, _) in enumerate(changed):
        low = changed[n - 1][0] if n else dt.date.min
        high = changed[n + 1][0] if n + 1 < len(changed) else dt.date.max
        if giver and not any(h.rep == giver and low <= h.date <= high for h in client.handovers):
            added.append(Handover(giver, day, committed=True))
    if not added:
        return client
    told = sorted([*client.handovers, *added], key=lambda h: h.date)
    return replace(client, handovers=tuple(told))


def _changed(history: NoteHistory) -> list[tuple[dt.date, str, str]]:
    """Changes of hands by commits, oldest first, as day, giver, taker; of one day what was left in the evening."""
    days: dict[dt.date, tuple[str, str]] = {}
    for day, giver, taker in _owned(history):
        days[day] = (days[day][0] if day in days else giver, taker)
    return [(day, giver, taker) for day, (giver, taker) in days.items() if giver != taker]


def _owned(history: NoteHistory) -> Iterator[tuple[dt.date, str, str]]:
    for day, edit in in_order(history.edits):
        for change in edit.changes if not edit.created else ():
            if change.key == "owner":
                yield day, change.old, change.new
