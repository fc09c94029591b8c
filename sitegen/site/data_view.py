"""The page of what there is beside the pages: calendars, tables for a spreadsheet, data for scripts."""

from __future__ import annotations

from markupsafe import Markup

from sitegen.records import dataclass
from sitegen.site.context import Site
from sitegen.site.data import DATA
from sitegen.site.data_fields import Data, Field
from sitegen.site.data_rows import ENTRY_YEARS
from sitegen.site.orders import stages_of
from sitegen.site.tables_lists import ALL
from sitegen.site.urls import href
from sitegen.site.views_lists import stage_href


@dataclass(frozen=True, slots=True)
class RepFiles:
    """What a rep can take along."""

    name: str
    native: str
    calendar: str
    due: str
    clients: str


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field as the page tells it."""

    name: str
    type: Markup
    says: Markup
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileView:
    """One file of data."""

    name: str
    file: str
    """The file's name; of several that of the newest year."""
    href: str
    """Empty where there is none."""
    years: tuple[tuple[str, str], ...]
    """Those with their files, the newest first."""
    schema: str
    about: Markup
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True)
class DataView:
    """All that the page may see."""

    reps: tuple[RepFiles, ...]
    all_clients: str
    stages: tuple[tuple[str, str], ...]
    """Stage and its table."""
    files: tuple[FileView, ...]


def data_view(site: Site) -> DataView:
    """Everything there is, in the order in which people ask for it."""
    return DataView(
        reps=tuple(_rep(site, key) for key in site.reps),
        all_clients=href("", f"{ALL}.csv"),
        stages=tuple(
            (stage, f"{stage_href(site, '', stage).removesuffix('.html')}.csv") for stage in stages_of(site)
        ),
        files=tuple(_file(site, data) for data in DATA),
    )


def _rep(site: Site, key: str) -> RepFiles:
    name, due = site.rep_name(key), f"due/{site.names['due'][key]}"
    clients = href("", f"lists/rep-{site.names['rep'][key]}.csv")
    return RepFiles(name, site.reps[key].native, href("", f"{due}.ics"), href("", f"{due}.csv"), clients)


def _file(site: Site, data: Data) -> FileView:
    years = sorted(site.shared(ENTRY_YEARS), reverse=True) if data.of_year else []
    path = data.path(*years[:1])
    return FileView(
        name=data.name,
        file=path.removeprefix("data/"),
        href="" if data.of_year and not years else href("", path),
        years=tuple((year, href("", data.path(year))) for year in years),
        schema=href("", data.schema_path),
        about=site.t(f"data.about.{data.name}"),
        fields=tuple(_field(site, data, field) for field in data.fields),
    )


def _field(site: Site, data: Data, field: Field) -> FieldView:
    kind = site.t(f"data.type-{field.type}")
    told = site.t("data.or-null", type=kind) if field.may_be_null else kind
    return FieldView(field.name, told, site.t(data.says(field)), field.choices)
