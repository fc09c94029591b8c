"""The rows of front matter: one class a note, one field a key. A new key begins here.

Read by `schema`; editors get them as JSON Schema, which accepts what the readers of `fm_values` accept.
"""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from sitegen.model import PartialDate
from sitegen.notes import fm_values as read
from sitegen.notes.vocabulary import STAGE_WORDS

_TEXT = {"type": ["string", "number", "null"]}
_WORDS = {"anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": ["string", "null"]}]}
_YES_NO = {"anyOf": [{"type": ["boolean", "null"]}, {"enum": ["yes", "no", "はい", "いいえ"]}]}
_NUMBER = {"anyOf": [{"type": ["integer", "null"], "minimum": 0}, {"type": "string"}]}


def _choice(table: dict[str, tuple[str, ...]], what: str) -> dict[str, Any]:
    """The keys first, as an editor offers them; then every other word that is read."""
    others = [word for key, known in table.items() for word in known if word != key]
    return {"anyOf": [{"enum": list(table)}, {"enum": others}, {"type": "null"}], "title": what}


Text = Annotated[str, BeforeValidator(read.text), WithJsonSchema(_TEXT)]
Words = Annotated[tuple[str, ...], BeforeValidator(read.words), WithJsonSchema(_WORDS)]
Tags = Annotated[tuple[str, ...], BeforeValidator(read.tags), WithJsonSchema(_WORDS)]
YesNo = Annotated[bool, BeforeValidator(read.boolean), WithJsonSchema(_YES_NO)]
Count = Annotated[int, BeforeValidator(read.count), WithJsonSchema(_NUMBER)]
Yen = Annotated[int, BeforeValidator(read.yen), WithJsonSchema(_NUMBER)]
Day = Annotated[
    dt.date,
    BeforeValidator(read.day),
    WithJsonSchema({"type": ["string", "null"], "examples": ["2026-11-06", "2026年11月6日"]}),
]
When = Annotated[
    PartialDate,
    BeforeValidator(read.partial_date),
    WithJsonSchema({"type": ["string", "integer", "null"], "examples": ["2016", "2016-03", "2016-03-15"]}),
]
Clock = Annotated[
    str, BeforeValidator(read.clock), WithJsonSchema({"type": ["string", "null"], "examples": ["10:00"]})
]
Stage = Annotated[
    str, BeforeValidator(read.stage), WithJsonSchema(_choice(dict(STAGE_WORDS), "Stage of the relationship"))
]
Size = Annotated[
    str,
    BeforeValidator(partial(read.choice, table=read.SIZES)),
    WithJsonSchema(_choice(dict(read.SIZES), "Size of the firm")),
]
Level = Annotated[
    str,
    BeforeValidator(partial(read.choice, table=read.LEVELS)),
    WithJsonSchema(_choice(dict(read.LEVELS), "Altitude")),
]
Depth = Annotated[
    str,
    BeforeValidator(partial(read.choice, table=read.DEPTHS)),
    WithJsonSchema(_choice(dict(read.DEPTHS), "Depth")),
]


def _rows(value: Any) -> Any:
    """One row alone, or a list of rows."""
    return value if isinstance(value, list) else [value]


def _links(value: Any) -> Any:
    """The same; several links in one text are several rows."""
    if isinstance(value, str) and (value.count("[[") > 1 or "、" in value):
        return list(read.words(value))
    return _rows(value)


def _named(value: Any) -> Any:
    """A row that is only a name."""
    return {"name": value} if isinstance(value, str) else value


class _Row(BaseModel):
    """What all rows have in common: unknown keys are `schema`'s to tell."""

    model_config = ConfigDict(
        extra="ignore", frozen=True, populate_by_name=True, arbitrary_types_allowed=True
    )


class PersonRow(_Row):
    """Somebody at the client; a name alone will do."""

    name: Text = Field(description="Name, as the notes write it")
    reading: Text = Field("", description="Reading in kana")
    role: Text = Field("", description="Role, such as HR head")
    level: Level = Field("", description="strategic (decides) or working (does)")
    since: When | None = Field(None, description="In this chair since")
    until: When | None = Field(None, description="In this chair until")
    email: Text = ""
    phone: Text = ""
    same: Text = Field("", description="[[Client#Name]] where this is a person of another client too")
    note: Text = ""


class BackerRow(_Row):
    """Who stands behind a client."""

    name: Text = Field(description="Name; [[Name]] is a link")
    size: Size = Field("", description="A backer counts as large unless this says otherwise")


class HandoverRow(_Row):
    """Entries before `date` are those of the rep `from`."""

    rep: Text = Field(alias="from", description="The rep who had this client before")
    date: Day = Field(description="The day of the hand-over")


class ReferenceRow(_Row):
    """A client that uses a product and lets others see it."""

    product: Text = ""
    free: YesNo = Field(False, description="Uses it free of charge")
    visits: YesNo = Field(False, description="Other clients may come and see")
    since: When | None = None
    benefit: Text = Field("", description="What they have of it")


class PlanRow(_Row):
    """The next meeting as planned."""

    date: Day
    time: Clock = ""
    kind: Text = Field("", description="visit, meeting, call … as in the heading of an entry")
    people: Words = Field((), alias="with", description="Who will be there, on their side")
    step: Text = Field("", description="What to bring or do")


Person = Annotated[PersonRow | None, BeforeValidator(_named)]
Backer = Annotated[BackerRow | None, BeforeValidator(_named)]


class ClientRow(_Row):
    """Front matter of a client's note. Every key may be left out."""

    name: Text = Field("", description="Default: the first heading, else the file name")
    native: Text = Field("", description="The name in its own script")
    reading: Text = Field("", description="Reading in kana; sorts the Japanese index")
    stage: Stage = Field("approach", description="Where the relationship stands")
    owner: Text = Field("", description="The rep; default: the folder under clients/")
    handovers: Annotated[tuple[HandoverRow | None, ...], BeforeValidator(_rows)] = Field(
        (), alias="handover", description="Who had this client before, and until when"
    )
    since: When | None = Field(None, description="First contact, also before the notes began")
    visits_before: Count = Field(0, description="Visits before the notes began")
    last_visit: Day | None = Field(None, description="Enough while there are no entries")
    size: Size = Field("", description="large, mid or small")
    prestige: YesNo = Field(False, description="A well-known name that others follow")
    backers: Annotated[tuple[Backer, ...], BeforeValidator(_links)] = Field(
        (), description="Who stands behind this client"
    )
    area: Text = Field("", description="For one day's visits in one part of the town")
    address: Text = ""
    phone: Text = ""
    product: Text = Field("", description="What we hope to sell")
    value: Yen | None = Field(None, description="Of the deal, in yen")
    reference: ReferenceRow | None = Field(None, description="Uses a product and lets others see it")
    people: Annotated[tuple[Person, ...], BeforeValidator(_rows)] = Field(
        (), description="Whom we know there"
    )
    offers: Words = Field((), description="What this client sells, for introductions")
    seeks: Words = Field((), description="What this client is looking for")
    gifts: YesNo = Field(True, description="false: accepts no gifts")
    next: Annotated[PlanRow | None, BeforeValidator(read.plan)] = Field(None, description="The next meeting")
    wait_until: When | None = Field(None, description="Not before")
    tags: Tags = ()
    aliases: Words = Field((), description="Other names that [[links]] may use")
    private: YesNo = Field(False, description="Stays off the site")


class RepRow(_Row):
    """Front matter of `reps/<key>.md`."""

    name: Text = ""
    native: Text = ""
    reading: Text = ""
    area: Text = ""
    target: Annotated[tuple[int, int] | None, BeforeValidator(read.band), WithJsonSchema(_TEXT)] = None
    private: YesNo = False


class SolutionRow(_Row):
    """Front matter of `solutions/<key>.md`."""

    name: Text = ""
    native: Text = ""
    level: Depth = Field("standard", description="basic, standard or advanced")
    answers: Words = Field((), description="Words of the needs that it answers")
    private: YesNo = False


class PageRow(_Row):
    """Front matter of a plain page."""

    title: Text = ""
    private: YesNo = False
