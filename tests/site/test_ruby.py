"""Readings stand above Japanese names."""

import pytest

from sitegen.site.render import _ruby


@pytest.mark.parametrize(
    ("name", "reading", "above"),
    [
        ("大和精密株式会社", "やまとせいみつ", "<ruby>大和精密</ruby>株式会社"),
        ("株式会社城南電機", "じょうなんでんき", "株式会社<ruby>城南電機</ruby>"),
        ("大和株式会社", "やまとかぶしきがいしゃ", "<ruby>大和株式会社</ruby>"),
        ("田村 陽子", "たむら ようこ", "<ruby>田村 陽子</ruby>"),
        ("株式会社", "かぶ", "株式会社"),
    ],
)
def test_the_reading_stands_above_what_it_reads(name, reading, above):
    mark = f"<rp>（</rp><rt>{reading}</rt><rp>）</rp>"
    assert _ruby(name, reading) == f'<span lang="ja">{above.replace("</ruby>", mark + "</ruby>")}</span>'


def test_a_reading_is_text():
    assert "<b>" not in _ruby("<b>田", "<b>")
