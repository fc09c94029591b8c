"""What a build believes of files of which nobody heard that they changed, until it looks at them itself.

Somebody who saves a note waits for its page, and hears nothing of ten thousand files that are as they were. So the
pages for which somebody waits are made from what was heard; before the rest is made everything is looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sitegen.notes.book import still_as_read
from sitegen.planning.memory import Memory
from sitegen.planning.templates import Drawn, drawn, read_templates


class Unheard(Exception):  # noqa: N818  its name says it
    """Something changed of which nobody heard: the build must begin anew and look at everything."""


def drawn_from(folders: Sequence[Path], memory: Memory) -> Drawn:
    """What templates, words and assets are; those of the last build where it is heard of notes alone."""
    last = memory.drawn
    if memory.notes.heard is None or last is None or last.folders != tuple(folders):
        known = last.templates if last else memory.recall("templates", read_templates)
        last = memory.drawn = drawn(folders, memory.signatures, known)
        if last.templates is not known:
            memory.learn("templates", last.templates)
    return last


def look_at_the_rest(memory: Memory) -> None:
    """Looks at what was believed. Raises `Unheard` where it is not as it was."""
    if memory.notes.heard is None:
        return
    last, signatures = memory.drawn, memory.signatures
    if (
        not still_as_read(memory.notes)
        or last is None
        or drawn(last.folders, signatures, last.templates) != last
    ):
        # what was not looked at yet is known all the same
        signatures.seen = {**signatures.known, **signatures.seen}
        raise Unheard
