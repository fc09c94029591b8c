import re
from pathlib import Path

import pytest
from markupsafe import Markup
from site_fakebook import TEMPLATES

from sitegen.model import Problem, Where
from sitegen.site.messages import MessageError, load_messages

EN, JA = (load_messages(lang, [TEMPLATES]) for lang in ("en", "ja"))


def test_both_languages_have_every_message() -> None:
    assert sorted(EN.texts) == sorted(JA.texts)


@pytest.mark.parametrize("key", sorted(EN.texts))
def test_both_languages_are_filled_with_the_same(key: str) -> None:
    en, ja = EN.texts[key].params(), JA.texts[key].params()
    # a plural may leave its number out: "put off once"
    assert en | {"n"} == ja | {"n"}


def test_every_message_that_a_template_asks_for_exists() -> None:
    asked = {
        key
        for template in TEMPLATES.glob("*.html")
        for key in re.findall(r"\bt\('([\w.-]+)'[,)]", template.read_text(encoding="utf-8"))
    }
    assert len(asked) > 80
    assert asked <= EN.texts.keys()


def test_every_message_is_asked_for_somewhere() -> None:
    """By its whole name, by a name put together from its beginning, or as a problem by its code."""
    files = (*TEMPLATES.glob("*.html"), *(TEMPLATES.parent / "sitegen").rglob("*.py"))
    source = "\n".join(file.read_text(encoding="utf-8") for file in files)
    names = set(re.findall(r"""["']([\w.-]+)["']""", source))
    starts = {a or b for a, b in re.findall(r"""f["']([\w.-]+)\{|["']([\w.-]+[.-])["']\s*~""", source)}
    starts.discard("problem.")
    asked = names | {f"problem.{name}" for name in names}
    begun = (*starts, *(f"problem.{start}" for start in starts))
    assert sorted(key for key in EN.texts if key not in asked and not key.startswith(begun)) == []


def test_plurals_and_thousands() -> None:
    assert EN("due.late", n=1) == "1 day late"
    assert EN("due.late", n=1234) == "1,234 days late"
    assert JA("due.late", n=1) == "1日超過"


def test_parameters_are_escaped_unless_they_are_markup() -> None:
    assert EN("why.promise", text="<b>") == "promised: &lt;b&gt;"
    assert EN("why.promise", text=Markup("<b>x</b>")) == "promised: <b>x</b>"


def test_a_missing_message_or_parameter_is_an_error() -> None:
    with pytest.raises(MessageError, match=r"no message 'no\.such'"):
        EN("no.such")
    with pytest.raises(MessageError, match="wants 'text'"):
        EN("why.promise")


def test_a_problem_without_a_message_is_told_by_its_code() -> None:
    problem = Problem(Where("a.md"), "never-heard-of", (("key", "<x>"), ("self", "y")))
    assert EN.problem(problem) == "never-heard-of: key &lt;x&gt;, self y"


def test_a_team_changes_one_message_and_keeps_the_others(tmp_path: Path) -> None:
    (tmp_path / "messages").mkdir()
    (tmp_path / "messages" / "en.yml").write_text("nav:\n  home: Our day\n", encoding="utf-8")
    (tmp_path / "messages" / "problems-notes.en.yml").write_text(
        'date-impossible: "No {date}!"\n', encoding="utf-8"
    )
    own = load_messages("en", [tmp_path, TEMPLATES])
    assert own("nav.home") == "Our day"
    assert own("nav.clients") == "Clients"
    assert own.problem(Problem(Where("a"), "date-impossible", (("date", "30 Feb"),))) == "No 30 Feb!"


def test_a_word_that_yaml_takes_for_a_truth_value_stays_a_word(tmp_path: Path) -> None:
    (tmp_path / "messages").mkdir()
    (tmp_path / "messages" / "en.yml").write_text("word:\n  no: no\n  on: 12:30\n", encoding="utf-8")
    own = load_messages("en", [tmp_path])
    assert (own("word.no"), own("word.on")) == ("no", "12:30")
