"""Japan's public holidays, without the two hundred countries that the library imports beside it: half the time."""

from __future__ import annotations

import datetime as dt
import importlib.util
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from sitegen.installed import Place, made_by, total

FIRST, LAST = 1949, 2099
"""Years of which the library knows the law."""


@lru_cache(maxsize=1)
def _made_by() -> bytes:
    """Stands for the library, which is not imported for it: its version, and how its files look."""
    from importlib.metadata import PackageNotFoundError, version

    spec = importlib.util.find_spec("holidays")
    file = Path(spec.origin) if spec and spec.origin else Path(__file__)
    beside = made_by(__file__, file, file.with_name("countries") / "japan.py")
    try:
        told = version("holidays")
    except PackageNotFoundError:  # unpacked by hand, or part of one large file
        told = ""
    return total(beside, told.encode())


@lru_cache(maxsize=1)
def _japan() -> Any:
    import holidays

    file = Path(holidays.__file__).with_name("countries") / "japan.py"
    spec = importlib.util.spec_from_file_location("holidays_japan", file)
    if spec is None or spec.loader is None or not file.is_file():
        from holidays.countries.japan import Japan

        return Japan
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Japan


def holidays_of(year: int, lang: str) -> Mapping[dt.date, str]:
    """Name by day; none where the law is not known (before 1949, after 2099). `lang`: `ja`, else English."""
    if not FIRST <= year <= LAST:
        return {}
    language = "ja" if lang == "ja" else "en_US"
    place = Place(f"holidays-{language}-{year}", _made_by)
    known = place.load()
    if isinstance(known, dict):
        return {dt.date.fromordinal(day): name for day, name in known.items()}
    found = dict(_japan()(years=year, language=language, expand=False).items())
    place.keep({day.toordinal(): name for day, name in found.items()})
    return found
