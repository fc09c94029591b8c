"""`dataclass` as the library's, made in a tenth of the time: a process that changes one note makes 440 of them.

The library writes six functions of a frozen record as text and compiles each. Here `__init__`, comparing and hashing
are compiled when first called (most never are), and printing and refusing changes need no text of their own. Whatever
is not a plain frozen record goes to the library.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from dataclasses import MISSING, Field, FrozenInstanceError
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]
Written = tuple[str, dict[str, Any]]
"""A method's text, and the values that it knows."""
OWN = frozenset(
    f"__{name}__"
    for name in (
        "init",
        "post_init",
        "repr",
        "eq",
        "hash",
        "setattr",
        "delattr",
        "getstate",
        "setstate",
        "slots",
    )
)
"""A class that has any of these itself is left to the library."""
NO_FIELDS = ("ClassVar", "InitVar", "KW_ONLY")


def _plain(cls: type) -> bool:
    """Has it nothing but fields that are given when it is made, and no record above it?"""
    own = cls.__dict__
    return (
        cls.__bases__ == (object,)
        and OWN.isdisjoint(own)
        and not any(
            word in str(told) for told in own.get("__annotations__", {}).values() for word in NO_FIELDS
        )
        and not any(isinstance(one, Field) and (not one.init or one.kw_only is True) for one in own.values())
    )


def _frozen(cls: type) -> type:
    """A frozen record with slots."""
    if cls.__doc__ is None:
        cls.__doc__ = cls.__name__  # the library would write down the whole signature
    made: Any = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    params = made.__dataclass_params__
    params.init = params.repr = params.eq = params.frozen = True
    for name, method in _methods(made, dataclasses.fields(made)):
        _put(made, name, method)
    for name, written in (("__init__", _init), ("__eq__", _eq), ("__hash__", _hash)):
        _put(made, name, _later(made, name, written))
    return made  # type: ignore[no-any-return]


def _put(cls: type, name: str, method: Any) -> None:
    method.__name__, method.__qualname__, method.__module__ = (
        name,
        f"{cls.__qualname__}.{name}",
        cls.__module__,
    )
    setattr(cls, name, method)


def _later(cls: Any, name: str, written: Callable[[Sequence[Field[Any]]], Written]) -> Callable[..., Any]:
    """Compiles the method when it is first called, and puts it in this one's place."""

    def method(self: Any, /, *args: Any, **given: Any) -> Any:
        text, known = written(dataclasses.fields(cls))
        space: dict[str, Any] = {}
        # values are names of a function around it, so that no parameter hides them
        exec(f"def around({', '.join(known)}):\n {text}\n return {name}", space)  # noqa: S102 - names of fields
        made = space["around"](**known)
        _put(cls, name, made)
        return made(self, *args, **given)

    return method


def _init(fields: Sequence[Field[Any]]) -> Written:
    known: dict[str, Any] = {"__set": object.__setattr__, "__made": object()}
    params, lines = ["__self"], []
    for field in fields:
        name, value, given = field.name, field.name, f"__of_{field.name}"
        if field.default is not MISSING:
            known[given] = field.default
            params.append(f"{name}={given}")
        elif field.default_factory is not MISSING:
            known[given] = field.default_factory
            params.append(f"{name}=__made")
            value = f"{given}() if {name} is __made else {name}"
        else:
            params.append(name)
        lines.append(f"\n  __set(__self, {name!r}, {value})")
    return f"def __init__({', '.join(params)}):{''.join(lines) or ' pass'}", known


def _eq(fields: Sequence[Field[Any]]) -> Written:
    names = [field.name for field in fields if field.compare]
    same = f"{_tuple('self', names)} == {_tuple('other', names)}"
    return (
        f"def __eq__(self, other): return {same} if other.__class__ is self.__class__ else NotImplemented",
        {},
    )


def _hash(fields: Sequence[Field[Any]]) -> Written:
    names = [field.name for field in fields if (field.compare if field.hash is None else field.hash)]
    return f"def __hash__(self): return hash({_tuple('self', names)})", {}


def _tuple(one: str, names: Sequence[str]) -> str:
    return f"({''.join(f'{one}.{name}, ' for name in names)})"


def _methods(cls: type, fields: Sequence[Field[Any]]) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Those that are seldom called."""
    names = [field.name for field in fields]

    @recursive_repr()
    def told(self: Any) -> str:
        parts = (f"{field.name}={getattr(self, field.name)!r}" for field in fields if field.repr)
        return f"{self.__class__.__qualname__}({', '.join(parts)})"

    def kept(self: Any, name: str, value: Any) -> None:
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        object.__setattr__(self, name, value)

    def left(self: Any, name: str) -> None:
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot delete field {name!r}")
        object.__delattr__(self, name)

    def state_of(self: Any) -> list[Any]:
        return [getattr(self, name) for name in names]

    def restore(self: Any, state: list[Any]) -> None:
        for name, value in zip(names, state, strict=False):
            object.__setattr__(self, name, value)

    yield "__repr__", told
    yield "__setattr__", kept
    yield "__delattr__", left
    yield "__getstate__", state_of
    yield "__setstate__", restore


if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(cls=None, /, **options):
        """As `dataclasses.dataclass`."""

        def made(cls):
            plain = options == {"frozen": True, "slots": True} and _plain(cls)
            return _frozen(cls) if plain else dataclasses.dataclass(cls, **options)

        return made if cls is None else made(cls)
