"""What can stop a build at its last step.

`OutputError` is the user's to mend and carries a message code; `PathError` is a mistake of ours.
"""

from __future__ import annotations

SENTENCES = {
    "output-is-file": "{path} is a file. Kayoi needs a folder for the site: name another one.",
    "output-not-ours": (
        "{path} holds files that Kayoi did not write, so nothing was changed there. "
        "Name an empty or a new folder for the site."
    ),
    "output-is-source": (
        "The site can't go to {path}: {other} holds your own files. Name a folder of its own, such as site."
    ),
    "output-is-project": (
        "The site can't go to {path}, because your project is in it. Name a folder of its own, such as site."
    ),
    "output-link": (
        "{path} is a link to somewhere else, and Kayoi writes only inside the site's folder. "
        "Remove the link and build again."
    ),
    "output-busy": "Another build is still writing to {path}. Wait until it is done, then build again.",
}
"""Code → the English sentence; the same as in the message catalogue (a test compares them)."""


class OutputError(Exception):
    """The site's folder can't be used; `str()` is a sentence in English, `code` and `params` its message."""

    def __init__(self, code: str, **params: str) -> None:
        """Take a code of `SENTENCES` and what fills it."""
        self.code = code
        self.params = tuple(sorted(params.items()))
        super().__init__(SENTENCES[code].format(**params))


class OutputRefused(OutputError):  # noqa: N818  its name says it
    """The folder is not one that Kayoi may write to."""


class LockBusy(OutputError):  # noqa: N818  its name says it
    """Another build holds the folder, and waiting did not help."""


class PathError(ValueError):
    """A path that no site may hold."""


class PathClash(PathError):  # noqa: N818  its name says it
    """Two outputs claim one path, on some file system at least."""
