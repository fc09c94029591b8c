"""Messages as plain text, for files that are no pages: what escaping and taking it back again comes to, at once."""

from __future__ import annotations

from functools import lru_cache
from html import unescape

from markupsafe import Markup

from sitegen.site.messages import MessageError, Messages


def plain(t: Messages, key: str, /, **params: object) -> str:
    """The message with its parameters as they are, `Markup` among them as the text that it shows.

    Raises `MessageError` as the message itself does.
    """
    text = t.texts.get(key)
    if text is None:
        raise MessageError(f"no message {key!r} in {t.lang}")
    parts = text.one if text.one is not None and params.get("n") == 1 else text.other
    if len(parts) == 1:
        return _bare(parts[0])
    told = []
    for place, part in enumerate(parts):
        if not place % 2:
            told.append(_bare(part))
        elif part in params:
            told.append(_value(params[part]))
        else:
            raise MessageError(f"message {key!r} wants {part!r}")
    return "".join(told)


def plain_or(t: Messages, key: str, otherwise: str) -> str:
    """The message without parameters, or the text where there is none."""
    text = t.texts.get(key)
    return otherwise if text is None else _bare("".join(text.other))


def _value(value: object) -> str:
    if type(value) is int:
        return f"{value:,}"
    return str(value.unescape()) if isinstance(value, Markup) else str(value)


_bare = lru_cache(maxsize=4096)(unescape)
"""Parts of messages are escaped when they are read."""
