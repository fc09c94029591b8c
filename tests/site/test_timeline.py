"""The chairs as a picture, where the note tells little."""

import datetime as dt
from pathlib import Path

from sitegen.build import Project, build
from sitegen.config import Config

NOTE = """---
name: Umeda
people:
  - {name: Mori Jun, role: President, until: 2020-03}
  - {name: Kato Ren, role: President, until: 2024-03}
---
### 2018-11-10 visit: Mori Jun
"""


def test_who_left_a_chair_at_a_known_day_and_one_entry_are_enough(tmp_path: Path) -> None:
    """With no `since` anywhere the one entry is the newest day there is."""
    file = tmp_path / "content/clients/abe/umeda.md"
    file.parent.mkdir(parents=True)
    file.write_text(NOTE, encoding="utf-8")
    found, _ = build(Project(tmp_path, Config(history="off")), dt.date(2026, 11, 19), keep=False)
    assert [client.name for client in found.book.clients] == ["Umeda"]
    assert "Kato Ren" in (tmp_path / "site/clients/umeda.html").read_text("utf-8")
