"""What was made travels from one process to another without what need not travel."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from sitegen.keeping.store import open_store
from sitegen.planning import tasks
from sitegen.planning.apart import Once
from sitegen.planning.nodes import Node
from sitegen.planning.pages import Packed, Pages
from sitegen.planning.tasks import Done
from sitegen.site.framed import Frame, Framed

NODE = Node((("a.json", "00"),), ())


@pytest.mark.parametrize("keep", [False, True])
@pytest.mark.parametrize("size", [3, 4])
def test_many_bytes_travel_packed_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keep: bool, size: int
) -> None:
    monkeypatch.setattr(tasks, "LARGE", 4)
    pages = Pages(open_store(tmp_path, "v"), "here", keep=keep)
    done = Done(b"x" * size, NODE, pages.pack(b"x" * size))
    for light in (done.light(), done.packed_alone()):
        assert (light.data == b"") is (size == 4 or light == done.packed_alone())
        assert light.data or pages.whole(light.packed or Packed()) == b"x" * size
    # what nobody keeps is not kept for having travelled
    pages.take("a.json", "00" * 32, done.packed_alone().packed)
    assert pages.has("a.json", "00" * 32) is False
    pages.flush()
    assert pages.has("a.json", "00" * 32) is keep


def test_a_page_is_put_together_again_where_another_one_brought_the_frame(tmp_path: Path) -> None:
    made, taken = (Pages(open_store(tmp_path / name, "v"), "here", keep=True) for name in "ab")
    frame: Frame = ((b"<p>", "main"), (b"</p>", ""))
    first, second = (made.pack(Framed(frame, {"main": text})) for text in (b"one", b"two"))
    assert first
    assert second
    assert (first.frame != b"", second.frame) == (True, b"")
    taken.take("a.html", "00" * 32, first)
    assert taken.whole(second) == b"<p>two</p>"
    assert taken.whole(first) == b"<p>one</p>"


def test_the_name_of_a_cell_that_many_draw_on_travels_once() -> None:
    words = Once()
    nodes = [words.of(Node((), ("".join(["part log-2:", "abe" * 50]), f"reps:{n}"))) for n in range(100)]
    assert [node.cells for node in nodes] == [("part log-2:" + "abe" * 50, f"reps:{n}") for n in range(100)]
    assert pickle.dumps(nodes).count(b"abeabe" * 25) == 1
