"""A minimal site: a page for each client and one list by due date."""

import datetime as dt
import sys
from pathlib import Path

import yaml
from markdown import Markdown
from pelican import signals
from pelican.readers import MarkdownReader

CADENCE = {"approach": 30, "wtt": 30, "possible": 14, "probable": 7, "won": 30}

SITENAME = "Clients"
SITEURL = ""
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
PATH = "content"
OUTPUT_PATH = "output"
THEME = str(Path(__file__).with_name("theme"))
ARTICLE_PATHS = ["clients"]
PAGE_PATHS = []
STATIC_PATHS = []
ARTICLE_URL = ARTICLE_SAVE_AS = "{author}/{slug}.html"
SLUGIFY_SOURCE = "basename"
DIRECT_TEMPLATES = ["index"]
CATEGORY_SAVE_AS = AUTHOR_SAVE_AS = TAG_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None
DEFAULT_PAGINATION = False
WITH_FUTURE_DATES = True


class NoteReader(MarkdownReader):
    """Markdown with YAML front matter; Pelican's own reader takes flat keys only."""

    _markdown = Markdown(extensions=["tables"], output_format="html")

    def read(self, path):
        body, meta = Path(path).read_text(encoding="utf-8"), {}
        if body.startswith("---\n"):
            _, head, body = body.split("---\n", 2)
            meta = yaml.load(head, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        stage, last = meta.get("stage", "approach"), meta.get("last_visit")
        due = "never" if stage not in CADENCE else "0000-00-00"
        if last and stage in CADENCE:
            due = (last + dt.timedelta(CADENCE[stage])).isoformat()
        known = {
            "title": meta.get("name", Path(path).stem),
            "date": (last or dt.date(2000, 1, 1)).isoformat(),
            "category": stage,
            "author": Path(path).parent.name,
        }
        told = {key: self.process_metadata(key, value) for key, value in known.items()}
        return self._markdown.reset().convert(body), told | {"due": due, "note": meta}


def add_reader(readers):
    readers.reader_classes["md"] = NoteReader


def register():
    signals.readers_init.connect(add_reader)


PLUGINS = [sys.modules[__name__]]
JINJA_FILTERS = {"by_due": lambda articles: sorted(articles, key=lambda a: (a.due, a.slug))}
