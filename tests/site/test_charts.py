"""Places of columns: to scale, within the drawing, the same every time."""

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from sitegen.site.charts import FOOT, HEIGHT, LEFT, TOP, WIDTH, Data, chart


def drawn(*numbers: tuple[int, ...], target: int | None = None):  # type: ignore[no-untyped-def]
    data = [
        Data(Markup("x"), "", tuple((f"s{i}", n) for i, n in enumerate(parts)), target=target)
        for parts in numbers
    ]
    return chart("c", Markup("t"), Markup("d"), data)


def test_columns_are_to_one_scale() -> None:
    found = drawn((10,), (5,), (0,))
    high, half, none = found.columns
    assert high.parts[0].height == 2 * half.parts[0].height
    assert none.parts == ()
    assert [n for _, n in found.ticks] == [0, 5, 10]


def test_parts_stand_on_each_other() -> None:
    low, high = drawn((2, 4)).columns[0].parts
    assert low.y + low.height == HEIGHT - FOOT
    assert round(high.y + high.height - low.y, 1) == 0


def test_a_target_above_all_columns_is_within_the_drawing() -> None:
    found = drawn((1,), target=15)
    assert found.columns[0].target_y is not None
    assert TOP <= found.columns[0].target_y < HEIGHT - FOOT


def test_nothing_at_all_is_a_drawing_too() -> None:
    assert drawn().columns == ()
    assert drawn((0, 0)).columns[0].total == 0


@given(st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 20_000)), min_size=1, max_size=30))
def test_everything_stays_within(numbers: list[tuple[int, int]]) -> None:
    found = drawn(*numbers)
    assert found == drawn(*numbers)
    for column, (one, other) in zip(found.columns, numbers, strict=True):
        assert column.total == one + other
        assert column.x >= LEFT
        assert column.x + column.width <= WIDTH + 0.1
        assert all(
            part.y >= TOP - 0.1 and part.y + part.height <= HEIGHT - FOOT + 0.1 for part in column.parts
        )
