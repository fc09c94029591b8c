"""The verbs at the desk: `kayoi new`, `log`, `move`, `due`."""

from __future__ import annotations

import click

VERBS: tuple[click.Command, ...] = ()
"""What `cli` takes in."""
