"""Which client somebody means who types a part of its name."""

from __future__ import annotations

from collections.abc import Iterable

from sitegen.model import Client
from sitegen.text import fold


def clients_called(clients: Iterable[Client], word: str) -> tuple[Client, ...]:
    """Those whose name, native name, reading, alias or key is `word`; if none is, those that hold it.

    Case, width and kana don't count. In the order given; empty where nothing fits or `word` is empty.
    """
    wanted = fold(word)
    known = [(client, _names(client)) for client in clients] if wanted else []
    exact = tuple(client for client, names in known if wanted in names)
    return exact or tuple(client for client, names in known if any(wanted in name for name in names))


def _names(client: Client) -> frozenset[str]:
    names = (client.name, client.native, client.reading, client.key, *client.aliases)
    return frozenset(fold(name) for name in names if name)
