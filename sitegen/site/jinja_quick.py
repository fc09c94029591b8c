"""Rewrites a template, before Jinja compiles it, into one that says the same with fewer calls.

Macros and included templates are put in where they are used, messages become text with their parameters between,
and a block is written in one go. Where it can't be known that the same comes out, a piece stays as it is.
"""

# ruff: noqa: N802 - methods are found by the names of Jinja's nodes
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from keyword import iskeyword
from typing import cast

from jinja2 import Environment, TemplateNotFound, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer

from sitegen.site.jinja_nodes import (
    Put,
    bound,
    cheap,
    copied,
    filled,
    is_text,
    joined,
    loops_only_inside,
    names,
    pairs,
    steady,
    unused,
)
from sitegen.site.messages import Messages

NAMED = re.compile(r"""\{%-?\s*(?:include|from)\s+["']([^"']+)["']""")
"""Other templates that one is made of."""
SAFE = frozenset({"told", "told_of", "or_plain", "filled", "native", "natives", "stage", "ruby"})
"""Filters that give `Markup`: nothing is left to escape."""
BLOCK = "quick_block"
DEEP = 6
"""So deep are macros put into macros: none that calls itself comes to an end else."""


Source = tuple[str, str | None]
"""A template's source, and the file that it is in."""


def source_of(env: Environment, name: str) -> Source:
    """A template's source and file; nothing where there is none."""
    try:
        source, file, _ = env.loader.get_source(env, name) if env.loader else ("", None, None)
    except TemplateNotFound:
        return "", None
    return source, file


def parts_of(env: Environment, source: str, known: dict[str, Source]) -> dict[str, Source]:
    """All templates that may be put into one, by name: what its code depends on. `known`: those read already."""
    found: dict[str, Source] = {}
    sources = [source]
    while sources:
        for name in NAMED.findall(sources.pop()):
            if name not in found:
                found[name] = known[name] = known.get(name) or source_of(env, name)
                sources.append(found[name][0])
    return found


class Generator(CodeGenerator):
    """Writes attributes as Python's own, and escapes nothing twice.

    An attribute that isn't there then raises `AttributeError`: whoever renders must try again without this.
    """

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        """`view.name` instead of `environment.getattr(view, 'name')`."""
        if iskeyword(node.attr) or not isinstance(node.node, nodes.Name | nodes.Getattr):
            super().visit_Getattr(node, frame)
        else:
            self.visit(node.node, frame)
            self.write(f".{node.attr}")

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if isinstance(node, nodes.Filter) and node.name in SAFE and not frame.eval_ctx.volatile:
            self.write("(")
        else:
            super()._output_child_pre(node, frame, finalize)


class Quickened(NodeTransformer):
    """A template being rewritten."""

    def __init__(self, env: Environment, tree: nodes.Template, trees: dict[str, Quickened | None]) -> None:
        """`trees`: those that were rewritten already; None stands for one that is under way."""
        self.env, self.tree, self.trees, self.depth = env, tree, trees, 0
        self.free: dict[str, set[str]] = {}
        self.t = cast("Messages", env.globals["t"])
        self.own = {macro.name: copied(macro) for macro in tree.body if isinstance(macro, nodes.Macro)}
        self.macros = {name: (self, macro) for name, macro in self.own.items()}
        self.stored = names(tree.body, stored=True)
        for found in tree.find_all(nodes.FromImport):
            self._import(found)
        # a name that is given twice may mean either
        named = Counter(macro.name for macro in tree.find_all(nodes.Macro)) + Counter(self.stored)
        self.macros = {name: found for name, found in self.macros.items() if named[name] == 1}
        tree.body = self.rewritten(tree.body)
        tree.set_environment(env)

    def _import(self, node: nodes.FromImport) -> None:
        other = self._other(node.template)
        for given in node.names:
            name, alias = given if isinstance(given, tuple) else (given, given)
            self.stored.add(alias)
            if other and name in other.own and not node.with_context:
                self.macros[alias] = (other, other.own[name])

    def _other(self, template: nodes.Expr) -> Quickened | None:
        name = template.value if isinstance(template, nodes.Const) else None
        if not isinstance(name, str):
            return None
        if name not in self.trees:
            self.trees[name] = None
            source, file = source_of(self.env, name)
            self.trees[name] = Quickened(self.env, self.env.parse(source, name, file), self.trees)
        return self.trees[name]

    def rewritten(self, body: Iterable[nodes.Node]) -> list[nodes.Node]:
        """Statements rewritten; text that follows on text is one."""
        made: list[nodes.Node] = []
        for node in body:
            found = self.visit(node)
            made += found if isinstance(found, list) else [found]
        return joined(made)

    def generic_visit(self, node: nodes.Node, *args: object, **kwargs: object) -> nodes.Node:
        """What has nothing special about it: its parts."""
        for field, old in node.iter_fields():
            if isinstance(old, list) and old and isinstance(old[0], nodes.Stmt):
                setattr(node, field, self.rewritten(old))
            elif isinstance(old, list):
                setattr(node, field, [self.visit(one) if isinstance(one, nodes.Node) else one for one in old])
            elif isinstance(old, nodes.Node):
                setattr(node, field, self.visit(old))
        return node

    # -- expressions

    def visit_Concat(self, node: nodes.Concat) -> nodes.Expr:
        """Two texts known by now are one."""
        self.generic_visit(node)
        if all(isinstance(one, nodes.Const) and type(one.value) is str for one in node.nodes):
            return nodes.Const("".join(one.value for one in node.nodes))  # type: ignore[attr-defined]
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Expr:
        """A message: asked for as a filter is, which is a plain call."""
        self.generic_visit(node)
        if node.dyn_args or node.dyn_kwargs or not node.args or "t" in self.stored:
            return node
        first, rest = node.args[0], node.args[1:]
        if isinstance(node.node, nodes.Name) and node.node.name == "t" and not rest:
            if isinstance(first, nodes.Concat) and len(first.nodes) == 2 and is_text(first.nodes[0]):
                return nodes.Filter(first.nodes[1], "told_of", [first.nodes[0]], node.kwargs, None, None)
            return nodes.Filter(first, "told", [], node.kwargs, None, None)
        if isinstance(node.node, nodes.Getattr) and node.node.attr == "or_plain":
            of = node.node.node
            if isinstance(of, nodes.Name) and of.name == "t" and len(rest) == 1 and not node.kwargs:
                return nodes.Filter(first, "or_plain", rest, [], None, None)
        return node

    # -- statements

    def visit_Output(self, node: nodes.Output) -> list[nodes.Node]:
        """What is put out, with macros and messages put in."""
        made: list[nodes.Node] = []
        for child in node.nodes:
            made += self._macro(child) or self._message(self.visit(child))
        return joined(made)

    def _message(self, node: nodes.Expr) -> list[nodes.Node]:
        """A message whose words are known: text and parameters."""
        plain: list[nodes.Node] = [nodes.Output([node])]
        key = node.node if isinstance(node, nodes.Filter) and node.name == "told" else None
        if not isinstance(node, nodes.Filter) or not isinstance(key, nodes.Const):
            return plain
        text = self.t.texts.get(key.value)
        given: dict[str, nodes.Expr] = {pair.key: pair.value for pair in pairs(node)}
        if text is None or not text.params() <= given.keys() or not all(cheap(one) for one in given.values()):
            return plain
        other: list[nodes.Node] = [nodes.Output(list(filled(text.other, given)))]
        n = given.get("n")
        if text.one is None or n is None:
            return other
        one: list[nodes.Node] = [nodes.Output(list(filled(text.one, given)))]
        if isinstance(n, nodes.Const):
            return one if n.value == 1 else other
        test = nodes.Compare(n, [nodes.Operand("eq", nodes.Const(1))])
        return [nodes.If(test, one, [], other)]

    def _macro(self, node: nodes.Expr) -> list[nodes.Node]:
        """A macro's body with its arguments; nothing where the call must stay."""
        if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name) or self.depth > DEEP:
            return []
        owner, macro = self.macros.get(node.node.name, (self, None))
        given = bound(macro, node) if macro else None
        if macro is None or given is None or not self._harmless(owner, macro):
            return []
        values = {name: self.visit(value) for name, value in given.items()}
        inner = names(macro.body, stored=True)
        put = {name: value for name, value in values.items() if name not in inner and steady(value, inner)}
        owner.depth += 1
        made = owner.rewritten(Put(put).visit(copied(one)) for one in macro.body)
        owner.depth -= 1
        if owner is not self and owner.macros.keys() & names(made, stored=False):
            return []
        left = {name: value for name, value in values.items() if name not in put}
        params: list[nodes.Expr] = [nodes.Name(name, "param") for name in left]
        return [nodes.With(params, list(left.values()), made)] if left or inner else made

    def _harmless(self, owner: Quickened, macro: nodes.Macro) -> bool:
        """Do its names mean the same here as where it stands?"""
        if macro.name not in owner.free:
            known = names([macro], stored=True) | owner.macros.keys()
            owner.free[macro.name] = names([macro], stored=False) - known
            if loops_only_inside(macro):
                owner.free[macro.name].discard("loop")
        free = owner.free[macro.name]
        if free & (self.stored | {"caller", "varargs", "kwargs", "loop"}):
            return False
        return owner is self or free <= self.env.globals.keys()

    def visit_Include(self, node: nodes.Include) -> nodes.Node:
        """The template itself."""
        other = self._other(node.template) if node.with_context and not node.ignore_missing else None
        if other is None or not other.tree.body or other.tree.find((nodes.Extends, nodes.Block)):  # type: ignore[arg-type]
            return node
        body = [copied(one) for one in other.tree.body]
        used = names(body, stored=False)
        return nodes.Scope([one for one in body if not unused(one, used)])

    def visit_Block(self, node: nodes.Block) -> nodes.Node:
        """Its text is handed on in one piece, not in hundreds through all templates above it."""
        self.generic_visit(node)
        if any(not isinstance(one, nodes.Output) for one in node.body) and not node.find(nodes.Block):
            whole = nodes.AssignBlock(nodes.Name(BLOCK, "store"), None, node.body)
            node.body = [whole, nodes.Output([nodes.Name(BLOCK, "load")])]
        return node
