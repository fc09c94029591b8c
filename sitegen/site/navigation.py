"""The head of every page."""

from __future__ import annotations

from sitegen.site.context import Site
from sitegen.site.past import tells_changes
from sitegen.site.render import NavGroup, NavItem


def nav(site: Site) -> tuple[NavGroup, ...]:
    """The head of every page: six places, those within the place that the reader is in beneath.

    It holds no counts: a new problem must not rewrite ten thousand pages.
    """
    clients = "lists/kana.html" if site.t.lang == "ja" else "lists/name.html"
    playbook = [("playbook", "playbook.html")]
    if site.solutions:
        playbook.append(("solutions", "solutions.html"))
    if site.pages:
        only = next(iter(site.pages))
        playbook.append(("pages", "pages.html" if len(site.pages) > 1 else site.path("page", only)))
    team = [("reps", "reps.html"), ("portfolio", "portfolio.html"), ("weeks", "weeks.html")]
    if tells_changes(site):
        team.append(("changes", "changes.html"))
    groups = (
        [("home", "index.html")],
        [
            ("clients", clients),
            ("people", "people.html"),
            ("backers", "backers.html"),
            ("network", "network.html"),
        ],
        team,
        [("giving", "introductions.html")],
        playbook,
        [("problems", "problems.html")],
    )
    return tuple(
        NavGroup(tuple(NavItem(site.t(f"nav.{section}"), path, section) for section, path in group))
        for group in groups
    )
