"""Pages that tell a book's history: how a client moved, what changed when, and what is missing."""

import datetime as dt
import re
from functools import lru_cache

import pytest
from site_fakebook import TEMPLATES, TODAY, config, line, simple
from site_fakebook import entry as written

from sitegen.doctrine.owners import with_owners
from sitegen.doctrine.rules import facts as facts_of
from sitegen.doctrine.workdays import Workdays
from sitegen.model import Book, Client, Handover, Network, Rep
from sitegen.past import Change, Edit, History, NoteHistory
from sitegen.site.pages import site_files
from sitegen.site.views_changes import FOLDED

D = dt.date
REPS = (Rep("tanaka", "Tanaka Yuki", "田中由紀"), Rep("lee", "Grace Lee"))
NONE = Network(targets={}, backlinks={}, backers=(), backer_of={}, problems=())


def edit(day: dt.date, *changes: tuple[str, str, str], author: str = "Tanaka Yuki", rep: str = "tanaka", **more: object) -> Edit:  # fmt: skip
    made = tuple(Change(*change) for change in changes)
    return Edit(day, "09:00", author, rep, "0" * 40, made, **more)  # type: ignore[arg-type]


MOVED = (
    edit(D(2026, 11, 17), ("stage", "wtt", "possible"), ("value", "", ""), entries=(D(2026, 11, 12),)),
    edit(D(2026, 11, 10), ("people", "", ""), author="Mori Jun", rep="", entries=(D(2026, 11, 9),)),
    edit(D(2026, 3, 2), ("stage", "approach", "wtt"), author="Mori Jun", rep="", moved=True),
    edit(D(2026, 1, 10), created=True, entries=(D(2026, 1, 9),)),
)
PATH = "content/clients/tanaka/kanda.md"
KANDA = simple(
    "kanda", "Kanda", "", "", "possible", "tanaka", "",
    entries=(written(D(2026, 11, 12), lines=(line("stage", "possible"),)), written(D(2026, 11, 9)), written(D(2026, 1, 9))),
)  # fmt: skip
BOTH = (KANDA, simple("untold", "Untold", "", "", "wtt", "lee", ""))
WHOLE = History("whole", D(2026, 1, 10), "a" * 40, {PATH: NoteHistory(MOVED)})


def pages(
    *clients: Client, history: History | None = WHOLE, today: dt.date = TODAY, lang: str = "en"
) -> dict[str, str]:
    book = with_owners(Book(clients=clients or BOTH, reps=REPS), history or History())
    cfg = config(lang=lang)
    workdays = Workdays(cfg)
    facts = {c.key: facts_of(c, cfg, workdays, today, lambda name: "") for c in book.clients}
    files = site_files(book, NONE, facts, cfg, today, (TEMPLATES,), history=history)
    return {path: data.decode() for path, data in files if path.endswith(".html")}


@lru_cache(maxsize=2)
def made(lang: str = "en") -> dict[str, str]:
    return pages(lang=lang)


def section(html: str, name: str) -> str:
    found = re.search(rf'<section[^>]*aria-labelledby="{name}">.*?</section>', html, re.S)
    return found.group(0) if found else ""


def text(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def with_note(note: NoteHistory, status: str = "whole") -> History:
    return History(status, D(2026, 3, 2), "a" * 40, {PATH: note})  # type: ignore[arg-type]


def test_a_client_page_tells_each_stage_with_its_days_and_who_moved_it() -> None:
    moved = section(made()["clients/kanda.html"], "how-moved")
    told = text(moved)
    assert re.search(r"approach 9 Jan 2026 to 2 Mar 2026 52 days", told)
    assert re.search(
        r"willing to talk 2 Mar 2026 to 12 Nov 2026 8 months Mori Jun · by the front matter", told
    )
    assert re.search(r"possible since 12 Nov 2026 Tanaka Yuki · entry", told)
    assert 'href="#2026-11-12"' in moved
    assert "4 edits" in told
    assert "1 entry written, changed: stage → possible, value Tanaka Yuki" in told
    assert "note begun, 1 entry written" in told
    assert "file renamed or moved" in told


def test_what_lasts_holds_nothing_that_a_new_day_changes() -> None:
    now, later = pages(), pages(today=D(2027, 5, 5))
    same = [p for p in now if p.startswith("clients/") or re.match(r"changes-", p)]
    assert len(same) > 3
    assert [p for p in same if now[p] != later[p]] == []


def test_the_picture_has_words_for_those_who_cannot_see_it() -> None:
    moved = section(made()["clients/kanda.html"], "how-moved")
    assert 'aria-labelledby="way-title way-desc"' in moved
    assert moved.count("<rect") == moved.count('<svg x="') == 3
    assert "<title>willing to talk, 2 Mar 2026 to 12 Nov 2026</title>" in moved


def test_fifty_edits_are_listed_and_older_ones_counted() -> None:
    many = tuple(edit(D(2026, 11, 1) - dt.timedelta(n)) for n in range(61))
    moved = section(pages(history=with_note(NoteHistory(many)))["clients/kanda.html"], "how-moved")
    assert moved.count("edit-day") == 50
    assert "and 11 older edits" in moved


def test_a_handover_in_the_note_wins_over_the_folder_that_was_moved() -> None:
    handed = simple(
        "kanda", "Kanda", "", "", "wtt", "tanaka", "", handovers=(Handover("lee", D(2026, 4, 1)),)
    )
    owners = edit(D(2026, 4, 20), ("owner", "lee", "tanaka"))
    told = text(
        section(pages(handed, history=with_note(NoteHistory((owners,))))["clients/kanda.html"], "how-moved")
    )
    assert "1 Apr 2026 : Grace Lee → Tanaka Yuki" in told
    assert "20 Apr 2026 :" not in told
    plain = simple("kanda", "Kanda", "", "", "wtt", "tanaka", "")
    told = text(
        section(pages(plain, history=with_note(NoteHistory((owners,))))["clients/kanda.html"], "how-moved")
    )
    assert "20 Apr 2026 : Grace Lee → Tanaka Yuki" in told


@pytest.mark.parametrize(
    ("note", "said"),
    [
        (NoteHistory(MOVED, dirty=True), "The newest changes of this note are not committed yet."),
        (NoteHistory(dirty=True), "This note is not committed yet"),
        (NoteHistory(MOVED), ""),
    ],
)
def test_what_is_not_committed_is_said_on_the_clients_page(note: NoteHistory, said: str) -> None:
    page = section(pages(history=with_note(note))["clients/kanda.html"], "how-moved")
    assert said in page
    assert ("committed yet" in page) == bool(said)


def test_a_shallow_clone_is_named_with_its_cure() -> None:
    found = pages(history=with_note(NoteHistory(MOVED), "shallow"))
    assert "The past before <time" in found["clients/kanda.html"]
    for path in ("changes.html", "portfolio.html", "portfolio/tanaka.html"):
        assert "GIT_DEPTH: 0" in found[path]
        assert "fetch-depth: 0" in found[path]
    assert "GIT_DEPTH" not in found["clients/kanda.html"]


@pytest.mark.parametrize(
    ("status", "lang"),
    [("no-git", "ja"), *((why, "en") for why in ("no-repository", "no-commits", "refused", "failed"))],
)
def test_without_a_history_one_page_says_why(status: str, lang: str) -> None:
    found = pages(history=History(status), lang=lang)  # type: ignore[arg-type]
    assert text(found["changes.html"]).strip()
    if status == "no-repository":  # nothing is amiss: the lines of the notes tell what moved
        assert "repository" in text(found["changes.html"])
    else:
        assert 'class="callout"' in found["changes.html"]
    assert not any("how-moved" in page for page in found.values())
    assert not any(path.startswith("changes-") for path in found)
    for path in ("portfolio.html", "portfolio/tanaka.html", "weeks.html"):
        assert 'id="moved"' not in found[path]
        assert 'id="conversion"' not in found[path]


def test_switched_off_only_the_lines_of_the_notes_tell() -> None:
    off, none = pages(history=History()), pages(history=None)
    assert off == none
    assert "2 Mar 2026" not in text(off["changes.html"])  # that only a commit told
    assert not any("how-moved" in page for page in off.values())
    silent = pages(simple("kanda", "Kanda", "", "", "wtt", "tanaka", ""), history=History())
    assert "changes.html" not in silent
    assert not any("changes.html" in page for page in silent.values())


@pytest.mark.parametrize(("lang", "week", "month"), [("en", "nothing", "1 became possible"), ("ja", "動きなし", "可能性ありに前進1件")])  # fmt: skip
def test_the_team_sees_what_moved_per_rep(lang: str, week: str, month: str) -> None:
    moved = section(made(lang)["portfolio.html"], "moved")
    row = re.search(r'<tr class="row">.*?</tr>', moved, re.S)
    assert row is not None
    assert week in row.group(0)
    assert month in row.group(0)
    assert 'href="portfolio/tanaka.html#moved"' in row.group(0)


def test_a_rep_sees_the_clients_behind_each_number() -> None:
    moved = section(made()["portfolio/tanaka.html"], "moved")
    assert "1 became possible" in moved
    assert 'href="../clients/kanda.html"' in moved
    assert "Nothing moved this week yet." in moved
    assert "too few to tell" in section(made()["portfolio/tanaka.html"], "conversion")


def test_a_week_tells_what_only_a_commit_moved() -> None:
    plain = simple("kanda", "Kanda", "", "", "possible", "tanaka", "", entries=(written(D(2026, 11, 9)),))
    edits = (edit(D(2026, 11, 13), ("stage", "probable", "possible"), author="Mori Jun", rep=""),)
    found = pages(plain, history=with_note(NoteHistory(edits)))
    assert "Kanda" in section(found["weeks/tanaka-2026-W46.html"], "moved")
    assert "fell back to possible" in found["weeks.html"]


def test_a_late_entry_is_named_on_the_weekly_report() -> None:
    late = section(made()["weeks/tanaka-2026-W46.html"], "written-up")
    assert "5 days later" in late
    assert "too few for a median" in late
    assert "written down" not in late
    assert "5 days later" in section(made()["weeks.html"], "rep-1")


def test_the_page_of_changes_goes_back_week_by_week() -> None:
    found = made()
    newest = found["changes.html"]
    assert "Tue 17 Nov" in text(newest)
    assert "stage → possible" in newest
    assert 'href="changes-2026-W46.html"' in newest
    older = found["changes-2026-W46.html"]
    assert "willing to talk → possible" in text(older).replace("  ", " ")
    assert "Mori Jun" in older
    assert 'rel="next" href="changes.html"' in older
    assert sorted(p for p in found if p.startswith("changes-")) == [
        "changes-2026-W02.html",
        "changes-2026-W10.html",
        "changes-2026-W46.html",
    ]


def test_a_day_with_many_notes_is_folded_and_cut() -> None:
    clients = [simple(f"c{n}", f"C{n}", "", "", "wtt", "tanaka", "") for n in range(FOLDED + 20)]
    notes = {c.path: NoteHistory((edit(D(2026, 11, 16), ("area", "", "")),)) for c in clients}
    page = pages(*clients, history=History("whole", D(2026, 1, 1), "a" * 40, notes))["changes.html"]
    assert f"{FOLDED + 20} notes" in page
    assert page.count('href="clients/c') == FOLDED
    assert "and 20 more" in page


def test_nothing_of_an_author_is_markup() -> None:
    evil = (edit(D(2026, 11, 17), ("<b>x</b>", "", ""), author="<script>alert(1)</script>", rep=""),)
    for page in pages(history=with_note(NoteHistory(evil))).values():
        assert "<script>alert" not in page
        assert "<b>x" not in page
