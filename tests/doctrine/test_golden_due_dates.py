"""The golden table: due dates worked out by hand from the doctrine, read through the real note parser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from making import TODAY, day, facts_of

from sitegen.config import Backoff, Closed, Config
from sitegen.notes.note import read_client

CASES: list[dict[str, Any]] = yaml.load(
    Path(__file__).with_name("due_dates.yml").read_text(encoding="utf-8"),
    Loader=yaml.BaseLoader,  # noqa: S506  (dates and numbers as text)
)


def config(given: dict[str, Any]) -> Config:
    """The few settings that the table uses."""
    known: dict[str, Any] = {}
    for key, value in given.items():
        if key == "closed":
            ranges = [text.split("..") for text in value]
            known[key] = tuple(Closed(day(r[0]), day(r[-1])) for r in ranges)
        elif key == "backoff":
            known[key] = Backoff(**{k: int(v) for k, v in value.items()})
        elif key == "cadence":
            known[key] = type(Config().cadence)({**Config().cadence, **{k: int(v) for k, v in value.items()}})
        else:
            raise AssertionError(f"the table sets {key}, which this test does not know")
    return Config(**known)


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_due_dates_worked_out_by_hand(case: dict[str, Any]) -> None:
    cfg = config(case.get("config", {}))
    today = day(case["today"]) if "today" in case else TODAY
    note = read_client(case["note"].encode(), "content/clients/tanaka/a.md", cfg)
    due = facts_of(note.client, today, cfg).due
    found = "never" if due.never else str(due.date or "at once")
    reasons = [[r.kind, str(r.date or "at once")] for r in due.reasons]
    assert (found, sorted(reasons)) == (case["due"], sorted(case["reasons"])), case["working"]


def test_no_title_twice() -> None:
    titles = [case["title"] for case in CASES]
    assert len(titles) == len(set(titles))
