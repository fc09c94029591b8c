"""From what was found out to every file of the site: what stands already, and what is made anew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.config import Config
from sitegen.keeping.looks import look_of, looks_of
from sitegen.keeping.signatures import Signatures, digest
from sitegen.output.manifest import digest as digest_of
from sitegen.output.writing import Digested, Now, Same, Written
from sitegen.output.writing import digest_of as digest_of_content
from sitegen.planning.digests import Stamps, of, plain
from sitegen.planning.looking import look as look_at
from sitegen.planning.looking import look_on
from sitegen.planning.making import Made, make_early, make_files
from sitegen.planning.memory import Memory
from sitegen.planning.nodes import Node, told
from sitegen.planning.plan import Plan
from sitegen.planning.templates import others
from sitegen.planning.templates import templates as made_from
from sitegen.site.context import Site
from sitegen.site.messages import load_messages
from sitegen.site.navigation import nav
from sitegen.site.opening import make_site
from sitegen.site.pages import day_file, make_work
from sitegen.site.render import assets, environment
from sitegen.trace import ALL

if TYPE_CHECKING:
    from sitegen.build import Findings


@dataclass(slots=True)
class Whole:
    """A site to be: its plan, and how its folder looked before."""

    plan: Plan
    out: Path
    templates: Sequence[Path]
    attached: Mapping[str, Path | None]
    pinned: bool
    ground: bytes
    placed: Signatures
    """Of the files of the site, with the digests of their bytes."""
    made: dict[str, str] = field(default_factory=dict)
    """Path → digest, of all that the site is to hold."""

    def files(self) -> Iterator[tuple[str, bytes | Same | Now]]:
        """Every file, as path with bytes or where it stands already; see `Now` for what comes before them."""
        look_at(self.plan)
        if self.plan.early is not None:
            yield from make_early(self.plan)
            look_on(self.plan)
        for path, content in self._files():
            self.made[path] = digest_of_content(content)
            yield path, content

    def _files(self) -> Iterator[Made]:
        site = self.plan.site
        yield from self._copies()
        yield from self._assets()
        path, data = day_file(site.day, pinned=self.pinned)
        self.plan.reasons[path] = ("today:",)
        yield path, self._kept(path, data)
        yield from make_files(self.plan)

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
    words, found = others(templates, memory.signatures)
    ground = _ground(site, words, places)
    everything = memory.state("ground") != ground or not memory.paired()
    memory.parts.ground = ground
    placed = Signatures.of(memory.state("placed"), 0)
    env = environment(site, templates, places)
    made = made_from(templates)
    stamps = Stamps(findings.stamps, findings.days, findings.read, {}, made.own, made.frames, found)

    looks = looks_of(out)
    stands = {path: found for path, (seen, found) in placed.known.items() if looks.get(path) == seen}
    placed.seen = {path: (looks[path], found) for path, found in stands.items()}

    def standing(path: str, made: str) -> bool:
        found = stands.get(path)
        if found is None and path in looks:
            try:
                found = stands[path] = bytes.fromhex(digest_of((out / path).read_bytes()))
            except OSError:
                return False
            placed.seen[path] = looks[path], found
        return found is not None and found.hex() == made

    plan = Plan(site, env, make_work(site, env), memory, stamps, everything, standing, out, early=early)
    return Whole(plan, out, templates, attached, pinned, ground, placed)


def written_down(whole: Whole, written: Written) -> None:
    """The site is in place: remember from what it was made."""
    memory, placed = whole.plan.memory, whole.placed
    troubled = {*written.conflicts, *written.held}
    seen = {}
    for path, made in whole.made.items():
        kept = placed.seen.get(path)
        raw = bytes.fromhex(made)
        if kept is not None and kept[1] == raw and path not in troubled:
            seen[path] = kept
        elif path not in troubled and (there := look_of(whole.out / path)):
            # Nobody else writes here: what was put in place a moment ago is what stands there.
            seen[path] = there, raw
    placed.seen = seen
    memory.tell("ground", whole.ground)
    memory.tell("placed", placed.told())
    memory.tell("signatures", memory.signatures.told())
    memory.tell_digests(whole.plan.digests)
    memory.lasting(whole.made.keys())


def _ground(site: Site, words: bytes, places: object) -> bytes:
    """Stands for all that everything depends on: settings, words, the head of every page."""
    history = of((site.history.status, site.history.since))
    return digest(b"".join([of(plain(site.cfg)), of(plain(places)), history, words]))
