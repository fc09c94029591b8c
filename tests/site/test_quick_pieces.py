"""What client pages are put together from in a quicker way: the same as the plain way."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.config import Config
from sitegen.notes.note import read_client
from sitegen.site.body import MARK, put_in
from sitegen.site.views_client_people import day_of_anchor, dialled


@settings(deadline=None)
@given(st.lists(st.sampled_from(["\x00", "0", "12", "٣", "²", "<p>", "\x003\x00", "名"])).map("".join))
def test_marks_are_replaced_wherever_they_stand(html: str) -> None:
    assert put_in(html, lambda n: f"[{n}]") == MARK.sub(lambda mark: f"[{int(mark[1])}]", html)


@settings(deadline=None)
@given(st.text("+0123456789０-() 内線", max_size=20))
def test_a_number_is_dialled_by_its_digits(phone: str) -> None:
    assert dialled(phone) == "".join(char for char in phone if char in "+0123456789")


@settings(deadline=None, max_examples=50)
@given(st.lists(st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)), min_size=1, max_size=4))
def test_an_anchor_tells_the_day_of_its_entry(days: list[dt.date]) -> None:
    text = "\n".join(f"## {day.isoformat()} TEL\n\n- [[Abe]]\n" for day in [*days, days[0]])
    client = read_client(text.encode(), "clients/x.md", Config()).client
    assert client.entries
    for entry in client.entries:
        assert day_of_anchor(entry.anchor) == entry.date
    for link in client.links:
        assert link.entry in {(entry.date, entry.anchor) for entry in client.entries}


def test_an_anchor_that_is_no_day_is_no_entry() -> None:
    assert day_of_anchor("person-2") is None
    assert day_of_anchor("") is None
