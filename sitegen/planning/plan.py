"""What is known before anything is made: what changed since the last build, and what stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment

from sitegen.planning.digests import FRAMES, Digests, Stamps
from sitegen.planning.memory import Memory
from sitegen.planning.nodes import Node
from sitegen.site.context import Site, View
from sitegen.site.framing import Frames
from sitegen.site.work import Work

Standing = Callable[[str, str], bool]
"""Whether a file with this digest stands at this path."""
_OF_FRAMES = re.compile(f"{FRAMES}:").match


@dataclass(slots=True)
class Plan:
    """What is known before anything is made."""

    site: Site
    env: Environment
    work: Work
    memory: Memory
    stamps: Stamps
    all: bool
    """Settings, words or templates are others, or nothing is known: everything is made anew."""
    standing: Standing
    out: Path
    """Where the site stands."""
    changed: set[str] = field(default_factory=set)
    """The cells that are not what they were, as `table:key`."""
    touched: set[str] = field(default_factory=set)
    """The names of nodes that were made from one of these."""
    followed: set[str] = field(default_factory=set)
    """The cells of `changed` for which `touched` was found out."""
    digests: Digests = field(default_factory=dict)
    why: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Node → the cells for which it was made anew; none: it is new, or its files were not there."""
    reasons: dict[str, Sequence[str] | None] = field(default_factory=dict)
    """The same by the path of each file; None: everything was made anew."""
    there: set[str] = field(default_factory=set)
    """Nodes of this build."""
    early: Callable[[tuple[str, ...]], None] | None = None
    """Told which pages of clients, briefs and lists are in place, before the rest is made; None: nobody waits."""
    frames: Frames = field(default_factory=Frames)
    """New frames around pages that otherwise stand."""
    done: dict[str, str] = field(default_factory=dict)
    """Of those pages: path → digest."""
    views: dict[int, dict[str, View]] = field(default_factory=dict)
    """Views of pages by the number of their kind and their paths, where they were listed after all."""
    looked: set[str] = field(default_factory=set)
    """Shared tables that were compared."""
    words: dict[str, bytes | None] = field(default_factory=dict)
    """Of the clients whose parts were made anew: what the search knew of them."""

    def follow(self) -> None:
        """Finds out what was made from the cells that changed, as far as that is not known yet."""
        if not self.all:
            self.touched |= self.memory.nodes.touched(self.changed - self.followed)
            self.followed |= self.changed

    def fresh(self, name: str) -> Node | None:
        """The node, if it and its files are as they should be; else it is noted why not."""
        self.there.add(name)
        node = None if self.all else self.memory.nodes.get(name)
        touched = node is not None and name in self.touched
        if node is not None and not touched:
            for path, made in node.files:
                if made and not self.standing(path, made):
                    break
            else:
                return node
        self.why[name] = tuple(sorted(self.changed.intersection(node.cells))) if node and touched else ()
        return None

    def all_fresh(self, sort: str, paths: Sequence[str]) -> dict[str, str]:
        """Those of these files that are as they should be, and their digests; `fresh` tells of each of the others."""
        names = [f"{sort} {path}" for path in paths]
        self.there.update(names)
        if self.all:
            return {}
        touched, standing, found = self.touched, self.standing, {}
        for path, name, files in zip(paths, names, self.memory.nodes.files(names), strict=True):
            if len(files) == 1 and name not in touched and (made := files[0][1]) and standing(path, made):
                found[path] = made
        return found

    def again(self, name: str) -> str:
        """The digest of the node's one file, where its bytes are kept though it does not stand; else empty."""
        node = None if self.all or name in self.touched else self.memory.nodes.get(name)
        if node is None or len(node.files) != 1:
            return ""
        path, made = node.files[0]
        return made if made and self.memory.pages.has(path, made) else ""

    def inside(self, name: str) -> Node | None:
        """The node of a page, where nothing became another but its frame, and what stands in that is kept."""
        cells = self.why.get(name)
        node = self.memory.nodes.get(name) if cells and all(map(_OF_FRAMES, cells)) else None
        return node if node and self.memory.pages.in_two(*node.files[0]) else None

    def reason(self, name: str, path: str) -> None:
        """The file is made for the same reasons as the node."""
        self.reasons[path] = None if self.all else self.why.get(name, ())
