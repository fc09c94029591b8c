"""JSON Schema of `kayoi.yml`, for editors that complete and check YAML; the documentation's table is made from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sitegen.notes.vocabulary import STAGE_WORDS

_DAYS = {"type": "integer", "minimum": 1, "maximum": 3650}
_MONTHS = {"type": "integer", "minimum": 1, "maximum": 120}
_COUNT = {"type": "integer", "minimum": 1}
_TEXT = {"type": ["string", "number"]}
_WORDS = {"anyOf": [{"type": "array", "items": _TEXT}, _TEXT]}
_BAND = {
    "anyOf": [
        {"type": "array", "items": _COUNT, "minItems": 1, "maxItems": 2},
        {"type": ["string", "integer"]},
    ]
}
_DATE = {"type": "string", "examples": ["2027-08-13"]}
_MONTH_DAYS = {"type": "string", "examples": ["12-29..01-03"]}
_SALE = {"enum": ["hard", "attractive"]}


def _rows(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _about(schema: Mapping[str, Any], description: str) -> dict[str, Any]:
    return {**schema, "description": description}


SETTINGS: Mapping[str, dict[str, Any]] = {
    "title": _about(_TEXT, "The site's name."),
    "lang": _about({"enum": ["en", "ja"]}, "Language of the pages."),
    "era": _about({"type": "boolean"}, "Japanese pages write years of the era: 令和8年 for 2026."),
    "timezone": _about({"type": "string"}, "The team's; decides what “today” is."),
    "content": _about({"type": "string"}, "Folder of the notes, beside `kayoi.yml`."),
    "out": _about({"type": "string"}, "Folder of the built pages, beside `kayoi.yml`."),
    "templates": _about(
        {"type": "string"}, "Folder of your own templates, beside `kayoi.yml`; need not exist."
    ),
    "url": _about(
        {"type": "string", "examples": ["https://kayoi.example.jp/sales/"]},
        "Where the built site is opened: calendars and tables lead there. Without it they name a page by its path.",
    ),
    "history": _about({"enum": ["git", "off", False]}, "Where the notes' past is read from; `off`: nowhere."),
    "visits": _about(_COUNT, "Visits before business is talked (R1)."),
    "cadence": _about(
        _rows(**dict.fromkeys(("approach", "wtt", "possible", "probable", "won"), _DAYS)),
        "Days between contacts, by stage (R8).",
    ),
    "backoff": _about(
        _rows(unanswered=_COUNT, within=_DAYS, days=_DAYS),
        "So many contacts without an answer `within` so many days, and the rhythm rests for `days` (R2).",
    ),
    "closed": _about(
        {
            "type": "array",
            "items": {"anyOf": [_rows(**{"from": _DATE, "to": _DATE, "date": _DATE, "name": _TEXT}), _DATE]},
        },
        "Days on which you visit nobody, beside weekends, public holidays and `year_end`. "
        "Also as text: `2027-08-13..2027-08-15 Obon`.",
    ),
    "year_end": _about(_MONTH_DAYS, "First and last closed day around New Year, as month-day."),
    "list_rows": _about(
        {"type": "integer", "minimum": 1, "maximum": 100_000}, "Rows of a list page at the most."
    ),
    "kinds": _about(
        {
            "type": "object",
            "additionalProperties": {
                "anyOf": [_rows(words=_WORDS, face_to_face={"type": "boolean"}), _WORDS]
            },
        },
        "Your own kinds of entry: the words a heading calls them by, and whether they count as a visit.",
    ),
    "portfolio": _about(
        _rows(
            approaches=_about(_COUNT, "First contacts a month while a portfolio is being built."),
            contacts=_about(_BAND, "Contacts a month, from and to."),
            per_day=_about(_COUNT, "Contacts a working day."),
            hard=_about(_BAND, "Maturing relationships a rep, where the product is hard to sell."),
            attractive=_about(_BAND, "The same where people like it anyway."),
            winnow_months=_about(_MONTHS, "Months in `approach` after which to decide."),
            business_years=_about(
                {"type": "integer", "minimum": 1, "maximum": 50}, "Years without business."
            ),
        ),
        "The numbers game (R7).",
    ),
    "products": _about(
        {"anyOf": [{"type": "object", "additionalProperties": _SALE}, _WORDS]},
        "Which products are naturally attractive and which hard to sell (R7); unknown ones are hard.",
    ),
    "large_deal": _about(
        {"type": ["integer", "string"], "examples": [10000000, "1000万円"]},
        "Yen from which a deal must not hang by one thread (R10).",
    ),
    "thread_months": _about(
        _MONTHS, "Months without meeting the strategic person: the thread is thin (R10)."
    ),
    "share_months": _about(_MONTHS, "Months without a setback or a question shared: a quiet hint (R3)."),
    "stall_months": _about(_MONTHS, "Months without an answered contact that are a stall (R14)."),
    "weeks": _about(
        {"type": "integer", "minimum": 1, "maximum": 520}, "Weeks that have a report and are drawn (R7)."
    ),
    "may_ask": _about(_COUNT, "Given so many more than received: something may be asked for (R9)."),
    "occasion_days": _about(
        {"type": "integer", "minimum": 1, "maximum": 366},
        "Days before its window from which a round has its checklist; the next one always has.",
    ),
    "synonyms": _about(
        {"anyOf": [{"type": "array", "items": {"anyOf": [_WORDS, _TEXT]}}, {"type": "object"}]},
        "Words that mean the same when offers meet wishes (R9): `精密部品 = precision fittings`.",
    ),
    "occasions": _about(
        {
            "type": "array",
            "items": {
                **_rows(
                    name=_TEXT,
                    days=_MONTH_DAYS,
                    stages={"anyOf": [{"type": "array", "items": {"enum": list(STAGE_WORDS)}}, _TEXT]},
                    gift={"type": "boolean"},
                ),
                "required": ["name", "days"],
            },
        },
        "The year's rounds: window of days as month-day, for whom, and whether a gift is brought.",
    ),
}
"""A row a field of `Config`, in its order."""


def settings_schema() -> dict[str, Any]:
    """JSON Schema (draft 7, which every YAML extension knows) of `kayoi.yml`."""
    properties = {
        key: {"anyOf": [row, {"type": "null"}], "description": row["description"]}
        for key, row in SETTINGS.items()
    }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Settings of a Kayoi book",
        "type": ["object", "null"],
        "additionalProperties": False,
        "properties": properties,
    }
