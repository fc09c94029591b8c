"""The sentences stand in the catalogue, in both languages, as in the code."""

import re
from pathlib import Path

import yaml

from sitegen.output.errors import SENTENCES

MESSAGES = Path(__file__).parents[2] / "templates" / "messages"


def catalogue(lang):
    return yaml.safe_load((MESSAGES / f"problems-output.{lang}.yml").read_text("utf-8"))


def test_the_sentences_of_the_code_are_those_of_the_catalogue():
    english = catalogue("en")
    assert {code: english[code] for code in SENTENCES} == SENTENCES


def test_both_languages_tell_the_same():
    english, japanese = catalogue("en"), catalogue("ja")
    assert list(english) == list(japanese)
    for code in english:
        assert set(re.findall(r"{\w+}", english[code])) == set(re.findall(r"{\w+}", japanese[code])), code
