"""The preview's sentences stand in the catalogue, in both languages, as in the code."""

import re
from pathlib import Path

import yaml

from sitegen.preview.words import SENTENCES

MESSAGES = Path(__file__).parents[2] / "templates" / "messages"


def test_both_languages_tell_what_the_code_tells():
    english, japanese = (
        yaml.safe_load((MESSAGES / f"problems-preview.{lang}.yml").read_text("utf-8"))
        for lang in ("en", "ja")
    )
    assert english == SENTENCES
    assert list(japanese) == list(english)
    for code, text in english.items():
        assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", japanese[code])), code
