"""The parts of the documentation that come from the code: settings, templates and the views they get."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import inspect
import json
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from sitegen.config import Backoff, Config, Portfolio
from sitegen.desk.settings_schema import SETTINGS
from sitegen.notes.schema import json_schema
from sitegen.notes.vocabulary import KINDS
from sitegen.site.shown import Shown

VIEWS: Mapping[str, str] = {
    "backer.html": "views_others.BackerView",
    "backers.html": "views_others.BackersView",
    "brief.html": "views_brief.BriefView",
    "care.html": "views_care.CareView",
    "changes.html": "views_changes.ChangesView",
    "client.html": "views_client.ClientView",
    "data.html": "data_view.DataView",
    "due.html": "views_due.DueView",
    "handover.html": "views_handover.HandoverView",
    "home.html": "views_home.HomeView",
    "introductions.html": "views_giving.IntroductionsView",
    "ledger.html": "views_giving.LedgerView",
    "list.html": "views_lists.ListView",
    "method.html": "views_method.MethodView",
    "network.html": "views_network.NetworkView",
    "occasions-rep.html": "views_occasions.RepOccasionsView",
    "occasions.html": "views_occasions.OccasionsView",
    "page.html": "views_others.PageView",
    "pages.html": "views_others.PagesView",
    "people.html": "views_people.PeopleView",
    "playbook.html": "views_playbook.PlaybookView",
    "portfolio-team.html": "views_team.TeamView",
    "portfolio.html": "views_portfolio.PortfolioView",
    "prestige.html": "views_prestige.PrestigeView",
    "problems.html": "views_problems.ProblemsView",
    "rep.html": "views_others.RepView",
    "reps.html": "views_others.RepsView",
    "solution.html": "views_others.SolutionView",
    "solutions.html": "views_others.SolutionsView",
    "week-index.html": "views_weeks.IndexView",
    "week.html": "views_week.WeekView",
    "weeks.html": "views_weeks.MondayView",
}
"""Template → the view it gets, in `sitegen/site/`. A test compares them with what the templates ask for."""


def made_parts() -> dict[str, dict[str, str]]:
    """Page → mark → what stands between `<!-- mark -->` and `<!-- end -->`."""
    return {
        "configuration.md": {"settings": settings_table()},
        "note.md": {"keys": keys_table(), "kinds": kinds_table()},
        "templates.md": {"views": views_table()},
    }


def keys_table() -> str:
    """Every key of a client's front matter, and the keys of rows below it."""
    schema = json_schema()
    rows = ["| key | what it says |", "|---|---|"]
    for key, about in schema["properties"].items():
        choices = next((way["enum"] for way in about.get("anyOf", ()) if "enum" in way), ())
        told = ": " + ", ".join(f"`{one}`" for one in choices) if key == "stage" else ""
        inner = next((name for name in schema["$defs"] if f"#/$defs/{name}" in json.dumps(about)), "")
        keys = ", ".join(f"`{one}`" for one in schema["$defs"][inner]["properties"]) if inner else ""
        said = (about.get("description") or about["title"]).replace("[[links]]", "`[[links]]`")
        many = "rows of" if '"array"' in json.dumps(about) else "one row of"
        rows.append(f"| `{key}` | {said}{told}{f'; {many} {keys}' if keys else ''} |")
    return "\n".join(rows) + "\n"


def kinds_table() -> str:
    """Every kind of entry with its words."""
    rows = ["| kind | | words |", "|---|---|---|"]
    rows += [
        f"| {kind.key} | {'●' if kind.face_to_face else ''} | {', '.join(kind.words)} |" for kind in KINDS
    ]
    return "\n".join(rows) + "\n"


def settings_table() -> str:
    """Every setting with its default and what it does."""
    rows = ["| setting | default | what it does |", "|---|---|---|"]
    for key, about in SETTINGS.items():
        default = getattr(Config(), key)
        rows.append(f"| `{key}` | {_default(default)} | {about['description']} |")
        for inner, schema in about.get("properties", {}).items():
            if "description" not in schema:
                continue
            value = default[inner] if isinstance(default, Mapping) else getattr(default, inner)
            rows.append(f"| `{key}: {inner}` | {_default(value)} | {schema['description']} |")
    return "\n".join(rows) + "\n"


def _default(value: Any) -> str:
    """A default as somebody would write it in `kayoi.yml`."""
    if isinstance(value, Portfolio):
        return "see below"
    if isinstance(value, Backoff):
        value = dataclasses.asdict(value)
    if isinstance(value, Mapping) and value:
        return ", ".join(f"`{key}: {one}`" for key, one in value.items())
    if isinstance(value, tuple) and value and all(isinstance(one, tuple) for one in value):
        return "`" + "..".join(f"{month:02}-{day:02}" for month, day in value) + "`"
    if isinstance(value, tuple) and value and dataclasses.is_dataclass(value[0]):
        return ", ".join(one.name for one in value)
    if isinstance(value, str):
        return f"`{value}`" if value else "none"
    if isinstance(value, tuple | Mapping):
        return f"`{json.dumps(list(value))}`" if value else "none"
    return f"`{json.dumps(value)}`"


def views_table() -> str:
    """Every template of a page with the view that it gets."""
    rows = ["| template | view | where it is defined |", "|---|---|---|"]
    for template, name in VIEWS.items():
        module, view = name.split(".")
        rows.append(f"| `{template}` | `{view}` | `sitegen/site/{module}.py` |")
    return "\n".join(rows) + "\n"


def view_class(name: str) -> type:
    """The class of a name in `VIEWS`."""
    module, _, view = name.partition(".")
    found: type = getattr(importlib.import_module(f"sitegen.site.{module}"), view)
    return found


@cache
def views_page() -> str:
    """The page that tells every field of every view; views are made of views, which follow them."""
    parts = [
        "# Views, field by field",
        "What each template gets as `view`. Nothing else can be asked of it: a field that is not here is an error in "
        "words. Texts of the type `Markup` are HTML already; all others are escaped.",
    ]
    told: set[type] = set()
    for template, name in VIEWS.items():
        parts.append(f"## {template}")
        for cls in _with_inner(view_class(name)):
            if cls not in told:
                told.add(cls)
                parts += [f"**{cls.__name__}**: {inspect.getdoc(cls) or ''}", "\n".join(_fields(cls))]
            elif cls is view_class(name):
                parts.append(f"**{cls.__name__}**, as above.")
    return "\n\n".join(parts) + "\n"


def _with_inner(cls: type) -> list[type]:
    """A view and the views of its own module that its fields hold."""
    found = [cls]
    for one in found:
        for kind in fields_of(one).values():
            for word in _words(kind):
                inner = getattr(importlib.import_module(one.__module__), word, None)
                known = inner in found or not inspect.isclass(inner)
                if not known and fields_of(inner) and inner.__module__.startswith("sitegen.site"):
                    found.append(inner)
    return found


def fields_of(cls: type) -> dict[str, str]:
    """The fields of a record with their types as written; none of what is no record."""
    if issubclass(cls, Shown):
        return {name: str(cls.__annotations__[name]) for name in cls.__struct_fields__}
    known = dataclasses.fields(cls) if dataclasses.is_dataclass(cls) else ()
    return {field.name: str(field.type) for field in known}


def _words(annotation: str) -> list[str]:
    return "".join(c if c.isalnum() or c == "_" else " " for c in annotation).split()


def _fields(cls: type) -> Iterator[str]:
    docs = _docstrings(cls)
    for name, kind in fields_of(cls).items():
        about = f": {docs[name]}" if name in docs else ""
        yield f"- `{name}` `{kind}`{about}"


def _docstrings(cls: type) -> dict[str, str]:
    """Field → the text that stands under it in the code."""
    body = _classes(inspect.getfile(cls))[cls.__name__].body
    return {
        field.target.id: " ".join(str(text.value.value).split())
        for field, text in pairwise(body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
    }


@cache
def _classes(file: str) -> dict[str, ast.ClassDef]:
    tree = ast.parse(Path(file).read_text(encoding="utf-8"))
    return {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
