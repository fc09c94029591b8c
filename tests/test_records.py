"""Our records behave as the library's do."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import sys
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen import records

VALUES = st.sampled_from([0, 1, 1.0, "x", None, (), (1,), [], float("nan")])
SORTS = ("plain", "default", "factory", "not compared", "not hashed", "hashed", "not shown")


def field_of(sort: str) -> Any:
    options = {
        "factory": {"default_factory": list},
        "not compared": {"default": 1, "compare": False},
        "not hashed": {"default": 1, "hash": False},
        "hashed": {"default": 1, "compare": False, "hash": True},
        "not shown": {"default": 1, "repr": False},
    }
    return dataclasses.field(**options[sort]) if sort in options else 1


def record(make: Any, names: list[str], sorts: list[str], **options: bool) -> Any:
    order = sorted(zip(names, sorts, strict=False), key=lambda one: one[1] != "plain")
    space: dict[str, Any] = {"__annotations__": {name: "Any" for name, _ in order}, "__module__": __name__}
    space["__doc__"] = "A record."
    space.update({name: field_of(sort) for name, sort in order if sort != "plain"})
    made = make(**({"frozen": True, "slots": True} | options))(type("Told", (), space))
    sys.modules[__name__].__dict__["Told"] = made
    return made


def said(act: Callable[[], object]) -> object:
    try:
        return act()
    except Exception as mistake:
        return type(mistake), str(mistake)


def behaviour(cls: Any, first: list[Any], second: list[Any], name: str) -> list[object]:
    """All that can be done with two records of a class."""
    one, other = said(lambda: cls(*first)), said(lambda: cls(*second))
    told: list[object] = [
        repr(one), repr(other), one == other, one != other, one == first, said(lambda: hash(one)),
        said(lambda: hash(other)), said(lambda: cls(*first, **{name: 1})), said(lambda: cls(nothing=1)),
        said(lambda: setattr(one, name, 1)), said(lambda: delattr(one, name)),
        [str(field) for field in dataclasses.fields(cls)], repr(cls.__dataclass_params__), cls.__match_args__,
        cls.__slots__, cls.__doc__, cls.__init__.__qualname__, cls.__eq__.__module__,
    ]  # fmt: skip
    if isinstance(one, cls):
        again = pickle.loads(pickle.dumps(one))  # noqa: S301 - our own
        told += [
            repr(again),
            repr(copy.deepcopy(one)),
            repr(said(lambda: dataclasses.replace(one, **{name: 7}))),
        ]
        told += [copy.copy(one) == one, one.__reduce_ex__(4)[2], dataclasses.asdict(one)]
    return told


NAMES = st.lists(
    st.sampled_from(["name", "self", "other", "set", "made", "cls", "value"]), min_size=1, unique=True
)


@settings(deadline=None)
@given(NAMES, st.lists(st.sampled_from(SORTS), min_size=7, max_size=7), st.lists(VALUES), st.lists(VALUES))
def test_a_record_behaves_as_the_librarys(
    names: list[str], sorts: list[str], first: list[Any], second: list[Any]
) -> None:
    told = [
        str(behaviour(record(make, names, sorts), first, second, names[0]))
        for make in (records.dataclass, dataclasses.dataclass)
    ]
    assert told[0] == told[1]


def test_a_record_refuses_what_is_no_field_too() -> None:
    # the library means to say the same, and fails to since the class with slots is another one than it began with
    one = record(records.dataclass, ["a"], ["default"])()
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.b = 1
    with pytest.raises(dataclasses.FrozenInstanceError):
        del one.b


def test_a_record_with_nothing_in_it() -> None:
    own, librarys = (record(make, [], []) for make in (records.dataclass, dataclasses.dataclass))
    assert own() == own()
    assert hash(own()) == hash(librarys())
    assert repr(own()) == repr(librarys())
    assert said(lambda: own(1)) == said(lambda: librarys(1))


@pytest.mark.parametrize("options", [{"frozen": False}, {"order": True}, {"slots": False}, {"kw_only": True}])
def test_what_is_not_a_plain_frozen_record_is_the_librarys(options: dict[str, bool]) -> None:
    made = record(records.dataclass, ["a"], ["default"], **options)
    assert made.__eq__.__code__.co_filename == "<string>"
    assert made.__init__.__code__.co_name == "__init__"


def test_a_class_with_methods_of_its_own_keeps_them() -> None:
    @records.dataclass(frozen=True, slots=True)
    class Own:  # noqa: PLW1641 - it gets one
        """With a method that the library would write."""

        name: str

        def __eq__(self, other: object) -> bool:
            return True

        def __post_init__(self) -> None:
            object.__setattr__(self, "name", self.name.upper())

    assert Own("a").name == "A"
    assert Own("a") == Own("b")
    assert hash(Own("a")) == hash(Own("A"))


def test_methods_are_compiled_when_first_called() -> None:
    made = record(records.dataclass, ["a", "b"], ["plain", "plain"])
    before = made.__init__, made.__eq__, made.__hash__
    assert made(1, 2) == made(1, 2)
    assert hash(made(1, 2)) == hash((1, 2))
    assert all(
        one is not other
        for one, other in zip(before, (made.__init__, made.__eq__, made.__hash__), strict=True)
    )
    assert made.__init__.__code__.co_varnames[1:] == ("a", "b")
