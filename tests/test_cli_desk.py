"""The verbs at the desk as somebody types them: what is written, what is said, what is left alone."""

from __future__ import annotations

import datetime as dt
import html
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sitegen import cli_asking
from sitegen.cli import cli
from sitegen.cli_screen import wrapped
from sitegen.desk.spoken import spoken_day
from sitegen.report import columns

ROOT = Path(__file__).resolve().parents[1]
NOTE = "content/clients/tanaka/yamato.md"


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KAYOI_TODAY", "2026-11-19")
    add(
        tmp_path,
        "yamato",
        "---\nname: Yamato Precision\nnative: 大和精密株式会社\nstage: wtt\nlast_visit: 2026-11-01\n"
        "people:\n  - Ito Haruka\n  - Ito Ken\n---\n## 2026-11-06 visit with Ito Haruka\nHi.\n",
    )
    add(tmp_path, "yamada", "---\nname: Yamada\naliases: [YD]\n---\n")
    add(tmp_path, "secret", "---\nname: Himitsu\nprivate: true\n---\n")
    return tmp_path


def add(book: Path, name: str, text: str | bytes, rep: str = "tanaka") -> Path:
    note = book / "content" / "clients" / rep / f"{name}.md"
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_bytes(text if isinstance(text, bytes) else text.encode())
    return note


def run(*args: str, answer: str | None = None) -> Result:
    result = CliRunner().invoke(cli, args, input=answer)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def read(book: Path, note: str = NOTE) -> str:
    return (book / note).read_bytes().decode()


def test_log_as_typed_in_a_doorway(book: Path) -> None:
    before = read(book)
    result = run(
        *("log", "大和", "She laughed.", "no: not this year", "- got: tea", "-w", "haruka", "-k", "電話"),
        *("--need", "(Ito Ken) fewer forms", "-p", "send it 12/1", "--inbound", "-d", "yesterday"),
    )
    assert result.exit_code == 0, result.output
    entry = (
        "## 2026-11-18 call with Ito Haruka\nShe laughed.\n\n- no: not this year\n- got: tea\n- inbound\n"
        "- need (Ito Ken): fewer forms\n- [ ] send it 📅 2026-12-01\n\n"
    )
    assert read(book) == before.replace("## 2026-11-06", entry + "## 2026-11-06")
    assert result.output.splitlines()[:2] == [f"{Path(NOTE)}:10", "    ## 2026-11-18 call with Ito Haruka"]
    assert run("check", "--strict").exit_code == 0


@pytest.mark.parametrize(
    "text", ["a\n---\nb", "a\n===\nb", "a\n-\nb", "# a\n ## b", "x\n\n---\na", "a\n  --- \n"]
)
def test_no_text_makes_a_heading_of_its_own(book: Path, text: str) -> None:
    result = run("log", "yamato", text)
    assert result.exit_code == 0, result.output
    assert result.output.splitlines()[1] == "    ## 2026-11-19 visit"
    headings = [line for line in read(book).splitlines() if line.startswith("#")]
    assert headings == ["## 2026-11-19 visit", "## 2026-11-06 visit with Ito Haruka"]


@pytest.mark.parametrize(
    "stage",
    [
        "stage: >\n  possible",
        "stage: |\n  wtt",
        "stage: willing\n  to talk",
        "stage:\n  won",
        "stage: 'willing\n  to talk'",
    ],
)
def test_a_stage_over_several_lines_is_left_and_told(book: Path, stage: str) -> None:
    note = add(book, "yamada", f"---\nname: Yamada\n{stage}\n---\n## 2026-11-06 visit\n")
    before = note.read_bytes()
    for args in (("move", "yamada", "dropped"), ("log", "yamada", "x", "--stage", "dropped")):
        result = run(*args)
        assert result.exit_code == 1
        assert "yamada.md:3:1: The stage is written over several lines here." in result.output
    assert note.read_bytes() == before


def test_a_line_within_a_text_is_told_as_such(book: Path) -> None:
    result = run("log", "yd", "a\n\nb\n- need: q")
    assert result.exit_code == 1
    assert "“- need: q” within a text is a line that counts by itself." in result.output
    assert run("log", "yd", "a\n\nb\n- q", "--with", "Abe\nJun").exit_code == 0
    assert "## 2026-11-19 visit with Abe Jun\na\n\nb\n- q\n" in read(book, "content/clients/tanaka/yamada.md")


def test_words_without_quotes_are_the_text_and_a_line_word_takes_what_follows(book: Path) -> None:
    run("log", "yd", "They", "hired", "two", "need:", "a", "bilingual", "recruiter")
    assert read(book, "content/clients/tanaka/yamada.md").endswith(
        "## 2026-11-19 visit\nThey hired two\n\n- need: a bilingual recruiter\n"
    )


def test_a_stage_moves_with_the_entry_and_last_visit_stays(book: Path) -> None:
    assert run("log", "precision", "--stage", "可能性あり").exit_code == 0
    text = read(book)
    assert "stage: possible\nlast_visit: 2026-11-01\n" in text
    assert "## 2026-11-19 visit\n- stage: possible\n\n" in text
    late = run("log", "precision", "--stage", "wtt", "-d", "2026-09-01")
    assert late.exit_code == 0
    assert "stage: possible\nlast_visit" in read(book)


def test_dry_run_writes_nothing(book: Path) -> None:
    before = read(book)
    for args in (("log", "precision", "Hi"), ("move", "precision", "won")):
        result = run(*args, "--dry-run")
        assert (result.exit_code, read(book)) == (0, before)
        assert NOTE.rsplit("/", 1)[1] in result.output
    assert run("new", "Third", "--dry-run").exit_code == 0
    assert not (book / "content/clients/tanaka/Third.md").exists()


def test_move_writes_the_key_and_the_line(book: Path) -> None:
    result = run("move", "yamato", "probable")
    assert "Moved: willing to talk → probable" in result.output
    assert "stage: probable\n" in read(book)
    assert read(book).endswith("Hi.\n\n- stage: probable\n")
    assert "Stays: probable" in run("move", "yamato", "probable").output
    assert run("check", "--strict").exit_code == 0


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("log", "yama", "Hi"), "Yamada (yamada)"),
        (("log", "kobe", "Hi"), "No client fits kobe."),
        (("log", "yd", "Hi", "--kind", "vizit"), "Did you mean visit?"),
        (("log", "yd", "Hi", "--line", "leson: x"), "Did you mean lesson?"),
        (("log", "yd", "Hi", "--date", "soon"), "is no day"),
        (("log", "yd", "Hi", "--date", "2026-02-30"), "is no day"),
        (("log", "yd", "Hi", "--promise", "send 2/30"), "2/30 is no day"),
        (("log", "yd", "Hi", "--promise", "send 2026-02-30"), "2026-02-30 is no day"),
        (("log", "yd", "- [ ] send 令和8年2月30日"), "is no day"),
        (("log", "yd", "Hi", "--time", "noonish"), "is no time"),
        (("log", "precision", "Hi", "--with", "Ito"), "Ito Haruka or Ito Ken"),
        (("log", "yd", "Hi", "--ned", "x"), "--need"),
        (("log", "yd", "bad \udcff"), "can't be read as text"),
        (("move", "yd", "posible"), "Did you mean possible?"),
        (("move", "yama", "won"), "Yamato Precision"),
        (("new", " "), "needs a name"),
        (("new", "Kobe", "--size", "huge"), "huge is no size. They are: large, mid, small."),
        (("new", "Kobe", "--rep", ""), "can't be the name of a rep's folder"),
        (("new", "Kobe", "--rep", "../.."), "can't be the name of a rep's folder"),
        (("due", ""), "No rep is named"),
        (("serve", "--port", "-1"), "Invalid value for '--port'"),
        (("serve", "--port", "65536"), "Invalid value for '--port'"),
        (("new", "Kobe", "--rep", "tanaka2"), "tanaka"),
        (("due", "nobody"), "tanaka"),
        (("log", "", "x"), 'No client fits "".'),
        (("log", "yd"), "What happened?"),
    ],
)
def test_usage(book: Path, args: tuple[str, ...], said: str) -> None:
    before = {path: path.read_bytes() for path in book.rglob("*.md")}
    result = run(*args)
    assert result.exit_code == 2
    assert said in result.output
    assert {path: path.read_bytes() for path in book.rglob("*.md")} == before


def test_an_ambiguous_name_asks_on_a_terminal(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli_asking, "asked", lambda: True)
    result = run("log", "yama", "Hi", answer="7\n2\n")
    assert result.exit_code == 0, result.output
    assert "1  Yamada (yamada)" in result.output
    assert "\nHi\n" in read(book)


def test_a_rep_writes_into_a_private_note_too(book: Path) -> None:
    assert run("log", "himitsu", "Hi").exit_code == 0
    assert read(book, "content/clients/tanaka/secret.md").endswith("---\n## 2026-11-19 visit\nHi\n")


@pytest.mark.parametrize("verb", [("log", "sjis", "Hi"), ("move", "sjis", "won")])
def test_a_note_that_can_not_be_edited_is_told_by_its_place(book: Path, verb: tuple[str, ...]) -> None:
    data = "---\nname: 大和\n---\n大和精密を訪問しました。\n".encode("cp932")
    note = add(book, "sjis", data)
    result = run(*verb)
    assert result.exit_code == 1
    assert result.stderr.startswith("content/clients/tanaka/sjis.md:1:1: ")
    assert note.read_bytes() == data


def test_a_text_that_would_change_more_than_it_says_is_refused(book: Path) -> None:
    before = read(book)
    result = run("log", "precision", "half a %% mark")
    assert (result.exit_code, read(book)) == (1, before)
    assert f"{NOTE}:1:1: " in result.stderr


def test_writing_is_atomic_and_keeps_permissions(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if os.name == "posix":
        (book / NOTE).chmod(0o640)
        run("log", "precision", "Hi")
        assert (book / NOTE).stat().st_mode & 0o777 == 0o640
    before = read(book)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)
    result = run("log", "precision", "Again")
    assert (result.exit_code, read(book)) == (1, before)
    assert "Permission denied" in result.stderr
    assert sorted(p.name for p in (book / NOTE).parent.iterdir()) == ["secret.md", "yamada.md", "yamato.md"]


def test_new_holds_the_keys_that_matter_and_is_a_client_at_once(book: Path) -> None:
    result = run("new", "Sakura: Metals", "--native", "桜金属", "--size", "mid", "--reading", "さくら")
    assert result.exit_code == 0, result.output
    text = read(book, "content/clients/tanaka/Sakura- Metals.md")
    assert text.startswith(
        '---\nname: "Sakura: Metals"\nnative: 桜金属\nreading: さくら\nstage: approach\nsize: mid\n'
    )
    assert run("check", "--strict").exit_code == 0
    assert run("log", "桜", "Hi").exit_code == 0
    again = run("new", "桜金属")
    assert (again.exit_code, "is there already" in again.stderr) == (1, True)


def test_new_finds_the_rep_or_makes_one(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("new", "First", "--rep", "suzuki")
    assert (book / "content/clients/suzuki/First.md").exists()
    result = run("new", "Second")
    assert (result.exit_code, "suzuki" in result.stderr) == (2, True)
    monkeypatch.chdir(book / "content/clients/suzuki")
    (book / "kayoi.yml").write_text("title: T\n", encoding="utf-8")
    assert run("new", "Second").exit_code == 0
    assert (book / "content/clients/suzuki/Second.md").exists()


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("CON", "CON-.md"),
        ("nul", "nul-.md"),
        ("aux.md", "aux.md-.md"),
        ("Foo. ", "Foo.md"),
        ('A<B>:"/\\|?*C', "A-B-C.md"),
        (".hidden", "hidden.md"),
        ("YAMATO", "YAMATO-2.md"),
        ("大和精密", "大和精密.md"),
        ("..", "client.md"),
    ],
)
def test_file_names_that_windows_can_hold_too(book: Path, name: str, file: str) -> None:
    result = run("new", name)
    assert result.exit_code == 0, result.output
    assert (book / "content/clients/tanaka" / file).is_file()
    assert run("check").exit_code == 0


def lines_of(page: Path) -> Iterator[tuple[str, list[str]]]:
    """What the built due list says: headings with their numbers, and rows as texts."""
    text = re.sub(r"<span[^>]* hidden>.*?</span>", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for group in re.findall(r'<section class="group .*?</section>', text, re.DOTALL):
        rows = re.findall(r'<tr class="row.*?</tr>', group, re.DOTALL)
        heading = re.search(r"<h2[^>]*>(.*?)</h2>", group, re.DOTALL)
        if heading and rows:
            yield plain(heading[1]), rows


def plain(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", text)).split())


def parts_of(row: str) -> list[str]:
    """The texts of a row in the order of the terminal: name, due date, reasons, said, step."""
    found = [re.findall(pattern, row, re.DOTALL) for pattern in (
        r'<a href="\.\./clients[^>]*>(.*?)</a>',
        r'<span class="due-line">(.*?)</span></span>',
        r'<span class="sub">((?:(?!badge).)*?)</span>(?= <span class="sub then"|</span></td>)',
        r'<span class="sub then">(.*?)</span></span></td>',
    )]  # fmt: skip
    return [plain(one) for some in found for one in some[:1]]


@pytest.mark.parametrize(("lang", "area"), [("en", False), ("ja", False), ("en", True)])
def test_due_says_what_the_page_says(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str, area: bool
) -> None:
    site: Path = request.getfixturevalue("sample" if lang == "en" else "sample_ja")
    monkeypatch.chdir(site.parent)
    monkeypatch.delenv("NO_COLOR", raising=False)
    told = run("due", "tanaka", "--today", "2026-11-19", *(["--by-area"] if area else [])).output
    monkeypatch.setattr("sitegen.cli_screen.PIPE_WIDTH", 10_000)
    wide = run("due", "tanaka", "--today", "2026-11-19", *(["--by-area"] if area else [])).output
    said = [" ".join(line.split()) for line in wide.splitlines()]
    groups = list(lines_of(site / "due" / ("tanaka-areas.html" if area else "tanaka.html")))
    assert len(groups) > 3
    at = -1
    for heading, rows in groups:
        at = said.index(heading, at + 1)
        for row in rows:
            name, *rest = parts_of(row)
            at = next(n for n in range(at + 1, len(said)) if said[n].startswith(name))
            assert said[at + 1 : at + 1 + len(rest)] == rest
    names = sum(len(rows) for _, rows in groups)
    assert names == sum(line.startswith("  ") and not line.startswith("   ") for line in wide.splitlines())
    assert "\x1b" not in told


@pytest.mark.parametrize("room", [20, 40, 79])
def test_lines_fit_narrow_terminals_whatever_is_in_them(room: int) -> None:
    text = "Next step: 新任の伊藤様に、四月の新入社員研修の資料をお持ちする（三部）。Then the outline, andaverylongwordindeed."
    lines = list(wrapped(text, room, 4))
    assert all(columns(line) <= room for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert list(wrapped("", 40)) == [""]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("11/18", dt.date(2026, 11, 18)),
        ("11/20", dt.date(2025, 11, 20)),
        ("１１月１８日", dt.date(2026, 11, 18)),
        ("昨日", dt.date(2026, 11, 18)),
        ("2/29", dt.date(2024, 2, 29)),
        ("令和8年11月6日", dt.date(2026, 11, 6)),
        ("2/30", None),
        ("tomorrow", None),
    ],
)
def test_days_as_they_are_spoken(text: str, day: dt.date | None) -> None:
    assert spoken_day(text, dt.date(2026, 11, 19)) == day


def test_the_readmes_commands_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    shutil.copy(ROOT / "kayoi.yml", tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KAYOI_TODAY", "2026-11-19")
    section = (ROOT / "README.md").read_text(encoding="utf-8").split("## At the desk")[1].split("```")[1]
    commands = [shlex.split(line[2:]) for line in section.splitlines() if line.startswith("$ kayoi")]
    assert [command[1] for command in commands] == ["new", "log", "log", "move", "due"]
    for command in commands:
        assert run(*command[1:]).exit_code == 0, command
    assert "- [ ] send the outline 📅 2026-12-01" in read(tmp_path, "content/clients/tanaka/Sakura Metals.md")


def test_a_console_in_shift_jis_takes_all_that_is_said(book: Path) -> None:
    add(book, "omori", "---\nname: Ōmori 🈚 Café\n---\n")
    env = {**os.environ, "PYTHONIOENCODING": "cp932", "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "sitegen", "log", "mori", "東京へ 📅 é", "--need", "𠮷"]
    done = subprocess.run(command, cwd=book, env=env, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode("cp932", "replace")
    assert "東京へ \\U0001f4c5 \\xe9" in done.stdout.decode("cp932")
    assert "東京へ 📅 é\n" in read(book, "content/clients/tanaka/omori.md")


def test_notes_on_another_drive_of_windows_are_named_as_a_whole(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_way(*_: object) -> str:
        raise ValueError("path is on mount 'D:', start on mount 'C:'")

    monkeypatch.setattr(os.path, "relpath", no_way)
    result = run("log", "precision", "Hi", "--content", str(book / "content"))
    assert result.exit_code == 0, result.output
    assert "\nHi\n" in read(book)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("move", "yd", "無"), "「無」という段階はありません。使える段階：アプローチ、対話、可能性あり、"),
        (("log", "yd", "x", "-k", "ゴルフ"), "「ゴルフ」という種類の記録はありません。使える種類：訪問、"),
        (("log", "yd", "x", "--date", "2/30"), "「2/30」という日付はありません。"),
        (("log", "yd", "x", "--time", "25:00"), "「25:00」という時刻はありません。"),
        (("log", "yd", "x", "-l", "leson: y"), "もしかして：lesson。使える言葉：要望、"),
        (("log", "precision", "x", "-w", "Ito"), "Ito HarukaかIto Kenのどちらとも取れます"),
        (("new", ""), "お客様の名前を書いてください"),
        (("new", "Kobe", "--size", "巨大"), "使える規模：大、中、小。"),
    ],
)
def test_a_japanese_book_is_answered_in_japanese(book: Path, args: tuple[str, ...], said: str) -> None:
    (book / "kayoi.yml").write_text("lang: ja\n", encoding="utf-8")
    result = run(*args)
    assert (result.exit_code, said in result.output) == (2, True), result.output
    assert " is no " not in result.output


def test_a_size_is_written_as_a_note_has_it(book: Path) -> None:
    assert run("new", "Kobe", "--size", "大手").exit_code == 0
    assert "size: large" in read(book, "content/clients/tanaka/Kobe.md")
    assert run("check").exit_code == 0
