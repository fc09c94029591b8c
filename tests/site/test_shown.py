"""Views: records of a quicker make, that keep what frozen dataclasses promise."""

import importlib
import pkgutil

import pytest

import sitegen.site
from sitegen.site.shown import Shown
from sitegen.site.views_client_care import SharedView


class Pair(Shown, frozen=True):
    one: str
    other: tuple[int, ...] = ()


def test_views_are_what_they_hold_and_stay_so() -> None:
    pair = Pair("a", (1,))
    assert pair == Pair(one="a", other=(1,))
    assert hash(pair) == hash(Pair("a", (1,)))
    assert pair != Pair("a")
    assert Pair("a") != SharedView((), (), False)
    with pytest.raises(AttributeError):
        pair.one = "b"  # type: ignore[misc]
    with pytest.raises(TypeError):
        Pair()  # type: ignore[call-arg]


def test_every_view_is_frozen() -> None:
    for module in pkgutil.iter_modules(sitegen.site.__path__):
        importlib.import_module(f"sitegen.site.{module.name}")
    kinds = Shown.__subclasses__()
    assert len(kinds) > 50
    assert all(kind.__struct_config__.frozen and not kind.__struct_config__.gc for kind in kinds)
