"""What a page is made from, written down while it is made.

Views look things up in the site, and read fields of records that they find there. Each look-up in one of the site's
tables is a cell, such as `("owned", "abe")`, and so is each field of a client or its facts that somebody reads, such
as `("client.stage", "yamato")`. The cells of a page, and what stood in each, tell the next build whether the page
must be made anew: nobody has to declare what a view depends on, and nobody can forget it.
"""

from __future__ import annotations

from types import TracebackType

Cell = tuple[str, str]
"""A table of the site and a key in it; the key `*` is all of it."""
ALL = "*"


class Trace:
    """Writes down cells while something is made; else it is deaf."""

    __slots__ = ("cells",)

    def __init__(self) -> None:
        """Deaf."""
        self.cells: set[Cell] | None = None

    def note(self, table: str, key: str) -> None:
        """A cell was read."""
        if self.cells is not None:
            self.cells.add((table, key))

    def listening(self) -> Listening:
        """Yields the cells that are read inside; what is made for somebody who listens already counts for both."""
        return Listening(self)

    def deaf(self) -> Deaf:
        """Writes nothing down inside: for what has a cell of its own."""
        return Deaf(self)


class Listening:
    """Collects cells between its two ends."""

    __slots__ = ("_before", "_found", "_trace")

    def __init__(self, trace: Trace) -> None:
        """Not yet."""
        self._trace = trace
        self._before: set[Cell] | None = None
        self._found: set[Cell] = set()

    def __enter__(self) -> set[Cell]:
        """From now on."""
        self._before, self._trace.cells = self._trace.cells, self._found
        return self._found

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        """Who listened before has heard all that was read inside."""
        before = self._trace.cells = self._before
        if before is not None:
            before |= self._found


class Deaf:
    """Hears nothing between its two ends."""

    __slots__ = ("_before", "_trace")

    def __init__(self, trace: Trace) -> None:
        """Not yet."""
        self._trace = trace
        self._before: set[Cell] | None = None

    def __enter__(self) -> None:
        """From now on."""
        self._before, self._trace.cells = self._trace.cells, None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        """Who listened before goes on."""
        self._trace.cells = self._before


TRACE = Trace()
"""That of this process: records tell it which of their fields are read, wherever they are handed to."""
