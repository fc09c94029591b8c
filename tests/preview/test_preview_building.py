"""One build at a time, one for each burst."""

import threading
import time

import pytest

from sitegen.output import LockBusy
from sitegen.preview import BuildOutcome, english
from sitegen.preview.building import Builder, attempt


def until(condition, seconds=5.0):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.005)


@pytest.fixture
def builder_of():
    made = []

    def make(step, **kw):
        made.append(Builder(step, **kw))
        made[-1].start()
        return made[-1]

    yield make
    for builder in made:
        builder.close()
        assert not builder._thread.is_alive()


def test_a_burst_is_one_build(builder_of):
    builds = []
    builder = builder_of(lambda: builds.append(1), quiet=0.1)
    for _ in range(20):
        builder.request()
        time.sleep(0.005)
    until(lambda: builds)
    time.sleep(0.25)
    assert builds == [1]


def test_a_burst_without_end_is_built_all_the_same(builder_of):
    builds = []
    builder = builder_of(lambda: builds.append(1), quiet=0.2, longest=0.3)
    end = time.monotonic() + 0.8
    while time.monotonic() < end:
        builder.request()
        time.sleep(0.02)
    assert builds


def test_changes_during_a_build_cause_one_more(builder_of):
    builds, go, running = [], threading.Event(), []

    def step():
        running.append(1)
        assert len(running) == 1
        builds.append(1)
        go.wait(5)
        running.clear()

    builder = builder_of(step, quiet=0.01)
    builder.request()
    until(lambda: builds)
    for _ in range(5):
        builder.request()
    go.set()
    until(lambda: len(builds) == 2)
    time.sleep(0.1)
    assert len(builds) == 2


def test_closing_waits_for_a_build_under_way(builder_of):
    done = []
    builder = builder_of(lambda: (time.sleep(0.2), done.append(1)), quiet=0)
    builder.request()
    time.sleep(0.1)
    builder.close()
    assert done == [1]


def test_what_a_build_raises_becomes_words():
    def fail(error):
        def build():
            raise error

        return attempt(build, english)

    bug = fail(KeyError("stage"))
    assert not bug.ok
    assert bug.problems_text == english("preview-bug", error="KeyError: 'stage'")
    assert "Traceback" not in bug.problems_text
    assert fail(SystemExit(2)).problems_text.startswith("This is a bug")
    assert "No space" in fail(OSError(28, "No space left on device")).problems_text
    assert fail(LockBusy("output-busy", path="site")).problems_text.startswith("Another build")
    assert attempt(lambda: BuildOutcome(True, count=3), english).count == 3


def test_some_exceptions_may_pass():
    def build():
        raise LockBusy("output-busy", path="site")

    with pytest.raises(LockBusy):
        attempt(build, english, passing=(LockBusy,))
