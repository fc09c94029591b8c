"""The only place that asks the clock: everything below the verbs is told which day it is."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sitegen.build import Project
    from sitegen.terminal import Options


def now(timezone: str) -> dt.date:
    """Today where the team is: at 23:00 in UTC it is already tomorrow in Tokyo."""
    from zoneinfo import ZoneInfo

    return dt.datetime.now(ZoneInfo(timezone)).date()


def today_of(project: Project, opts: Options) -> dt.date:
    """The day to work for."""
    return opts.today or now(project.cfg.timezone)
