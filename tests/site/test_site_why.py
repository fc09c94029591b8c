import datetime as dt
from dataclasses import replace

import pytest
from site_fakebook import BOOK, TEMPLATES, TODAY, YAMATO, config, network

from sitegen.doctrine.facts import Moved, Reason, Wait
from sitegen.doctrine.rules import facts as facts_of
from sitegen.doctrine.workdays import Workdays
from sitegen.model import Client, PartialDate, Person
from sitegen.site.context import Site
from sitegen.site.messages import load_messages
from sitegen.site.opening import make_site
from sitegen.site.why import day_medium, day_near, why

D = dt.date


def site(lang: str = "en") -> Site:
    cfg = config(lang=lang)
    days = Workdays(cfg)
    facts = {c.key: facts_of(c, cfg, days, TODAY, lambda _: "") for c in BOOK.clients}
    return make_site(BOOK, network(), facts, cfg, TODAY, load_messages(cfg.lang, [TEMPLATES]), days.closed)


EN, JA = site(), site("ja")
BARE = Client("haneda-parts", "p", "Haneda Parts")
CASES = [
    (Reason("cadence", D(2026, 11, 13), D(2026, 11, 6), 7), "6 Nov + 7 days", "11月6日から7日後"),
    (Reason("cadence", D(2026, 1, 13), D(2025, 12, 31), 1), "31 Dec 2025 + 1 day", "2025年12月31日から1日後"),
    (
        Reason("cadence", D(2026, 11, 24), D(2026, 11, 9), 14, moved=Moved(D(2026, 11, 23), "Labour Thanksgiving Day")),
        "9 Nov + 14 days, moved from Mon 23 Nov 2026, Labour Thanksgiving Day",
        "11月9日から14日後、2026年11月23日（月）はLabour Thanksgiving Dayのため変更",
    ),
    (
        Reason("cadence", D(2026, 12, 1), D(2026, 10, 1), 14, (Wait("wait", D(2026, 12, 1)),)),
        "1 Oct + 14 days, asked to wait until 1 Dec",
        "10月1日から14日後、12月1日まで待つよう依頼あり",
    ),
    (
        Reason(
            "cadence", D(2026, 12, 1), D(2026, 10, 1), 14,
            (Wait("wait", D(2026, 12, 1)), Wait("postponed", D(2026, 12, 1)), Wait("backoff", D(2026, 10, 20))),
        ),
        "1 Oct + 14 days, asked to wait until 1 Dec, left in peace until 20 Oct, after 3 contacts without an answer",
        "10月1日から14日後、12月1日まで待つよう依頼あり、3回続けて返事がなく、10月20日まで控える",
    ),
    (
        Reason("cadence", D(2026, 12, 18), D(2026, 9, 10), 30, (Wait("backoff", D(2026, 12, 18)),)),
        "10 Sep + 30 days, left in peace until 18 Dec, after 3 contacts without an answer",
        "9月10日から30日後、3回続けて返事がなく、12月18日まで控える",
    ),
    (Reason("promise", TODAY, text="the <outline>"), "promised: the <outline>", "約束：the <outline>"),
    (
        Reason("meeting", TODAY, text="meeting", time="10:00", people=("Ito Haruka", "Kato Ken")),
        "meeting 10:00 with Ito Haruka, Kato Ken",
        "面談 10:00（Ito Haruka、Kato Ken）",
    ),
    (Reason("meeting", TODAY, text="showcase"), "showcase", "見学"),
    (
        Reason("new-face", D(2026, 4, 1), D(2026, 4, 1), text="Ito Haruka"),
        "new in the chair: Ito Haruka, HR head since Apr 2026",
        "新任：Ito Haruka（HR head、2026年4月から）",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "en", "ja"), CASES)
def test_a_reason_with_its_arithmetic(reason: Reason, en: str, ja: str) -> None:
    assert why(EN, YAMATO, reason, day_near(EN)).striptags() == en.replace("Mon 23 Nov 2026", "Mon 23 Nov")
    assert why(JA, YAMATO, reason, day_near(JA)).striptags() == ja.replace("2026年11月23日", "11月23日")


def test_every_day_of_it_is_marked_as_a_time() -> None:
    told = why(EN, YAMATO, CASES[2][0], day_medium(EN))
    assert '<time datetime="2026-11-09">9 Nov 2026</time>' in told
    assert '<time datetime="2026-11-23">Mon 23 Nov</time>' in told


def test_never_contacted() -> None:
    assert why(EN, BARE, Reason("cadence", None), day_near(EN)) == "never contacted"
    told = why(EN, BARE, Reason("cadence", D(2026, 11, 16), D(2026, 11, 16), 0), day_near(EN))
    assert told.striptags() == "never contacted, on the list since 16 Nov"


def test_a_meeting_that_has_passed_wants_writing_up() -> None:
    told = why(EN, YAMATO, Reason("meeting", D(2026, 11, 12), text="meeting"), day_near(EN), passed=True)
    assert told == "write up the meeting"


def test_a_new_face_without_a_role() -> None:
    client = replace(YAMATO, people=(Person("Noda Aki", since=PartialDate(2026, 10, 5)),))
    told = why(EN, client, Reason("new-face", D(2026, 10, 5), D(2026, 10, 5), text="Noda Aki"), day_near(EN))
    assert told.striptags() == "new in the chair: Noda Aki, since 5 Oct 2026"
