"""The disk: what is written, what is pruned, and what is never touched."""

from sitegen.output.cleaning import Cleaned, clean_site
from sitegen.output.content import Content
from sitegen.output.errors import LockBusy, OutputError, OutputRefused, PathClash, PathError
from sitegen.output.writing import Written, told, write_site

__all__ = [
    "Cleaned",
    "Content",
    "LockBusy",
    "OutputError",
    "OutputRefused",
    "PathClash",
    "PathError",
    "Written",
    "clean_site",
    "told",
    "write_site",
]
