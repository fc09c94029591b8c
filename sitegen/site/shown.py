"""What views are made of. A leaf: imports nothing of Kayoi."""

from __future__ import annotations

import msgspec


class Shown(msgspec.Struct, frozen=True, gc=False):
    """A record for a template, such as a line of a page: there are hundreds on each of ten thousand pages.

    As a frozen dataclass, with the same fields, equal where they are and never changed, but made in a tenth of the
    time. No view holds one that holds it, so nobody need look for circles.
    """
