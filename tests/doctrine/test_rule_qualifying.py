import pytest
from making import client

from sitegen.doctrine.facts import Qualified
from sitegen.doctrine.qualifying import qualified
from sitegen.model import Backer

OWN_NOTES = {"Mid Bank": "mid", "Mitsui": "large", "Corner Shop": "small"}


def size_of(name):
    return OWN_NOTES.get(name, "")


@pytest.mark.parametrize("size", ["mid", "small", ""])
def test_not_large_and_nobody_behind_it(size):
    assert qualified(client(size=size), size_of) == Qualified("not-yet")


def test_large():
    assert qualified(client(size="large", backers=(Backer("Mitsui"),)), size_of) == Qualified("large")


@pytest.mark.parametrize("backer", [Backer("Mitsui"), Backer("Unknown"), Backer("Tokio", size="large")])
def test_a_backer_counts_as_big_unless_known_to_be_smaller(backer):
    assert qualified(client(size="small", backers=(backer,)), size_of) == Qualified("backer", backer.name)


@pytest.mark.parametrize(
    "backer", [Backer("Mid Bank"), Backer("Corner Shop"), Backer("X", size="mid"), Backer("X", size="small")]
)
def test_a_backer_known_to_be_smaller_does_not(backer):
    assert qualified(client(size="mid", backers=(backer,)), size_of) == Qualified("not-yet")


def test_through_the_first_that_is_big():
    backers = (Backer("Mid Bank"), Backer("Unknown"), Backer("Mitsui"))
    assert qualified(client(backers=backers), size_of).through == "Unknown"
