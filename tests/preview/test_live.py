"""What open pages are told, and how pages are made to listen."""

import json
import threading

import pytest

from sitegen.preview.live import Hub, relaxed, with_reload

POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; base-uri 'none'"


def test_the_policy_lets_pages_listen_and_keeps_the_rest():
    assert relaxed(POLICY) == f"{POLICY}; connect-src 'self'"


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("", ""),
        ("img-src 'none'", "img-src 'none'"),
        ("default-src 'self'", "default-src 'self'"),
        (
            "connect-src 'none'; script-src 'none'",
            "connect-src 'self'; script-src 'self'",
        ),
        ("connect-src https://a.jp;", "connect-src https://a.jp 'self'"),
        (
            "default-src 'none'",
            "default-src 'none'; connect-src 'self'; script-src 'self'; style-src 'self'",
        ),
        ("CONNECT-SRC *; connect-src 'none'", "connect-src *"),
    ],
)
def test_policies_of_teams_own_templates(policy, expected):
    assert relaxed(policy) == expected


@pytest.mark.parametrize(
    "meta",
    [
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
        f'<META content="{POLICY}" http-equiv=content-security-policy />',
        '<meta http-equiv="Content-Security-Policy" content="{}">'.format(POLICY.replace("'", "&#39;")),
    ],
)
def test_the_script_and_the_policy_are_put_into_the_page(meta):
    page = (
        f"<!doctype html><head>{meta}<title>大和</title></head><body>&lt;/body> 通い</BODY></html>".encode()
    )
    served = with_reload(page, "v-1").decode()
    assert "; connect-src 'self'\"" in served
    assert '<script src="/__kayoi/reload.js" data-version="v-1" defer></script></BODY></html>' in served
    assert "大和" in served
    assert "通い" in served


def test_a_page_without_a_body_gets_it_too_and_other_bytes_stay():
    served = with_reload(b"<p>\xff\xfe caf\xe9", "v")
    assert served.startswith(b"<p>\xff\xfe caf\xe9<script ")


def read(stream):
    """The next event as (name, data), heartbeats as (None, None)."""
    lines = dict(line.split(": ", 1) for line in next(stream).decode().strip().split("\n"))
    return lines.get("event"), json.loads(lines["data"]) if "data" in lines else None


def test_a_fresh_page_hears_of_builds_and_problems():
    hub = Hub()
    stream = hub.events(hub.state.version, "Problems")
    assert next(stream).startswith(b"retry:")
    assert read(stream) == ("problems", {"title": "Problems", "text": ""})
    hub.tell("a.md:3:1: 何か\nb.md:1:1: else", anew=False)
    assert read(stream) == ("problems", {"title": "Problems", "text": "a.md:3:1: 何か\nb.md:1:1: else"})
    hub.tell("", anew=True)
    assert read(stream)[0] == "built"
    assert read(stream)[1]["text"] == ""


def test_a_page_of_an_older_build_or_an_older_preview_is_out_of_date():
    hub = Hub()
    old = hub.state.version
    hub.tell("", anew=True)
    for seen in (old, Hub().state.version):
        stream = hub.events(seen, "")
        next(stream)
        assert read(stream)[0] == "built"


def test_pages_that_were_in_place_before_the_rest_are_named_once():
    hub = Hub()
    first = hub.state.version
    stream = hub.events(first, "")
    next(stream), read(stream)
    hub.tell("", anew=True)
    early = hub.state.version
    assert read(stream) == ("built", {"version": early, "before": first, "fresh": []})
    hub.tell("", anew=True, fresh=frozenset({"index.html", "clients/a.html"}))
    told = {"version": hub.state.version, "before": early, "fresh": ["clients/a.html", "index.html"]}
    assert read(stream) == ("built", told)
    hub.tell("a.md:1:1: x", anew=False)
    late = hub.events(early, "")
    next(late)
    assert read(late) == ("built", told)


def test_a_page_that_does_not_know_its_version_is_taken_for_fresh():
    stream = Hub().events("", "")
    next(stream)
    assert read(stream)[0] == "problems"


def test_a_silent_stream_gives_signs_of_life_and_ends_with_the_preview():
    hub = Hub()
    stream = hub.events("", "", heartbeat=0.01)
    next(stream), next(stream)
    assert next(stream).startswith(b":")
    threading.Timer(0.05, hub.close).start()
    assert all(part.startswith(b":") for part in stream)
