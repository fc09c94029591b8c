"""R9: given and received; a discount counts for neither."""

import pytest
from making import log
from written import note

from sitegen.doctrine.ledger import Ledger, is_discount, ledger

NOTE = """---
name: Yamato
---
## 2026-11-06 visit
- introduced: [[Hakone Hotels]]
- gave: the checklist

## 2026-10-01 call
- unanswered
- gave: a card in the letter box

## 2026-09-01 visit
- got: an introduction
- gave: discount of ten per cent

## 2026-12-24 visit
- gave: a cake, perhaps
"""


def test_given_and_received_with_their_days():
    book = ledger(log(note("yamato", NOTE)))
    assert [(i.kind, str(i.date)) for i in book.given] == [
        ("gave", "2026-10-01"),
        ("introduced", "2026-11-06"),
        ("gave", "2026-11-06"),
    ]
    assert [i.anchor for i in book.got] == ["2026-09-01"]
    assert [i.line.text for i in book.discounts] == ["discount of ten per cent"]
    assert book.balance == 2


def test_nothing_given_is_an_empty_ledger():
    book = ledger(log(note("a", "## 2026-11-06 visit\n- need: rest\n")))
    assert book == Ledger()
    assert book.empty


@pytest.mark.parametrize(
    "text",
    [
        *("discount 5%", "a discount of ten per cent", "10% discount", "Discount：5万円", "early-bird discount"),
        *("値引き 5%", "お値引き", "１０％引き", "初回のみ二割引", "割引"),
    ],
)  # fmt: skip
def test_a_discount(text: str):
    assert is_discount(text)


@pytest.mark.parametrize(
    "text",
    [
        "no discount but a second tutor",
        "a book about discounts",
        "値段の話はせず、資料を",
        "手引き",
        "取引先を二社",
    ],
)
def test_no_discount(text: str):
    assert not is_discount(text)
