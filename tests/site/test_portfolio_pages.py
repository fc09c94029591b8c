"""Pages of the numbers game: portfolios, weekly reports and the manager's Monday."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from site_fakebook import TODAY, config, line, made, make, simple
from site_fakebook import entry as written

from sitegen.model import Book, Client, Network, Plan, Promise, Rep
from sitegen.site.context import FOLDERS
from sitegen.site.pages import KINDS
from sitegen.site.urls import page_names

D = dt.date
REPS = (Rep("tanaka", "Tanaka Yuki"), Rep("lee", "Grace Lee"))
NONE = Network(targets={}, backlinks={}, backers=(), backer_of={}, problems=())


def one(key: str, stage: str, *entries: object, owner: str = "tanaka", **more: object) -> Client:
    return simple(key, key.title(), "", "", stage, owner, "", entries=entries, **more)


def pages(*clients: Client, today: dt.date = TODAY, lang: str = "en", **more: object) -> dict[str, str]:
    book = Book(clients=clients, reps=REPS)
    files = make(book=book, cfg=config(lang=lang, **more), today=today, net=NONE)
    return {path: data.decode() for path, data in files.items() if path.endswith(".html")}


def section(html: str, name: str) -> str:
    found = re.search(rf'<section[^>]*aria-labelledby="{name}">.*?</section>', html, re.S)
    return found.group(0) if found else ""


def text(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


APPROACH = one("newcomer", "approach", written(D(2026, 11, 5), ("Ito",)))
OLD = one("oldie", "approach", written(D(2026, 6, 10)), written(D(2026, 7, 10), answered=False))
TALKING = one(
    "talker", "wtt", written(D(2026, 11, 10), lines=(line("stage", "wtt"), line("need", "reports")))
)


def test_every_figure_opens_to_what_it_is_made_of() -> None:
    page = pages(APPROACH, OLD, TALKING)["portfolio/tanaka.html"]
    assert 'href="../clients/newcomer.html#' in section(page, "contacts")
    assert "Newcomer" in section(page, "approaches")
    assert "Talker" in section(page, "maturing")
    assert "Newcomer" in section(page, "load")
    assert "Oldie" in section(page, "winnow")
    assert "Newcomer" not in section(page, "winnow")
    assert "Oldie" in section(page, "cohorts")
    for tile in re.findall(r'<li class="tile"><a href="#([^"]+)"', page):
        assert f'id="{tile}"' in page


def test_building_asks_for_fifty_and_the_band_says_a_few_are_enough() -> None:
    building = pages(TALKING)["portfolio/tanaka.html"]
    assert "Building: 1 of 20–30" in building
    assert "of 50" in building
    twenty = [one(f"c{n}", "wtt", written(D(2026, 11, 2))) for n in range(20)]
    keeping = pages(*twenty)["portfolio/tanaka.html"]
    assert "a few first contacts a month are enough" in keeping
    assert "of 50" not in keeping


def test_nothing_to_winnow_is_said() -> None:
    assert "Nobody to winnow." in pages(TALKING)["portfolio/tanaka.html"]
    assert "No relationship has been maturing for too long." in pages(TALKING)["portfolio/tanaka.html"]


def test_the_team_counts_a_joint_visit_once() -> None:
    joint = one("joint", "wtt", written(D(2026, 11, 5), by=("tanaka", "lee")))
    found = pages(joint)
    rows = re.findall(r'<tr class="row.*?</tr>', found["portfolio.html"], re.S)
    contacts = [re.search(r'data-label="Contacts, Nov 2026"><span>(.*?)</span>', row, re.S) for row in rows]
    assert [text(c.group(1)).split()[0] for c in contacts if c] == ["1", "1", "1"]


def test_drawings_have_a_name_and_their_data_beside_them() -> None:
    for path in ("portfolio.html", "portfolio/tanaka.html"):
        page = made()[path]
        for svg in re.findall(r'<svg class="chart".*?</svg>', page, re.S):
            ids = re.search(r'aria-labelledby="(\S+) (\S+)"', svg)
            assert ids is not None
            assert f'<title id="{ids[1]}">' in svg
            assert f'<desc id="{ids[2]}">' in svg
        assert page.count('<table class="data') == page.count('<svg class="chart"') == 3


def test_stages_that_nobody_wrote_down_are_said_to_be_unwritten() -> None:
    untold = one("untold", "probable", written(D(2025, 1, 10)))
    assert "not written" in section(pages(untold)["portfolio/tanaka.html"], "over-time")
    over_time = section(pages(APPROACH)["portfolio/tanaka.html"], "over-time")
    assert 'class="s-unknown"' not in over_time


WEEK = one(
    "weekly", "possible",
    written(D(2026, 11, 10), ("Ito",), lines=(line("need", "a course", "Ito"), line("no", "too early")),
            promises=(Promise("send it", "open", D(2026, 11, 13)),)),
    written(D(2026, 11, 12), answered=False),
    written(D(2026, 10, 6), lines=(line("stage", "possible"),)),
    next=Plan(D(2026, 11, 18), "10:00", "meeting", ("Ito",)),
)  # fmt: skip


def test_a_week_tells_what_was_done_heard_refused_promised_and_planned() -> None:
    page = pages(WEEK)["weeks/tanaka-2026-W46.html"]
    assert 'datetime="2026-W46"' in page
    assert "a course" in section(page, "heard")
    assert "too early" in section(page, "refused")
    assert "send it" in section(page, "made")
    assert "open" in section(page, "due")
    assert "10:00" in section(page, "after")
    assert text(section(page, "done")).count("nothing written") == 3
    assert "data-built" not in page


def test_a_quiet_week_shows_no_empty_headings() -> None:
    page = pages(one("calm", "approach", written(D(2026, 11, 10))))["weeks/tanaka-2026-W46.html"]
    for name in ("moved", "heard", "refused", "due", "made", "given", "lessons"):
        assert not section(page, name)
    assert "No appointment and no promise" in page


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_finished_week_does_not_change_with_today(lang: str) -> None:
    def weeks(today: dt.date) -> dict[str, str]:
        found = pages(WEEK, TALKING, today=today, lang=lang)
        return {path: html for path, html in found.items() if re.search(r"^weeks/.*-W4[0-6]", path)}

    monday = weeks(D(2026, 11, 16))
    assert sorted(monday) == ["weeks/tanaka-2026-W41.html", "weeks/tanaka-2026-W46.html"]
    assert monday == weeks(D(2026, 11, 19)) == weeks(D(2027, 3, 1))


def test_the_running_week_says_so_and_for_which_day() -> None:
    now = pages(one("now", "wtt", written(D(2026, 11, 17)), next=Plan(D(2026, 11, 20))))[
        "weeks/tanaka-2026-W47.html"
    ]
    assert "so far" in now
    assert 'data-built="2026-11-19"' in now
    assert "planned" in section(now, "done")


def test_a_meeting_that_nobody_wrote_up_is_told() -> None:
    found = pages(one("now", "wtt", written(D(2026, 11, 9)), next=Plan(D(2026, 11, 11))))
    assert "planned, nothing written" in found["weeks/tanaka-2026-W46.html"]
    assert "nothing is written" in found["weeks.html"]


def test_weeks_are_linked_to_their_neighbours_and_from_the_index() -> None:
    found = pages(one("a", "wtt", *[written(D(2026, 11, 12) - dt.timedelta(weeks=n)) for n in range(20)]))
    weeks = [path for path in found if "-W" in path]
    assert len(weeks) == 13
    middle = found["weeks/tanaka-2026-W45.html"]
    assert 'rel="prev" href="../weeks/tanaka-2026-W44.html"' in middle
    assert 'rel="next" href="../weeks/tanaka-2026-W46.html"' in middle
    assert 'rel="prev"' not in found[min(weeks)]
    assert all(f'href="../{path}"' in found["weeks/tanaka.html"] for path in weeks)


def test_monday_shows_every_rep_and_what_wants_the_manager() -> None:
    page = pages(WEEK)["weeks.html"]
    assert re.findall(r'<h2 id="rep-\d">([^<]+)</h2>', page) == ["Tanaka Yuki", "Grace Lee"]
    card = section(page, "rep-1")
    assert "no or not yet on" in card
    assert "still open: send it" in text(card)
    assert "weeks/tanaka-2026-W46.html" in card
    assert "nothing written" in section(page, "rep-2")


def test_clients_of_nobody_have_no_portfolio() -> None:
    found = pages(replace(APPROACH, owner=""))
    assert "portfolio/nobody.html" not in found
    assert "1" in text(found["portfolio.html"])


def test_text_of_notes_is_text() -> None:
    evil = one(
        "evil",
        "possible",
        written(
            D(2026, 11, 10),
            ("<b>x</b>",),
            lines=(line("need", "<script>alert(1)</script>"), line("no", "<i>")),
        ),
    )
    for path, html in pages(evil).items():
        if path.startswith(("weeks", "portfolio")):
            assert "<script>alert" not in html
            assert "<b>x" not in html


def test_the_weeks_of_a_rep_with_an_odd_name_are_reached() -> None:
    client = replace(one("a", "possible", written(D(2026, 11, 10))), owner="o#%")
    html = pages(client)["portfolio/o#%.html"]
    assert "../weeks/o%23%25-2026-W46.html" in html
    assert "../weeks/o#" not in html


def test_a_rep_named_like_a_week_takes_nobodys_page() -> None:
    names = page_names(["tanaka", "tanaka-2026-W46"], numbered=True)
    assert names["tanaka-2026-W46"] == "tanaka-2026-W46_"
    assert {FOLDERS["portfolio"], FOLDERS["week"]} == {"portfolio", "weeks"}


def test_only_finished_weeks_are_not_daily() -> None:
    daily = {kind.name: kind.daily for kind in KINDS}
    assert not daily["week"]
    assert all(daily[name] for name in ("this-week", "week-index", "weeks", "portfolio", "team"))
