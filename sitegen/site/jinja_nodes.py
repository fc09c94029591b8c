"""Small things to do with the nodes of a template's tree, for `jinja_quick`."""

# ruff: noqa: N802 - methods are found by the names of Jinja's nodes
from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

N = TypeVar("N", bound=nodes.Node)


class Put(NodeTransformer):
    """Puts values in the place of names."""

    def __init__(self, known: dict[str, nodes.Expr]) -> None:
        """The values by name."""
        self.known = known

    def visit_Name(self, node: nodes.Name) -> nodes.Expr:
        """The value, or the name."""
        return copied(self.known.get(node.name, node))


def joined(found: Iterable[nodes.Node]) -> list[nodes.Node]:
    """Statements, those that only put something out made one where they follow each other."""
    made: list[nodes.Node] = []
    for one in found:
        last = made[-1] if made else None
        if isinstance(one, nodes.Output) and isinstance(last, nodes.Output):
            last.nodes.extend(one.nodes)
        else:
            made.append(one)
    return made


def copied(node: N) -> N:
    """The node and all below it, once more; what isn't a node is shared."""
    made = object.__new__(type(node))
    made.__dict__.update(node.__dict__)
    for name, old in node.iter_fields():
        if isinstance(old, list):
            setattr(made, name, [copied(one) if isinstance(one, nodes.Node) else one for one in old])
        elif isinstance(old, nodes.Node):
            setattr(made, name, copied(old))
    return made


def names(body: Iterable[nodes.Node], *, stored: bool) -> set[str]:
    """Names that are given a value in it, or those that are asked for."""
    found = (
        name for one in body for name in (one, *one.find_all(nodes.Name)) if isinstance(name, nodes.Name)
    )
    return {name.name for name in found if (name.ctx != "load") is stored}


def pairs(node: nodes.Call | nodes.Filter) -> list[nodes.Keyword]:
    """What is given by name."""
    return [pair for pair in node.kwargs if isinstance(pair, nodes.Keyword)]


def is_text(node: nodes.Node) -> bool:
    """A constant text."""
    return isinstance(node, nodes.Const) and type(node.value) is str


def cheap(node: nodes.Node) -> bool:
    """May be asked for twice."""
    return node.find(nodes.Call) is None and not isinstance(node, nodes.Call)


def steady(node: nodes.Node, inner: set[str]) -> bool:
    """May stand where the parameter's name stood: a constant, or a name that means the same there."""
    if isinstance(node, nodes.Getattr):
        return steady(node.node, inner)
    return isinstance(node, nodes.Const) or (isinstance(node, nodes.Name) and node.name not in inner)


def filled(parts: tuple[str, ...], given: dict[str, nodes.Expr]) -> Iterator[nodes.Expr]:
    """A message taken apart, its parameters put in."""
    for place, part in enumerate(parts):
        if place % 2:
            yield nodes.Filter(copied(given[part]), "filled", [], [], None, None)
        elif part:
            yield nodes.TemplateData(part)


def bound(macro: nodes.Macro, call: nodes.Call) -> dict[str, nodes.Expr] | None:
    """The parameters and what is given for each; None where that can't be known."""
    params = [arg.name for arg in macro.args]
    if call.dyn_args or call.dyn_kwargs or len(call.args) + len(call.kwargs) > len(params):
        return None
    given = dict(zip(params, call.args, strict=False))
    for pair in pairs(call):
        if pair.key not in params or pair.key in given:
            return None
        given[pair.key] = pair.value
    for name, value in zip(reversed(params), reversed(macro.defaults), strict=False):
        given.setdefault(name, copied(value))
    return given if len(given) == len(params) else None


def loops_only_inside(macro: nodes.Macro) -> bool:
    """`loop` always means one of its own."""
    loops = list(macro.find_all(nodes.For))
    own = {id(name) for loop in loops for one in loop.body for name in (one, *one.find_all(nodes.Name))}
    return all(name.name != "loop" or id(name) in own for name in macro.find_all(nodes.Name))


def unused(node: nodes.Node, used: set[str]) -> bool:
    """A macro or import that nobody asks for any more."""
    if isinstance(node, nodes.FromImport):
        return not used & {name[1] if isinstance(name, tuple) else name for name in node.names}
    return isinstance(node, nodes.Macro) and node.name not in used
