from __future__ import annotations

import pytest

from sitegen.config import Config
from sitegen.notes.settings import read_settings


@pytest.mark.parametrize(
    "url",
    [
        "https://kayoi.example.jp/sales/",
        "http://10.0.0.5:8080",
        "file:///S:/sales/site",
        "file://server/share/営業",
    ],
)
def test_where_the_site_is_opened(url: str) -> None:
    assert read_settings(f"url: {url}\n", "kayoi.yml") == (Config(url=url), ())


@pytest.mark.parametrize(
    ("url", "mend"),
    [
        ("kayoi.example.jp", ""),
        ("ftp://kayoi.example.jp", ""),
        ("javascript:alert(1)", ""),
        ("https://", ""),
        ("https://[", ""),
        ("https://a b", ""),
        ("https://a/?x", ""),
        ("https://a/#x", ""),
        ("'\\\\server\\share'", ""),
        ("https:/kayoi.example.jp/", "url: https://kayoi.example.jp/"),
        ("HTTPS://kayoi.example.jp/", "url: https://kayoi.example.jp/"),
    ],
)
def test_what_is_no_address_is_told_and_left_out(url: str, mend: str) -> None:
    config, problems = read_settings(f"url: {url}\n", "kayoi.yml")
    assert config == Config()
    assert [(p.code, p.mend) for p in problems] == [("settings-url", mend)]
