"""Where Kayoi's own templates are: in the wheel, and in a checkout."""

from __future__ import annotations

import os
from pathlib import Path


def own_templates() -> Path:
    """The folder with Kayoi's templates, messages, assets and starter books."""
    here = Path(__file__).resolve().parent
    installed = here / "_templates"
    return installed if installed.is_dir() else here.parent / "templates"


def below(folder: Path | str, root: Path) -> str:
    """A folder as seen from another, with `/`; as a whole where no way leads there: another drive of Windows."""
    try:
        way = os.path.relpath(folder, root)
    except ValueError:
        way = str(folder)
    return way.replace(os.sep, "/")
