"""The holidays are those of the library, whichever way they are imported."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen import installed
from sitegen.doctrine import japan


@pytest.mark.parametrize(("lang", "language"), [("ja", "ja"), ("en", "en_US")])
def test_the_same_as_the_librarys_in_every_year(
    lang: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installed, "folder", lambda: None)
    from holidays.countries.japan import Japan

    for year in range(1947, 2103):
        assert japan.holidays_of(year, lang) == dict(
            Japan(years=year, language=language, expand=False).items()
        )


def test_a_library_laid_out_otherwise_gives_them_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installed, "folder", lambda: None)
    known = japan.holidays_of(2026, "ja")
    japan._japan.cache_clear()
    monkeypatch.setattr(Path, "is_file", lambda _: False)
    assert japan.holidays_of(2026, "ja") == known
    assert japan._japan().__module__ == "holidays.countries.japan"
    japan._japan.cache_clear()
