"""R5, worth the time: the client is big, or somebody big stands behind it.

Article A (the perseverance test), point 3: persistence eats time, so spend it on clients that are large
themselves or have the ear of somebody who is; small ones will usually tell you who stands behind them.
"""

from __future__ import annotations

from collections.abc import Callable

from sitegen.doctrine.facts import Qualified
from sitegen.model import Backer, Client

_SMALLER = frozenset({"mid", "small"})


def qualified(client: Client, size_of: Callable[[str], str]) -> Qualified:
    """Whether `client` is worth the time, and through whom.

    `size_of` gives a backer's size by its name (from its own note), empty where nobody knows. A backer
    counts as big unless that or the `size` written beside its name says mid or small. A client of unknown
    size is not large.
    """
    if client.size == "large":
        return Qualified("large")
    through = next((b.name for b in client.backers if _big(b, size_of)), None)
    return Qualified("not-yet") if through is None else Qualified("backer", through)


def _big(backer: Backer, size_of: Callable[[str], str]) -> bool:
    return backer.size not in _SMALLER and size_of(backer.name) not in _SMALLER
