"""The preview: a watcher and a loopback server."""

from sitegen.preview.building import BuildOutcome
from sitegen.preview.serving import serve
from sitegen.preview.words import PortTaken, PreviewError, english

__all__ = ["BuildOutcome", "PortTaken", "PreviewError", "english", "serve"]
