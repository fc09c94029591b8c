"""Headings of the two name indexes: A to Z, and the rows of the Japanese syllabary."""

from __future__ import annotations

from sitegen.model import Client
from sitegen.text import bare, fold

ROWS = {
    "あ": "あいうえおぁぃぅぇぉゔ",
    "か": "かきくけこゕゖ",
    "さ": "さしすせそ",
    "た": "たちつてとっ",
    "な": "なにぬねの",
    "は": "はひふへほ",
    "ま": "まみむめも",
    "や": "やゆよゃゅょ",
    "ら": "らりるれろ",
    "わ": "わゐゑをんゎ",
}
ROW_OF = {kana: row for row, kanas in ROWS.items() for kana in kanas}
LATIN = "A–Z"
OTHER = "*"
"""Names under no letter; shown in the site's language."""
LETTERS = tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def letter(client: Client) -> str:
    """The client's heading in the index by name: its Latin initial, else `OTHER`."""
    initial = bare(client.name)[:1].upper()
    return initial if initial in LETTERS else OTHER


def name_key(client: Client) -> tuple[str, str, str]:
    """The order by name: what is no letter of the Latin alphabet comes last, by its reading."""
    return (bare(client.name), client.name, client.key)


def row(client: Client) -> str:
    """The client's heading in the Japanese index: the row of its reading's, else its name's first kana.

    Latin names without a reading stand under `LATIN`, the rest under `OTHER`.
    """
    initial = bare(client.reading or client.name)[:1]
    return ROW_OF.get(initial) or (LATIN if initial.upper() in LETTERS else OTHER)


def kana_key(client: Client) -> tuple[str, str, str]:
    """The order within the Japanese index: か before が only where all else is equal."""
    text = client.reading or client.name
    return (bare(text), fold(text), client.key)
