"""The links of a book, from how they were at the last build."""

from __future__ import annotations

from sitegen.keeping.coding import decode, encode
from sitegen.model import Book, Network
from sitegen.notes.relinking import MANY, Linked, Named, link_again, link_all, network_of
from sitegen.planning.memory import Memory
from sitegen.processes import beside, may_copy


def find_network(book: Book, memory: Memory) -> Network:
    """All links of the book, of whose notes `memory` knows the ties."""
    ties = memory.notes.ties
    known = memory.recall("linked", _linked), memory.recall("named", _named)
    if known[0] and known[1]:
        if known[0].ties == ties:
            return network_of(known[0], known[1])
        again = link_again(book, ties, known[0], known[1])
        if again:
            memory.learn("linked", again)
            return network_of(again, known[1])
    linked, named = _link_all(book, memory)
    memory.learn("linked", linked)
    memory.learn("named", named)
    return network_of(linked, named)


def _link_all(book: Book, memory: Memory) -> tuple[Linked, Named]:
    """All links anew. Where there are many clients a copy of the process looks into them, and takes that with it."""
    ties = memory.notes.ties
    if len(book.clients) < MANY or not may_copy():
        return link_all(book, ties)
    memory.before_copies()

    def work() -> tuple[bytes, bytes]:
        linked, named = link_all(book, ties)
        return encode(linked), encode(named)

    with beside(work) as copy:
        linked, named = copy.wait()
    return _linked(linked), _named(named)


def _linked(data: bytes) -> Linked:
    found: Linked = decode(data, Linked)
    return found


def _named(data: bytes) -> Named:
    found: Named = decode(data, Named)
    return found
