"""`make docs`: the documentation as a site, built by Kayoi; `--write` puts what comes from the code into its pages.

The pages are ordinary Markdown that reads well on a git host too. Here they are laid out as a book of plain pages,
together with templates of their own, which is also an example of what a team's templates can do.
"""

from __future__ import annotations

import posixpath
import re
import shutil
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent
sys.path[:0] = [str(ROOT), str(DOCS)]

from made import made_parts, views_page  # noqa: E402 - beside this file

PAGES: dict[str, dict[str, str]] = {
    "Begin": {
        "start.md": "From an empty folder to a list of whom to visit, in ten minutes",
        "note.md": "One file a client: what may stand in it",
        "doctrine.md": "The method, rule by rule, and where each appears",
    },
    "Every day": {
        "desk.md": "The verbs at the terminal",
        "import.md": "Several hundred contacts at once",
        "editors.md": "VS Code, Obsidian, and a check before each commit",
    },
    "Your own": {
        "configuration.md": "Every setting of kayoi.yml with its default",
        "templates.md": "Other pages, other words, other colours",
        "views.md": "What each template may see, field by field",
    },
    "For the team": {
        "hosting.md": "Where the pages can live, and who can see them there",
        "deploy/gitlab-pages.md": "GitLab Pages, for members only",
        "deploy/github-pages.md": "GitHub, and why not its Pages",
        "deploy/nginx.md": "A server inside the company, with a password",
        "deploy/windows-share.md": "A file server and nothing else",
    },
    "To look up": {
        "history.md": "What git tells of the past, and what never",
        "data.md": "Calendars, tables for Excel, JSON for scripts",
        "troubleshooting.md": "What is seen, why, and what to do",
        "decisions.md": "Why things are as they are, with what was measured",
    },
}
"""Every page in the order of reading: file below `docs/` → what it tells. `views.md` is made here, not kept."""
_LINK = re.compile(r"(?P<shown>!?\[[^\]\n]*\])\((?P<to>[^)\s]+)\)")
_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_FENCE = re.compile(r"^(```+|~~~+).*?^\1`*\s*$", re.MULTILINE | re.DOTALL)


def sources() -> dict[str, str]:
    """File below `docs/` → its text; pages that are still to come are left out."""
    told = [name for group in PAGES.values() for name in group]
    texts = {name: (DOCS / name).read_text(encoding="utf-8") for name in told if (DOCS / name).is_file()}
    return {
        name: views_page() if name == "views.md" else texts[name]
        for name in told
        if name in {*texts, "views.md"}
    }


def title(text: str) -> str:
    """A page's first heading."""
    return next(line[2:].strip() for line in text.splitlines() if line.startswith("# "))


def flat(name: str) -> str:
    """A page's file name in the book, which has plain pages in one folder only."""
    return posixpath.basename(name)


def settled(name: str, text: str) -> str:
    """A page's text with its links as the book has them; a file that is no page is named instead."""
    parts, end = [], 0
    for fence in [*_FENCE.finditer(text), None]:
        plain = text[end : fence.start() if fence else len(text)]
        linked = _LINK.sub(lambda link: _settle(link, name), plain)
        parts.append(_CODE.sub(lambda code: _spoken_of(code[0]), linked))
        if fence:
            parts.append(_spoken_of(fence[0]))
            end = fence.end()
    return "".join(parts)


def _spoken_of(code: str) -> str:
    """A mark of private parts that a page only speaks of: in a note nothing can keep it from being one.

    A word joiner, which nobody sees, stands between its signs.
    """
    return code.replace("%%", "%\u2060%").replace("<!--", "<\u2060!--")


def _settle(link: re.Match[str], name: str) -> str:
    to, _, anchor = link["to"].partition("#")
    if not to or urlsplit(to).scheme:
        return link[0]
    path = posixpath.normpath(posixpath.join("docs", posixpath.dirname(name), to))
    inside = path.removeprefix("docs/")
    if any(inside in group for group in PAGES.values()):
        return f"{link['shown']}({flat(inside)}{'#' + anchor if anchor else ''})"
    return f"{link['shown']}({inside})" if inside.startswith("img/") else f"`{path}`"


def lay_out(book: Path) -> None:
    """The book: pages, pictures, templates with the list of pages, settings."""
    content = book / "content"
    content.mkdir(parents=True)
    texts = sources()
    for name, text in texts.items():
        (content / flat(name)).write_text(settled(name, text), encoding="utf-8")
    shutil.copytree(DOCS / "img", content / "img")
    shutil.copytree(DOCS / "templates", book / "templates")
    shutil.copy(DOCS / "kayoi.yml", book)
    groups = {
        group: [
            (flat(name).removesuffix(".md"), title(texts[name]), about)
            for name, about in pages.items()
            if name in texts
        ]
        for group, pages in PAGES.items()
    }
    # The list of pages is filled in here, once; what stays in double braces is for Kayoi.
    fill = Environment(
        loader=FileSystemLoader(book / "templates"),
        autoescape=True,
        variable_start_string="<<",
        variable_end_string=">>",
        block_start_string="<%",
        block_end_string="%>",
        keep_trailing_newline=True,
        trim_blocks=True,
    )
    for file in ("layout-nav.html", "docs-list.html", "home.html"):
        text = fill.get_template(file).render(groups=groups)
        (book / "templates" / file).write_text(text, encoding="utf-8")


def build(out: Path) -> int:
    """Build the site into `out`; the exit code, 1 for any problem in a page."""
    from click.testing import CliRunner

    from sitegen.cli import cli

    with tempfile.TemporaryDirectory() as folder:
        lay_out(Path(folder) / "docs")
        result = CliRunner().invoke(
            cli, ["build", "--strict", "-f", str(Path(folder) / "docs/kayoi.yml"), "-o", str(out)]
        )
    sys.stdout.write(result.output)
    return result.exit_code


def write() -> None:
    """Put what comes from the code into the pages between its marks."""
    for name, parts in made_parts().items():
        text = (DOCS / name).read_text(encoding="utf-8")
        for mark, made in parts.items():
            text = re.sub(
                rf"(<!-- {mark} -->\n).*?(<!-- end -->)",
                lambda found, made=made: found[1] + made + found[2],
                text,
                flags=re.DOTALL,
            )
        (DOCS / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    if "--write" in sys.argv:
        write()
    else:
        sys.exit(build(ROOT / "dist" / "docs"))
