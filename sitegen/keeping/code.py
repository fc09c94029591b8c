"""What kept results were made with: Kayoi's own code and the libraries whose work is in them."""

from __future__ import annotations

import sys
from functools import lru_cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

LIBRARIES = (
    "markdown-it-py",
    "mdit-py-plugins",
    "pyyaml",
    "jinja2",
    "markupsafe",
    "holidays",
    "msgspec",
    "tzdata",
)


@lru_cache(maxsize=1)
def made_with() -> str:
    """Changes whenever a line of the code does, or a library is another: then nothing kept counts."""
    package = Path(__file__).resolve().parents[1]
    made = blake2b(digest_size=16)
    for file in sorted(package.rglob("*.py")):
        made.update(file.relative_to(package).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    made.update(" ".join([sys.version, *(f"{name} {_version(name)}" for name in LIBRARIES)]).encode())
    return made.hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
