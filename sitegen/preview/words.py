"""What the preview says, and what can keep it from starting."""

from __future__ import annotations

from typing import Protocol

from sitegen.output.errors import SENTENCES as OUTPUT

SENTENCES = {
    "preview-at": "Preview: {url} (it follows your edits; Ctrl-C ends it)",
    "preview-network": (
        "Careful: everybody who can reach this computer over the network can read the site, "
        "because it listens on {host}."
    ),
    "preview-built": "Built in {seconds} s; pages written: {count}.",
    "preview-failed": "The build did not finish. The preview still shows the last site.",
    "preview-same": "The problems are the same as before.",
    "preview-bug": "This is a bug in Kayoi, not in your notes. Please report it with this line: {error}",
    "preview-disk": "The disk did not take part: {error}",
    "preview-polling": (
        "This folder does not report its changes ({reason}), so Kayoi looks for them every {seconds} s."
    ),
    "preview-network-drive": "it is on a network drive or a shared folder",
    "preview-end": "The preview has ended.",
    "preview-port-taken": "Port {port} is taken by another program. Free at the moment: {free}.",
    "preview-host": "Kayoi can't listen on {host}: {error}.",
    "preview-problems": "Problems in your notes",
    "preview-not-found-title": "No such page",
    "preview-not-found": (
        "There is no page at {path}. It may have been renamed or removed, or the build has not made it yet."
    ),
    "preview-start": "To the first page",
    "preview-wrong-host": "This preview answers only at {url}.",
}
"""Code → the English sentence; the same as in the message catalogue (a test compares them)."""


class Words(Protocol):
    """Message code and what fills it → a sentence in the user's language."""

    def __call__(self, code: str, **params: str) -> str:
        """The sentence."""


def english(code: str, **params: str) -> str:
    """The sentence in English, for where no catalogue is at hand."""
    return (SENTENCES.get(code) or OUTPUT[code]).format(**params)


class PreviewError(Exception):
    """The preview can't start; `str()` is a sentence in English, `code` and `params` its message."""

    def __init__(self, code: str, **params: str) -> None:
        """Take a code of `SENTENCES` and what fills it."""
        self.code = code
        self.params = tuple(sorted(params.items()))
        super().__init__(english(code, **params))


class PortTaken(PreviewError):  # noqa: N818  its name says it
    """Another program listens on the port; `params` name one that is free."""
