"""What was made travels from one process to another without what need not travel."""

from __future__ import annotations

import pytest

from sitegen.keeping.store import open_store
from sitegen.planning import tasks
from sitegen.planning.nodes import Node
from sitegen.planning.pages import Pages
from sitegen.planning.tasks import Done

NODE = Node((("a.json", "00"),), ())


@pytest.mark.parametrize("keep", [False, True])
@pytest.mark.parametrize("size", [3, 4])
def test_many_bytes_travel_packed_alone(
    tmp_path, monkeypatch: pytest.MonkeyPatch, keep: bool, size: int
) -> None:
    monkeypatch.setattr(tasks, "LARGE", 4)
    pages = Pages(open_store(tmp_path, "v"), "here", keep=keep)
    done = Done(b"x" * size, NODE, pages.pack(b"x" * size))
    assert (done.light().data == b"") is (keep and size == 4)
    assert done.light().whole() == done.whole() == b"x" * size
