"""From what was found out to every file of the site: what stands already, and what is made anew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.config import Config
from sitegen.keeping.looks import look_of, looks_of
from sitegen.keeping.signatures import Kept, Signature, digest, read_kept
from sitegen.output.content import AllSame, Digested, Now, Same
from sitegen.output.content import digest_of as digest_of_content
from sitegen.output.manifest import digest as digest_of
from sitegen.output.writing import Written
from sitegen.planning.believing import drawn_from, look_at_the_rest
from sitegen.planning.cells import told
from sitegen.planning.counting import NUMBERS, Others, counted_beside
from sitegen.planning.digests import Stamps, days_come, of, plain
from sitegen.planning.early import make_early
from sitegen.planning.looking import look as look_at
from sitegen.planning.looking import look_at_tables, look_on
from sitegen.planning.making import Made, make_files
from sitegen.planning.memory import Held, Memory
from sitegen.planning.nodes import Node
from sitegen.planning.plan import Plan
from sitegen.planning.waiting import get_ready
from sitegen.site.context import Site
from sitegen.site.messages import load_messages
from sitegen.site.navigation import nav
from sitegen.site.opening import make_site
from sitegen.site.pages import day_file
from sitegen.site.render import assets, environment
from sitegen.site.work import make_work
from sitegen.trace import ALL

if TYPE_CHECKING:
    from sitegen.build import Findings

FAR = 10_000
"""So many days after or before the last build everything is made anew."""


class Placed:
    """The files of the site's folder: what stands there, by the signatures of the last build."""

    def __init__(self, out: Path, known: Kept) -> None:
        """`known`: those of the last build, as `told` below gives them. They are believed until somebody looks."""
        self._out, self._known = out, known
        self._looks: Mapping[str, Signature] = {}
        self._stands = known
        """How those files look that stand as they did, with the digests of their bytes."""

    def look(self) -> None:
        """How the files look now; only what looks as it did still stands."""
        looks = self._looks = looks_of(self._out)
        self._stands = {path: one for path, one in self._known.items() if looks.get(path) == one[0]}

    def __call__(self, path: str, made: str) -> bool:
        """Whether a file with this digest stands at this path."""
        found = self._stands.get(path)
        if found is None and path in self._looks:
            try:
                read = bytes.fromhex(digest_of((self._out / path).read_bytes()))
            except OSError:
                return False
            found = self._stands[path] = self._looks[path], read
        return found is not None and found[1].hex() == made

    def left(self, made: Kept, removed: Collection[str]) -> dict[str, Signature]:
        """How all files look now, whoever they are of, if only these were made or removed since `look`."""
        return {
            **{path: look for path, look in self._looks.items() if path not in removed},
            **{path: look for path, (look, _) in made.items()},
        }

    def told(self, made: Mapping[str, str], troubled: Container[str]) -> Kept:
        """For the next build: the files that were `made`, path → digest, but those that could not be written."""
        seen = {}
        for path, digest_made in made.items():
            kept = self._stands.get(path)
            raw = bytes.fromhex(digest_made)
            if path in troubled:
                continue
            if kept is not None and kept[1] == raw:
                seen[path] = kept
            elif there := look_of(self._out / path):
                # Nobody else writes here: what was put in place a moment ago is what stands there.
                seen[path] = there, raw
        return seen


@dataclass(slots=True)
class Whole:
    """A site to be: its plan, and how its folder looked before."""

    plan: Plan
    templates: Sequence[Path]
    attached: Mapping[str, Path | None]
    pinned: bool
    ground: bytes
    placed: Placed
    waited: bool
    """Somebody waits for pages as they are saved, and will again."""
    made: dict[str, str] = field(default_factory=dict)
    """Path → digest, of all that the site is to hold."""

    def files(self) -> Iterator[tuple[str, bytes | Same | AllSame | Now]]:
        """Every file, as path with bytes or where it stands already; see `Now` for what comes before them."""
        plan = self.plan
        look_at(plan)
        with counted_beside(plan) as counted:
            look_at_tables(plan, but=plan.work.counting.shared if counted else ())
            if plan.early is not None:
                yield from make_early(plan)
                look_at_the_rest(plan.memory)
                look_on(plan)
            else:
                look_at_the_rest(plan.memory)
            if self.waited:
                # for the pages for which somebody waits the last build is believed; for all others it is seen
                self.placed.look()
            else:
                plan.site.let_go()
            for path, content in self._files(counted):
                if isinstance(content, AllSame):
                    self.made.update(content.files)
                else:
                    self.made[path] = digest_of_content(content)
                yield path, content

    def _files(self, counted: Others | None) -> Iterator[Made]:
        site = self.plan.site
        yield from self._copies()
        yield from self._assets()
        path, data = day_file(site.day, pinned=self.pinned)
        self.plan.reasons[path] = ("today:",)
        yield path, self._kept(path, data)
        yield from make_files(self.plan, NUMBERS, *counted) if counted else make_files(self.plan)

    def _copies(self) -> Iterator[Made]:
        """The pictures and files of the notes."""
        for path, source in self.attached.items():
            if source:
                self.plan.there.add(f"copy {path}")
                yield path, self._kept(path, source.read_bytes())

    def _assets(self) -> Iterator[Made]:
        known = self.plan.fresh("assets")
        if known:
            yield from ((path, Same(made)) for path, made in known.files)
            return
        found = list(assets(self.templates))
        files = tuple((path, digest_of(data)) for path, data in found)
        self.plan.memory.nodes.make("assets", Node(files, told([("assets", ALL)])))
        for path, data in found:
            self.plan.reason("assets", path)
            yield path, self._kept(path, data)

    def _kept(self, path: str, data: bytes) -> bytes:
        """A file that was copied, kept in case the site is lost."""
        made, pages = digest_of(data), self.plan.memory.pages
        if not pages.has(path, made):
            pages.take_whole(path, made, data)
        return Digested.of(data, made)


def site_of(
    findings: Findings,
    cfg: Config,
    today: dt.date,
    templates: Sequence[Path],
    attached: Mapping[str, Path | None],
    out: Path,
    memory: Memory,
    *,
    pinned: bool,
    early: Callable[[tuple[str, ...]], None] | None = None,
) -> Whole:
    """What is to be made of the findings, and what is known of how it stands."""
    from sitegen.doctrine.workdays import Workdays

    public = tuple(problem for problem in findings.problems if not problem.private)
    t = load_messages(cfg.lang, templates, era=cfg.era)
    site = make_site(
        replace(findings.book, problems=public), findings.network, findings.facts, cfg, today, t,
        Workdays(cfg).closed, findings.history, memory.parts,
    )  # fmt: skip
    places = nav(site)
    lies = drawn_from(templates, memory)
    ground = _ground(site, lies.words, places)
    days = days_come(memory.digests(), today)
    known = memory.state("ground") == ground and memory.paired() and days is not None and len(days) <= FAR
    memory.parts.ground, memory.parts.holding = ground, early is not None
    placed = Placed(out, memory.recall("placed", read_kept) or {})
    if early is None:
        placed.look()
    made = lies.templates
    with_words = (ground, site.day, lies)
    if memory.environment is None or memory.environment[0] != with_words:
        memory.environment = with_words, environment(site, templates, places)
    env = memory.environment[1]
    stamps = Stamps(findings.stamps, findings.read, {}, made.own, made.frames, lies.assets)

    plan = Plan(site, env, make_work(site, env), memory, stamps, not known, placed, out, early=early)
    return Whole(plan, templates, attached, pinned, ground, placed, early is not None)


def written_down(whole: Whole, written: Written) -> Mapping[str, Signature]:
    """The site is in place: remember from what it was made. Tells how its files look."""
    memory = whole.plan.memory
    placed = whole.placed.told(whole.made, {*written.conflicts, *written.held})
    memory.tell("ground", whole.ground)
    memory.learn("placed", placed)
    memory.tell("signatures", memory.signatures.told())
    memory.tell_digests(whole.plan.digests)
    memory.lasting(whole.made.keys())
    memory.held = get_ready(whole.plan) if whole.waited else Held()
    return whole.placed.left(placed, {*written.removed})


def _ground(site: Site, words: bytes, places: object) -> bytes:
    """Stands for all that everything depends on: settings, words, the head of every page."""
    history = of((site.history.status, site.history.since))
    return digest(b"".join([of(plain(site.cfg)), of(plain(places)), history, words]))
