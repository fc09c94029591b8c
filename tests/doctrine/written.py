"""A book from notes as text, for rules across clients: what a rep writes, read and linked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from making import CFG, DAYS, TODAY

from sitegen.config import Config
from sitegen.doctrine.closeness import Near, near
from sitegen.doctrine.facts import Facts
from sitegen.doctrine.rules import facts
from sitegen.model import Book, Client, Network
from sitegen.notes.linking import link_book
from sitegen.notes.note import read_note


@dataclass(frozen=True)
class Written:
    clients: dict[str, Client]
    facts: dict[str, Facts]
    network: Network
    cfg: Config = CFG
    today: dt.date = TODAY

    @property
    def nearness(self) -> list[Near]:
        """How near each client is to business."""
        return [near(client, self.facts[key]) for key, client in self.clients.items()]


def note(key: str, text: str, rep: str = "tanaka") -> Client:
    """The note of one client; its path holds the rep."""
    record = read_note(text.encode(), f"content/clients/{rep}/{key}.md", "client", CFG).record
    assert isinstance(record, Client)
    return record


def book(*clients: Client, cfg: Config = CFG, today: dt.date = TODAY) -> Written:
    """Clients with their facts and links."""
    found = {c.key: facts(c, cfg, DAYS, today, lambda _: "") for c in clients}
    return Written({c.key: c for c in clients}, found, link_book(Book(clients=clients)), cfg, today)
