"""Japan's public holidays, without the two hundred countries that the library imports beside it: half the time."""

from __future__ import annotations

import datetime as dt
import importlib.util
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any


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
    language = "ja" if lang == "ja" else "en_US"
    return dict(_japan()(years=year, language=language, expand=False).items())
