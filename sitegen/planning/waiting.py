"""What a preview gets ready while nobody waits: all that the next save will ask for first."""

from __future__ import annotations

from sitegen.config import Config
from sitegen.doctrine.introducing import Introducing
from sitegen.notes.note import read_note
from sitegen.planning.digests import FOUND, plain_of
from sitegen.planning.memory import Held
from sitegen.planning.plan import Plan
from sitegen.site.pages import KINDS

_NOTE = b"---\nname: A\npeople:\n  - name: B\n---\n### 2026-01-05 visit: B\n- need: C **d**\n"
"""Whoever reads it has at hand what reading takes."""


def get_ready(plan: Plan) -> Held:
    """Keeps what this build found and rendered, and finds what the next one goes on from though this one did not."""
    memory, site, lists = plan.memory, plan.site, (*plan.work.first, *plan.work.lists)
    read_note(_NOTE, "a.md", "client", Config())
    for kind in KINDS:
        if kind.early:
            plan.env.get_template(kind.template)
    memory.nodes.turn()
    with site.trace.deaf():
        for make in FOUND.values():
            make(site, memory.tables)
        for one in () if memory.held.ready else lists:
            memory.tables.digests(one.name, plain_of(one.make(site)).items())
        site.shelf.going_on(Introducing).get_ready()
    names = (*FOUND, *[f"shared {one.name}" for one in lists])
    findings = {name: found for name in names if (found := site.finding(name))}
    return Held(findings, plan.work.rows, ready=True)
