"""A made-up book of thirty clients, built from records: what the notes would say."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from sitegen.config import Closed, Config
from sitegen.doctrine.rules import facts as facts_of
from sitegen.doctrine.workdays import Workdays
from sitegen.model import (
    Backer,
    BackerPage,
    Backlink,
    Book,
    Client,
    Entry,
    Handover,
    Line,
    Link,
    Network,
    Page,
    PartialDate,
    Person,
    Plan,
    Problem,
    Promise,
    Reference,
    Rep,
    Solution,
    Target,
    Where,
)
from sitegen.site.pages import site_files
from sitegen.text import fold

TEMPLATES = Path(__file__).parents[2] / "templates"
TODAY = dt.date(2026, 11, 19)
D = dt.date
P = PartialDate


def line(word: str, text: str, who: str = "", until: PartialDate | None = None) -> Line:
    return Line(word, text, who, until)


def item(line_: Line) -> str:
    who = f" ({line_.who})" if line_.who else ""
    return f'<li class="line {line_.word}"><span class="word">{line_.word}</span>{who}: {line_.text}</li>'


def entry(
    date: dt.date,
    people: tuple[str, ...] = (),
    text: str = "",
    lines: tuple[Line, ...] = (),
    kind: str = "visit",
    **more: object,
) -> Entry:
    html = f"<p>{text}</p>" if text else ""
    if lines:
        html += "<ul>" + "".join(item(x) for x in lines) + "</ul>"
    face = kind in ("visit", "meeting", "meal", "event", "showcase")
    made = Entry(
        date=date, kind=kind, face_to_face=face, people=people, lines=lines, gist=text[:160],
        html=html, anchor=date.isoformat(),
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def ten_years() -> tuple[Entry, ...]:
    """Sixty entries over ten years: one president, a row of HR heads."""
    heads = ["Abe Mari", "Mori Jun", "Ito Haruka"]
    said = [
        "He spoke about the branches and how each trains its own people.",
        "A short talk between two meetings. The budget is decided in April.",
        "She showed me the new training room; nobody uses it yet.",
        "They compared us with two others. Price was not the question.",
        "Tea, and a long story about the factory in Tochigi.",
    ]
    out = []
    day = D(2016, 4, 12)
    for n in range(56):
        head = heads[0] if day.year < 2019 else heads[1] if day < D(2026, 4, 1) else heads[2]
        people = ("Sato Kenji",) if n % 5 == 0 else (head,) if n % 3 else ("Sato Kenji", head)
        lines: tuple[Line, ...] = ()
        more: dict[str, object] = {}
        kind = ["visit", "meeting", "call", "visit", "email", "meal"][n % 6]
        if n % 9 == 4:
            lines = (line("no", "no budget this year"),)
        if n % 11 == 7:
            lines = (line("postponed", "June", until=P(day.year + 1, 6)),)
        if n % 13 == 5:
            more["answered"] = False
        if n == 6:
            more["business"] = True
            lines = (line("business", "yes"),)
        if n % 17 == 3:
            more["inbound"] = True
        out.append(entry(day, people, said[n % 5], lines, kind, **more))
        day += dt.timedelta(days=[40, 61, 75, 28, 90, 55, 120][n % 7])
        if day.year == 2021:
            day = D(2022, 1, 14)
        if day > D(2025, 11, 1):
            break
    out += [
        entry(
            D(2026, 1, 15), ("Sato Kenji",), "Postponed twice from last autumn. Wait until June, then continue.",
            (line("need", "a company where managers coach", "Sato Kenji"), line("postponed", "June", until=P(2026, 6))),
            "meeting",
        ),
        entry(
            D(2026, 6, 18), ("Ito Haruka", "Kato Ken"),
            "I outlined what I had discussed with the president. They had not been briefed; they wanted the basics.",
            (
                line("absent", "expected, did not come", "Sato Kenji"),
                line("assumed", "a transformation programme for the managers"),
                line("need", "reports that managers can read", "Kato Ken"),
                line("lesson", "ask what they were told before saying anything"),
            ),
            "meeting", title="first outline",
        ),
        entry(
            D(2026, 11, 6), ("Ito Haruka",),
            "She walked me through the April intake. The branches each train their own way. See \x000\x00 and \x002\x00.",
            (line("need", "telephone manners for new graduates", "Ito Haruka"), line("introduced", "\x000\x00"),
             line("setback", "we lost a bid in Kawasaki"), line("advice", "how to speak to branch managers")),
            promises=(Promise("send the basics outline", "open", D(2026, 11, 13)),
                      Promise("bring the course folder", "kept", D(2026, 6, 30))),
        ),
    ]  # fmt: skip
    return tuple(sorted(out, key=lambda e: e.date, reverse=True))


YAMATO = Client(
    key="yamato-precision",
    path="content/clients/tanaka/yamato-precision.md",
    name="Yamato Precision",
    native="大和精密株式会社",
    reading="やまとせいみつ",
    stage="probable",
    owner="tanaka",
    handovers=(Handover("suzuki", D(2024, 4, 1)),),
    since=P(2016, 3),
    visits_before=2,
    size="large",
    prestige=True,
    backers=(Backer("Mitsui Fudosan"), Backer("Tokio Bank", "large")),
    area="Ōta",
    address="2-4-1 Kamata, Ōta",
    phone="03-0000-0000",
    product="leadership",
    value=12_000_000,
    reference=Reference("leadership", True, True, P(2025, 4), "graduates find work"),
    people=(
        Person("Sato Kenji", "さとうけんじ", "President", "strategic", P(2014)),
        Person("Mori Jun", "", "HR head", "working", P(2019), P(2026, 3)),
        Person("Abe Mari", "", "HR head", "working", P(2014), P(2018, 12)),
        Person(
            "Ito Haruka",
            "いとうはるか",
            "HR head",
            "working",
            P(2026, 4),
            email="ito@example.jp",
            phone="03-0000-0001",
        ),
        Person("Kato Ken", "", "Branch training", "working"),
        Person("Dana Smith", "", "APAC, visiting", "working"),
    ),
    offers=("precision fittings",),
    seeks=("bilingual recruiter",),
    gifts=False,
    next=Plan(
        D(2026, 11, 20),
        "10:00",
        "meeting",
        ("Ito Haruka", "Kato Ken", "Dana Smith"),
        "bring the basics outline",
    ),
    tags=("manufacturing",),
    aliases=("Yamato",),
    extra=(("colour", "navy"),),
    html="<p>A family firm since 1921. Forty branches, each with a will of its own. Ask \x001\x00 about the factory.</p>"
    "<table><thead><tr><th>Year</th><th>Branches</th></tr></thead><tbody><tr><td>2016</td><td>31</td></tr>"
    "<tr><td>2026</td><td>40</td></tr></tbody></table>",
    entries=ten_years(),
    links=(
        Link("Hakone Hotels", "", "Hakone Hotels", Where("")),
        Link("Sato Kenji", "", "Sato Kenji", Where("")),
        Link("Telephone manners", "", "telephone manners, half a day", Where("")),
    ),
)


def simple(
    key: str, name: str, native: str, reading: str, stage: str, owner: str, area: str, **more: object
) -> Client:
    made = Client(
        key=key, path=f"content/clients/{owner}/{key}.md", name=name, native=native, reading=reading,
        stage=stage, owner=owner, area=area,
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


CLIENTS = (
    YAMATO,
    simple("kamata-bearings", "Kamata Bearings", "蒲田ベアリング", "かまたべありんぐ", "probable", "tanaka", "Ōta", size="mid",
           backers=(Backer("Mitsui Fudosan"),), people=(Person("Ueda Shin", "", "Plant manager", "working", P(2020)),),
           next=Plan(D(2026, 11, 30), step="Take them to Kanda University"),
           entries=(entry(D(2026, 11, 6), ("Ueda Shin",), "Wants to see it work somewhere first."),
                    entry(D(2026, 10, 30), ("Ueda Shin",), "Showed me the line."),
                    entry(D(2026, 10, 2), (), "Nobody at the desk.", kind="call", answered=False))),
    simple("hakone-hotels", "Hakone Hotels", "箱根ホテルズ", "はこねほてるず", "possible", "tanaka", "Hakone", size="mid",
           entries=(entry(D(2026, 11, 4), ("Endo Rie",), "Looking for a bilingual recruiter."),),
           people=(Person("Endo Rie", "えんどうりえ", "Manager", "strategic", P(2026, 4)),), seeks=("bilingual recruiter",),
           html="<p>Introduce to Sumida Staffing.</p>"),
    simple("sumida-staffing", "Sumida Staffing", "", "", "wtt", "tanaka", "Ryōgoku", visits_before=9,
           entries=(entry(D(2026, 10, 20), (), "Ten visits done: the door is open."),)),
    simple("kanda-university", "Kanda University", "神田大学", "かんだだいがく", "probable", "tanaka", "Kanda", prestige=True, size="large",
           entries=(entry(D(2026, 11, 12), ("Prof. Ogawa",), "Will let customers see the course.",
                          promises=(Promise("fix the open day", "open", D(2026, 11, 19)),)),)),
    simple("meguro-foods", "Meguro Foods", "目黒フーズ", "めぐろふーず", "possible", "tanaka", "Meguro", wait_until=P(2026, 11, 19),
           entries=(entry(D(2026, 10, 1), ("Hara Miki",), "No budget before the new HR head starts."),)),
    simple("ota-gear", "Ōta Gear", "大田歯車", "おおたはぐるま", "approach", "tanaka", "Ōta"),
    simple("haneda-parts", "Haneda Parts", "", "", "approach", "tanaka", "Ōta", since=P(2026, 11, 16)),
    simple("tsukiji-cold", "Tsukiji Cold Storage", "築地冷蔵", "つきじれいぞう", "wtt", "tanaka", "Tsukiji",
           entries=(entry(D(2026, 11, 18), (), "", kind="call", answered=False), entry(D(2026, 11, 10), (), "", kind="call", answered=False),
                    entry(D(2026, 11, 2), (), "", kind="email", answered=False), entry(D(2026, 9, 10), (), "He would like to hear more in autumn."))),
    simple("nihonbashi-paper", "Nihonbashi Paper", "日本橋製紙", "にほんばしせいし", "possible", "tanaka", "Nihonbashi",
           entries=(entry(D(2026, 11, 9), ("Noda Aki",), "Asked for two references."),)),
    simple("shinagawa-lens", "Shinagawa Lens", "品川レンズ", "しながわれんず", "won", "tanaka", "Shinagawa", value=8_400_000, product="leadership",
           entries=(entry(D(2026, 10, 26), ("Baba Eri",), "The second course begins in January."),)),
    simple("old-mill", "Old Mill", "", "", "resting", "tanaka", "Ōta", entries=(entry(D(2023, 3, 3), (), "Closed for the year."),)),
    simple("dropped-co", "Dropped & Co.", "", "", "dropped", "tanaka", "Ōta", entries=(entry(D(2022, 3, 3), (), "Not for them."),)),
    simple("atami-onsen", "熱海温泉組合", "", "あたみおんせんくみあい", "wtt", "suzuki", "熱海", entries=(entry(D(2026, 10, 22), ("青木様",), "組合長に会えた。来月また来てほしいとのこと。"),)),
    simple("odawara", "小田原かまぼこ", "", "おだわらかまぼこ", "probable", "suzuki", "小田原", entries=(entry(D(2026, 11, 13), ("川口部長",), "新人の電話応対に困っている。"),)),
    simple("ギフト堂", "ギフト堂", "", "ぎふとどう", "possible", "suzuki", "小田原", entries=(entry(D(2026, 10, 28), (), "年末は忙しい。"),)),
    simple("株式会社 #1 100%", "株式会社 #1 100%", "", "", "approach", "suzuki", ""),
    simple("con", "Con", "", "", "approach", "suzuki", "Atami", since=P(2026, 10)),
    *(simple(f"client-{n}", name, "", "", stage, "suzuki", area, entries=(entry(D(2026, 11, 1) - dt.timedelta(days=3 * n), ("Abe",), "Talked about the spring."),))
      for n, (name, stage, area) in enumerate([
          ("Akasaka Print", "approach", "Akasaka"), ("Bunkyo Books", "wtt", "Bunkyo"), ("Chiba Cranes", "possible", "Chiba"),
          ("Daikanyama Design", "wtt", "Shibuya"), ("Ebisu Brewing", "probable", "Shibuya"), ("Fuchu Freight", "approach", "Fuchu"),
          ("Ginza Glass", "won", "Ginza"), ("Hachioji Harness", "approach", "Hachioji"), ("Ikebukuro Ink", "wtt", "Ikebukuro"),
          ("Jiyugaoka Jam", "possible", "Meguro"), ("Kawasaki Kilns", "approach", "Kawasaki"),
      ])),
    simple("unread", "unread", "", "", "approach", "", "", readable=False),
)  # fmt: skip

PROBLEMS = (
    Problem(
        Where("content/clients/tanaka/yamato-precision.md", 31, 1),
        "key-misspelt", (("key", "stages"), ("meant", "stage")), "stages: probable", "stage: probable",
    ),
    Problem(
        Where("content/clients/suzuki/atami-onsen.md", 12, 4),
        "date-impossible", (("date", "2026-02-30"),), "## ２０２６-02-30 訪問", "", "warning",
    ),
    Problem(Where("content/clients/tanaka/secret.md", 1, 1), "secret-thing", (), "top secret", private=True),
)  # fmt: skip

REPS = (
    Rep("tanaka", "Tanaka Yuki", "田中由紀", "たなかゆき", "Ōta, Kanda", (20, 30), "<p>With us since 2015.</p>", (), "content/reps/tanaka.md"),
    Rep("suzuki", "Suzuki Taro", "鈴木太郎", "すずきたろう", "西湘"),
)  # fmt: skip
SOLUTIONS = (
    Solution(
        "telephone",
        "Telephone manners",
        "電話応対",
        "basic",
        ("telephone manners", "電話応対"),
        "<p>Half a day.</p>",
    ),
    Solution("coaching", "Coaching for managers", "", "advanced", ("coach",), "<p>Six months.</p>"),
)
PAGES = (
    Page(
        "playbook",
        "Playbook",
        "<h2>Before a visit</h2><p>Read the last three entries.</p>",
        (),
        "content/playbook.md",
    ),
    Page("手引き", "手引き", "<p>はじめに。</p>", (), "content/手引き.md"),
)


def network() -> Network:
    y = YAMATO.path
    backers = (
        BackerPage("mitsui-fudosan", "Mitsui Fudosan", "", "", ("kamata-bearings", "yamato-precision")),
        BackerPage("tokio-bank", "Tokio Bank", "large", "", ("yamato-precision",)),
    )
    return Network(
        targets={
            y: (Target("client", "hakone-hotels"), Target("client", YAMATO.key, "person-1"), Target("solution", "telephone")),
        },
        backlinks={
            "hakone-hotels": (Backlink("client", YAMATO.key, ("2026-11-06",)),),
            YAMATO.key: (Backlink("page", "playbook"), Backlink("rep", "tanaka")),
        },
        backers=backers,
        backer_of={fold(b.name): b.key for b in backers},
    )  # fmt: skip


BOOK = Book(clients=CLIENTS, reps=REPS, solutions=SOLUTIONS, pages=PAGES, problems=PROBLEMS)


def config(**more: object) -> Config:
    return replace(Config(closed=(Closed(D(2026, 12, 7), D(2026, 12, 8), "company outing"),)), **more)  # type: ignore[arg-type]


def make(
    book: Book = BOOK,
    cfg: Config | None = None,
    today: dt.date = TODAY,
    templates: tuple[Path, ...] = (TEMPLATES,),
    net: Network | None = None,
) -> dict[str, bytes]:
    """All files of the site."""
    cfg = cfg or config()
    workdays = Workdays(cfg)
    facts = {c.key: facts_of(c, cfg, workdays, today, lambda name: "") for c in book.clients}
    files = list(site_files(book, net or network(), facts, cfg, today, templates))
    assert len(files) == len(dict(files)), "two outputs claim one path"
    return dict(files)


@lru_cache(maxsize=4)
def made(lang: str = "en") -> dict[str, str]:
    """The thirty clients' site as text."""
    return {path: data.decode() for path, data in make(cfg=config(lang=lang)).items()}


def write(folder: Path, lang: str = "en") -> None:
    """For looking at it: `python tests/site/site_fakebook.py /tmp/site en`."""
    for path, data in make(cfg=config(lang=lang)).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


if __name__ == "__main__":
    import sys

    write(Path(sys.argv[1]), sys.argv[2])
