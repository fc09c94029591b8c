"""Where Kayoi's own templates are: in the wheel, and in a checkout."""

from __future__ import annotations

from pathlib import Path


def own_templates() -> Path:
    """The folder with Kayoi's templates, messages, assets and starter books."""
    here = Path(__file__).resolve().parent
    installed = here / "_templates"
    return installed if installed.is_dir() else here.parent / "templates"
