"""One note's bytes → its record and its problems. Every file under `clients/` is a client, also one that can't be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
