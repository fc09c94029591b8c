"""What is given to be written: a file's bytes, or that it stands already."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sitegen.output.manifest import digest
from sitegen.records import dataclass


@dataclass(frozen=True, slots=True)
class Same:
    """A file that stands as the last build left it; whoever says so has looked."""

    digest: str
    """Of its bytes."""


class Digested(bytes):
    """A file's bytes whose digest is known: it was made where they were."""

    digest: str

    @staticmethod
    def of(data: bytes, digest: str) -> Digested:
        """`digest` is that of `data`."""
        made = Digested(data)
        made.digest = digest
        return made


@dataclass(frozen=True, slots=True)
class AllSame:
    """Not a file: all these stand as the last build left them; path → digest."""

    files: Mapping[str, str]


Content = bytes | Same
"""A file's bytes, or that they stand there already."""


@dataclass(frozen=True, slots=True)
class Now:
    """Not a file: those given so far are put in place at once, as far as they only take the place of our own.

    All of them are given once more among the files that follow, as they then stand.
    """

    then: Callable[[tuple[str, ...]], None]
    """Called with the paths of those that were changed."""


def digest_of(content: Content) -> str:
    """The digest of a file's bytes; worked out where nobody did so before."""
    return content.digest if isinstance(content, (Same, Digested)) else digest(content)
