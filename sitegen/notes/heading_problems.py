"""What in the heading of an entry is unclear: a weekday that does not fit, a name of two people, who was away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sitegen.model import Problem
from sitegen.notes.headings import Heading, nearly_private
from sitegen.notes.sections import Section
from sitegen.notes.source import Source
from sitegen.notes.vocabulary import UNANSWERED


def heading_problems(section: Section, heading: Heading, source: Source) -> Iterator[Problem]:
    """What the heading of an entry may not mean as it stands."""
    date, tell = section.date, source.problem
    if date and date.date and not date.weekday_fits:
        yield tell(section.index, "weekday-wrong", "", "warning", date=date.date.isoformat())
    for named in heading.people:
        if named.choices:
            choices = " / ".join(named.choices)
            yield tell(section.index, "name-two-people", name=named.name, choices=choices)
    if heading.unclear:
        line = source.line(section.index)
        away = next((word for word in UNANSWERED if heading.unclear.endswith(word)), heading.unclear)
        whom = heading.unclear.removesuffix(away)
        mend = line.replace(heading.unclear, f"{whom} {away}", 1) if whom else ""
        yield tell(section.index, "heading-unanswered", mend, "warning", word=heading.unclear)


def told_private(sections: Sequence[Section], source: Source) -> Iterator[Problem]:
    """Where a heading was taken for private without saying so as it should. `source`: without what is private."""
    for section in sections:
        if section.private and section.pieces and nearly_private(section.pieces[0].heading):
            yield source.problem(section.index, "private-nearly", "", "warning")
