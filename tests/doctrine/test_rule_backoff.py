from making import CFG, TODAY, client, day, due_of, entry, log, shown, unanswered

from sitegen.config import Backoff, Config
from sitegen.doctrine.backoff import backoff_until


def until(*entries, cfg=CFG, **more):
    return backoff_until(cfg, log(client(*entries, **more)))


def calls(*dates):
    return [unanswered(d) for d in dates]


def test_three_within_thirty_days_rest_it_for_thirty_from_the_last():
    assert until(*calls("2026-10-01", "2026-10-10", "2026-10-31")) == day("2026-11-30")


def test_two_are_not_hounding_nor_three_in_thirty_one_days():
    assert until(*calls("2026-10-01", "2026-10-10")) is None
    assert until(*calls("2026-10-01", "2026-10-10", "2026-11-01")) is None


def test_another_one_within_thirty_days_of_the_second_before_extends_it():
    assert until(*calls("2026-09-01", "2026-09-10", "2026-09-20", "2026-10-10")) == day("2026-11-09")
    assert until(*calls("2026-09-01", "2026-09-10", "2026-09-20", "2026-10-11")) == day("2026-10-20")


def test_an_answer_ends_it_also_on_the_same_day():
    three = calls("2026-10-01", "2026-10-10", "2026-10-20")
    assert until(*three, entry("2026-10-21", "call")) is None
    assert until(*three, entry("2026-10-20", "call")) is None
    assert until(*three, entry("2026-09-30", "call")) == day("2026-11-19")


def test_an_answer_in_between_begins_the_count_anew():
    assert until(*calls("2026-10-01", "2026-10-10", "2026-10-20"), entry("2026-10-15")) is None


def test_a_later_last_visit_ends_it_too():
    three = calls("2026-10-01", "2026-10-10", "2026-10-20")
    assert until(*three, last_visit="2026-10-20") is None
    assert until(*three, last_visit="2026-09-20") == day("2026-11-19")


def test_what_is_still_to_come_got_no_answer_yet():
    assert until(*calls("2026-11-10", "2026-11-12", "2026-11-20")) is None


def test_three_on_one_day():
    assert until(*calls("2026-10-01", "2026-10-01", "2026-10-01")) == day("2026-10-31")


def test_the_numbers_are_the_teams():
    cfg = Config(backoff=Backoff(unanswered=2, within=5, days=7))
    assert until(*calls("2026-10-01", "2026-10-06"), cfg=cfg) == day("2026-10-13")
    assert until(*calls("2026-10-01", "2026-10-07"), cfg=cfg) is None
    assert until(*calls("2026-10-01"), cfg=Config(backoff=Backoff(unanswered=0))) is None


def test_it_holds_the_cadence_back():
    three = calls("2026-11-02", "2026-11-04", "2026-11-06")
    due = due_of(client(entry("2026-10-26"), *three, stage="probable"))
    assert due.backoff_until == day("2026-12-06")
    assert shown(due) == ["cadence 2026-12-07"]  # the 6th is a Sunday
    assert [(w.kind, w.until) for w in due.reasons[0].waits] == [("backoff", day("2026-12-06"))]


def test_never_contacted_not_before_the_back_off_ends():
    three = calls("2026-11-02", "2026-11-04", "2026-11-06")
    assert shown(due_of(client(*three))) == ["cadence 2026-12-07"]
    assert shown(due_of(client(*three, since="2026-12-21"))) == ["cadence 2026-12-21"]
    assert shown(due_of(client(*three[:2]))) == ["cadence at once"]
    assert due_of(client(*three), TODAY).reasons[0].base is None


def test_an_answer_on_the_day_of_a_try_counts_as_after_it_whichever_try_it_is():
    assert until(*calls("2026-10-01", "2026-10-10", "2026-10-20"), entry("2026-10-01")) is None
