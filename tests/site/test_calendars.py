from __future__ import annotations

import datetime as dt
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event, vText

from sitegen.build import Project, find
from sitegen.config import Config
from sitegen.site import ical
from sitegen.site.beside import written
from sitegen.site.calendars import calendar_files
from sitegen.site.context import Site
from sitegen.site.messages import load_messages
from sitegen.site.opening import make_site

DAY = dt.date(2026, 11, 19)
TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def site_of(notes: dict[str, str], cfg: Config | None = None, today: dt.date = DAY) -> Site:
    cfg = cfg or Config()
    with tempfile.TemporaryDirectory() as folder:
        for key, text in notes.items():
            file = Path(folder) / "content/clients/tanaka" / f"{key}.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        found = find(Project(Path(folder), cfg), today)
    words = load_messages(cfg.lang, [TEMPLATES])
    return make_site(found.book, found.network, found.facts, cfg, today, words, lambda day: "")


def calendar(notes: dict[str, str], cfg: Config | None = None, today: dt.date = DAY) -> bytes:
    return dict(written(calendar_files(site_of(notes, cfg, today)))).get("due/tanaka.ics", b"")


def events(note: str, cfg: Config | None = None, today: dt.date = DAY) -> dict[str, Event]:
    """Kind → event; a second of a kind gets a number."""
    found: dict[str, Event] = {}
    made = calendar({"yamato": note}, cfg, today)
    for event in Calendar.from_ical(made).events if made else ():
        kind = str(event["UID"]).split("-")[0]
        found[kind if kind not in found else f"{kind}{len(found)}"] = event
    return found


def start(event: Event) -> dt.date:
    return event["DTSTART"].dt


NOTE = """---
name: Yamato, Precision; 10\\\\2
native: 大和精密
stage: probable
phone: 03-0000-0110
address: 2-4-1 Kamata
people: [{name: Ito Haruka, role: HR head, since: 2026-11-09}]
next: {date: NEXT, time: "10:00", with: [Ito Haruka], step: bring the outline}
---
## 2026-11-06 visit with Sato
- [ ] send the outline 📅 PROMISED
"""


def note(next_: str = "2026-12-15", promised: str = "2026-11-13") -> str:
    return NOTE.replace("NEXT", next_).replace("PROMISED", promised)


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_every_calendar_of_the_sample_book_can_be_read(lang: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue("sample" if lang == "en" else "sample_ja")
    files = sorted((folder / "due").glob("*.ics"))
    assert len(files) == 3
    names: list[str] = []
    for file in files:
        data = file.read_bytes()
        assert all(len(line) <= 75 for line in data.split(b"\r\n"))
        assert b"\n" not in data.replace(b"\r\n", b"")
        read = Calendar.from_ical(data)
        assert read.to_ical() == data
        assert not read.errors
        names += [str(event["UID"]) for event in read.events]
    assert len(set(names)) == len(names) > 50
    assert {name.split("-")[0] for name in names} == {"due", "promise", "meeting", "face"}


def test_one_event_for_every_reason_with_its_date(sample: Path) -> None:
    """And for nothing else."""
    import json

    due = json.loads((sample / "data/due.json").read_bytes())["items"]
    dates = sorted(item["date"] for item in due if item["date"])
    found = [
        (start(e) + dt.timedelta(hours=9)).date() if isinstance(start(e), dt.datetime) else start(e)
        for file in (sample / "due").glob("*.ics")
        for e in Calendar.from_ical(file.read_bytes()).events
    ]
    assert sorted(map(str, found)) == dates


def test_what_an_event_says() -> None:
    found = events(note())
    assert str(found["meeting"]["SUMMARY"]) == "Yamato, Precision; 10\\\\2: meeting"
    assert str(found["meeting"]["DESCRIPTION"]).splitlines() == [
        "meeting 10:00 with Ito Haruka",
        "Next step: bring the outline",
        "Phone: 03-0000-0110",
        "Brief: briefs/yamato.html",
        "Client: clients/yamato.html",
    ]
    assert str(found["meeting"]["LOCATION"]) == "2-4-1 Kamata"
    assert str(found["promise"]["SUMMARY"]).endswith(": send the outline")
    assert str(found["due"]["DESCRIPTION"]).startswith("6 Nov 2026 + 7 days\n")
    assert str(found["face"]["SUMMARY"]).endswith(": greet Ito Haruka")
    assert found["due"]["TRANSP"] == "TRANSPARENT"
    assert "URL" not in found["due"]
    japanese = events(note(), Config(lang="ja"))
    assert str(japanese["due"]["SUMMARY"]) == "大和精密：連絡の期限"


def test_with_an_address_events_lead_to_the_pages() -> None:
    for base in ("https://kayoi.example.jp/sales", "https://kayoi.example.jp/sales/"):
        found = events(note(), Config(url=base))
        assert str(found["meeting"]["URL"]) == "https://kayoi.example.jp/sales/briefs/yamato.html"
        assert str(found["due"]["URL"]) == "https://kayoi.example.jp/sales/clients/yamato.html"
        assert "Brief: https://kayoi.example.jp/sales/briefs/yamato.html" in found["meeting"]["DESCRIPTION"]
    odd = calendar({"#q 長?%25&'": note()}, Config(url="https://k.jp"))
    assert b"https://k.jp/clients/%23q%20%E9%95%B7" in odd.replace(b"\r\n ", b"")


def test_a_moved_date_moves_the_event() -> None:
    before, after = (
        events(note()),
        events(note("2026-12-16", "2026-11-25").replace("11-06 visit", "11-09 visit")),
    )
    for kind in ("due", "promise", "meeting"):
        assert before[kind]["UID"] == after[kind]["UID"]
        assert start(before[kind]) < start(after[kind])
    assert before.keys() == {"due", "promise", "meeting", "face"}


def test_a_dated_heading_to_come_is_a_meeting_that_may_move_too() -> None:
    text = "---\nstage: wtt\n---\n## 2026-12-0{} showcase with A: the plant\n\n## 2026-12-09 call\n\n## 2026-12-11 call\n"
    before, after = events(text.format(1)), events(text.format(4))
    assert before["meeting"]["UID"] == after["meeting"]["UID"]
    assert start(before["meeting"]) == dt.date(2026, 12, 1)
    assert start(after["meeting"]) == dt.date(2026, 12, 4)
    assert len({str(e["UID"]) for e in before.values()}) == 3


def test_of_two_promises_in_the_same_words_each_stays_itself_when_one_is_kept() -> None:
    text = "## 2026-11-06 visit\n- [ ] call 📅 2026-11-27\n\n## 2026-10-06 visit\n- [{}] call 📅 2026-11-20\n"
    both, one = events(text.format(" ")), events(text.format("x"))
    promises = {start(e): str(e["UID"]) for kind, e in both.items() if kind.startswith("promise")}
    assert sorted(map(str, promises)) == ["2026-11-20", "2026-11-27"]
    assert promises[dt.date(2026, 11, 27)] == str(one["promise"]["UID"])
    assert len(set(promises.values())) == 2


@pytest.mark.parametrize(
    ("zone", "written", "utc"),
    [
        ("Asia/Tokyo", "2026-12-15 10:00", "2026-12-15T01:00"),
        ("Asia/Tokyo", "2026-12-15 00:30", "2026-12-14T15:30"),
        ("Europe/Berlin", "2027-06-15 10:00", "2027-06-15T08:00"),
        ("Europe/Berlin", "2026-12-15 10:00", "2026-12-15T09:00"),
    ],
)
def test_an_hour_is_told_in_utc(zone: str, written: str, utc: str) -> None:
    day, hour = written.split()
    found = events(f"---\nnext: {{date: {day}, time: '{hour}'}}\n---\n", Config(timezone=zone))["meeting"]
    assert start(found) == dt.datetime.fromisoformat(utc).replace(tzinfo=dt.UTC)
    assert found["DTEND"].dt - start(found) == dt.timedelta(hours=1)
    assert "TRANSP" not in found


@pytest.mark.parametrize("time", ["", "25:99"])
def test_a_meeting_without_an_hour_takes_the_day(time: str) -> None:
    found = events(f"---\nnext: {{date: 2026-12-15, time: '{time}'}}\n---\n")["meeting"]
    assert (start(found), found["DTEND"].dt) == (dt.date(2026, 12, 15), dt.date(2026, 12, 16))


def test_nothing_depends_on_the_day_of_the_build() -> None:
    """What is overdue keeps its day, and a stamp is the newest day that the note tells of."""
    first, later = (calendar({"yamato": note()}, today=DAY + dt.timedelta(days=n)) for n in (0, 9))
    assert first == later
    assert {e["DTSTAMP"].dt for e in events(note()).values()} == {dt.datetime(2026, 11, 6, tzinfo=dt.UTC)}


def test_what_is_settled_has_no_event() -> None:
    assert not events(
        "---\nstage: resting\n---\n## 2026-11-06 visit\n- [x] call 📅 2026-11-27\n- [-] b 📅 2026-11-27\n"
    )
    assert not events("")
    assert not events("---\nstage: dropped\nprivate: true\nnext: {date: 2026-12-15}\n---\n")
    assert (
        calendar({"hidden": "---\nprivate: true\nnext: {date: 2026-12-15}\n---\n", "a": ""}).count(b"VEVENT")
        == 0
    )


FAR = (
    dt.date(1, 1, 1),
    dt.date(1, 1, 2),
    dt.date(1899, 12, 31),
    dt.date(9999, 12, 30),
    dt.date(9999, 12, 31),
)


@pytest.mark.parametrize("day", FAR)
@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/New_York"])
def test_days_at_the_ends_of_the_calendar(day: dt.date, zone: str) -> None:
    site = site_of({"yamato": note()}, Config(timezone=zone))
    client = site.clients["yamato"]
    assert client.next
    facts = site.facts["yamato"]
    plan = replace(client.next, date=day)
    reasons = tuple(replace(r, date=day, base=day) for r in facts.due.reasons)
    far = replace(
        site,
        clients={"yamato": replace(client, next=plan)},
        owned={"tanaka": (replace(client, next=plan),)},
        facts={"yamato": replace(facts, due=replace(facts.due, reasons=reasons))},
    )
    read = Calendar.from_ical(dict(written(calendar_files(far)))["due/tanaka.ics"])
    assert not [event.errors for event in read.events if event.errors]
    assert len(read.events) >= 2


@settings(max_examples=25, deadline=None)
@given(
    name=st.text(max_size=200),
    step=st.text(st.sampled_from("a\n\r\t\x00\x0b\x85\u2028,;:\\\"'^😀語\x7f\ufeff"), max_size=60),
)
def test_any_text_comes_back(name: str, step: str) -> None:
    site = SITE
    client = site.clients["yamato"]
    assert client.next
    plan = replace(client.next, step=step)
    odd = replace(client, name=name, phone=step, address=step, next=plan)
    made = replace(site, clients={"yamato": odd}, owned={"tanaka": (odd,)})
    data = dict(written(calendar_files(made)))["due/tanaka.ics"]
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    read = Calendar.from_ical(data)
    assert len(read.events) == len(site.facts["yamato"].due.reasons)
    controls = {chr(n) for n in range(32)} - {"\n", "\t"}
    for event in read.events:
        told = f"{event['SUMMARY']}{event['DESCRIPTION']}{event.get('LOCATION', '')}"
        assert not controls & {*told}
        assert len(event["SUMMARY"]) <= 120
        assert str(event["DESCRIPTION"]).endswith("Client: clients/yamato.html")


SITE = site_of({"yamato": note()})


odd = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("ab \r\n\\^,;:\"'Né語😀\u200d\x85"),
    max_size=300,
)


@settings(max_examples=300, deadline=None)
@given(title=odd, text=odd, day=st.dates(), time=st.datetimes())
def test_an_event_is_written_as_the_library_writes_it(
    title: str, text: str, day: dt.date, time: dt.datetime
) -> None:
    time = time.replace(microsecond=0, tzinfo=dt.UTC)
    event = Event()
    for key, value in {"summary": title, "description": text, "dtstart": day, "dtstamp": time}.items():
        event.add(key, value)
    event.add("x-odd", vText(text))
    lines = (
        ("SUMMARY", ical.text(title)),
        ("DTSTART;VALUE=DATE", ical.day(day)),
        ("DTSTAMP", ical.instant(time)),
        ("DESCRIPTION", ical.text(text)),
        ("X-ODD", ical.text(text)),
    )
    assert ical.component("VEVENT", *lines).encode() == event.to_ical()


def test_a_path_on_a_share_keeps_its_letters() -> None:
    """Only their case may change: the library takes a backslash with an N for a line break."""
    found = events("## 2026-11-06 visit\n- [ ] read S:\\\\New\\\\plan.xlsx 📅 2026-11-27\n")
    assert str(found["promise"]["SUMMARY"]).casefold().endswith(": read s:\\new\\plan.xlsx")


def test_a_rep_of_any_name_has_a_calendar() -> None:
    """The name of a calendar is no text to the library: it neither escapes it nor reads it back."""
    reps = {"a\nb; c, d": replace(SITE.clients["yamato"], owner="a\nb; c, d")}
    made = make_site(
        replace(SITE.book, clients=(*reps.values(),)),
        SITE.network,
        SITE.facts,
        SITE.cfg,
        DAY,
        SITE.t,
        lambda day: "",
    )
    data = dict(written(calendar_files(made)))["due/a-b; c, d.ics"]
    assert Calendar.from_ical(data)["X-WR-CALNAME"] == r"Kayoi: a b\; c\, d"
