"""A real server on a free port of this computer."""

import http.client
import socket
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest

from sitegen.preview import PortTaken, PreviewError, english
from sitegen.preview.live import Hub
from sitegen.preview.server import PreviewServer, content_type, find, is_loopback, may_ask

PAGE = (
    '<!doctype html><html><head><meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'
    "</head><body>大和</body></html>"
)


@contextmanager
def served(out: Path, said=None, hub=None, host="127.0.0.1"):
    hub = hub or Hub()
    say = (said if said is not None else []).append
    with PreviewServer(host, 0, out=out, hub=hub, words=english, say=say) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            hub.close()
            server.shutdown()
            thread.join()


def ask(server, path, method="GET", **headers):
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=5)
    try:
        connection.putrequest(method, path, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        connection.close()


@pytest.fixture
def out(tmp_path):
    out = tmp_path / "site"
    (out / "clients" / "大和").mkdir(parents=True)
    (out / ".kayoi").mkdir()
    (out / "empty").mkdir()
    (out / "index.html").write_text(PAGE, "utf-8")
    (out / "clients/大和/index.html").write_text("<p>client", "utf-8")
    (out / "due.csv").write_text("名,日", "utf-8")
    (out / ".kayoi/manifest.json").write_text("{}")
    (out / ".secret").write_text("s")
    (tmp_path / "private.md").write_text("precious")
    (out / "leak.md").symlink_to(tmp_path / "private.md")
    (out / "up").symlink_to(tmp_path, target_is_directory=True)
    (out / "round").symlink_to(out / "round")
    return out


def test_a_page_is_served_with_the_script_and_stays_as_it_is_on_disk(out):
    with served(out) as server:
        status, headers, body = ask(server, "/")
    assert status == 200
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert int(headers["Content-Length"]) == len(body)
    assert b"connect-src 'self'" in body
    assert b"/__kayoi/reload.js" in body
    assert (out / "index.html").read_text("utf-8") == PAGE


def test_other_files_are_served_as_they_are(out):
    with served(out) as server:
        status, headers, body = ask(server, "/due.csv?x=1")
        assert (status, headers["Content-Type"], body.decode()) == (200, "text/csv; charset=utf-8", "名,日")
        status, headers, body = ask(server, "/__kayoi/reload.css")
        assert (status, headers["Content-Type"]) == (200, "text/css; charset=utf-8")
        status, headers, body = ask(server, "/__kayoi/reload.js")
        assert (status, headers["Content-Type"]) == (200, "text/javascript; charset=utf-8")
        assert b"EventSource" in body


def test_folders_lead_to_their_first_page(out):
    with served(out) as server:
        status, headers, _ = ask(server, "/clients/%E5%A4%A7%E5%92%8C?a=b")
        assert (status, headers["Location"]) == (301, "/clients/%E5%A4%A7%E5%92%8C/?a=b")
        assert ask(server, headers["Location"])[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        "/missing.html",
        "/empty/",
        "/empty",
        "/clients/",
        "/../private.md",
        "/%2e%2e/private.md",
        "/clients/..%2f..%2f..%2fprivate.md",
        "/..%5cprivate.md",
        "//private.md",
        "/leak.md",
        "/up/private.md",
        "/up/site/index.html/..",
        "/round",
        "/.secret",
        "/.kayoi/manifest.json",
        "/.KAYOI/manifest.json",
        "/index.html/",
        "/index.html%00.txt",
        "/%ff",
        "/CON",
        "/C:/windows/win.ini",
        "/__kayoi/",
        "/__kayoi/../index.html",
        "/__kayoi/server.py",
    ],
)
def test_nothing_else_is_served(out, path):
    with served(out) as server:
        status, headers, body = ask(server, path)
    assert status == 404
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert b"No such page" in body
    assert b"precious" not in body
    assert b"reload.js" in body  # it comes to life once the page is built


def test_a_strange_path_is_shown_as_text(out):
    with served(out) as server:
        assert b"&lt;script&gt;x" in ask(server, "/%3Cscript%3Ex")[2]


def test_only_reading_is_answered(out):
    with served(out) as server:
        status, headers, body = ask(server, "/", "HEAD")
        assert (status, body) == (200, b"")
        assert int(headers["Content-Length"]) > 100
        for method in ("POST", "PUT", "DELETE", "OPTIONS"):
            assert ask(server, "/", method)[0] == 501
        assert ask(server, "/__kayoi/events", "HEAD")[0] == 200


def test_strange_names_for_this_computer_are_refused(out):
    with served(out) as server:
        port = server.server_port
        assert ask(server, "/", Host=f"localhost:{port}")[0] == 200
        assert ask(server, "/", Host=f"[::1]:{port}")[0] == 200
        for host in (
            f"evil.example:{port}",
            "localhost",
            f"localhost:{port + 1}",
            "",
            "x:y",
            f"evil@localhost.jp:{port}",
        ):
            status, _, body = ask(server, "/", Host=host)
            assert status == 403, host
            assert b"http://127.0.0.1" in body
            assert ask(server, "/__kayoi/events", Host=host)[0] == 403


@pytest.mark.parametrize(
    ("header", "host", "port", "yes"),
    [
        ("LOCALHOST:8000", "127.0.0.1", 8000, True),
        ("localhost", "127.0.0.1", 80, True),
        (None, "127.0.0.1", 8000, False),
        ("192.168.1.5:8000", "127.0.0.1", 8000, False),
        ("192.168.1.5:8000", "0.0.0.0", 8000, True),  # noqa: S104
        ("[fe80::1]:8000", "::", 8000, True),
        ("evil.jp:8000", "0.0.0.0", 8000, False),  # noqa: S104
        ("office-pc:8000", "office-pc", 8000, True),
        ("[::1:8000", "::1", 8000, False),
    ],
)
def test_who_may_ask(header, host, port, yes):
    assert may_ask(header, host, port) is yes


def test_loopback_addresses():
    assert all(map(is_loopback, ("localhost", "127.0.0.1", "127.1.2.3", "::1")))
    assert not any(map(is_loopback, ("0.0.0.0", "192.168.1.5", "office-pc", "::", "")))  # noqa: S104


def test_a_folder_that_is_not_there_yet(tmp_path):
    assert find(tmp_path / "missing", "/") is None
    with served(tmp_path / "missing") as server:
        assert ask(server, "/")[0] == 404


def test_events_reach_a_page(out):
    hub = Hub()
    with served(out, hub=hub) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=5)
        connection.request("GET", f"/__kayoi/events?version={hub.state.version}")
        with connection.getresponse() as answer:
            assert answer.getheader("Content-Type") == "text/event-stream; charset=utf-8"
            lines = [answer.readline() for _ in range(5)]
            assert lines[2] == b"event: problems\n"
            hub.tell("", anew=True)
            assert answer.readline() == b"event: built\n"
        connection.close()


def test_a_page_that_goes_away_is_not_worth_a_word(out):
    said, hub = [], Hub()
    with served(out, said, hub) as server:
        for _ in range(3):
            with socket.create_connection(("127.0.0.1", server.server_port)) as connection:
                connection.sendall(
                    f"GET /__kayoi/events HTTP/1.1\r\nHost: localhost:{server.server_port}\r\n\r\n".encode()
                )
                connection.recv(100)
        for n in range(5):
            hub.tell(str(n), anew=True)
        with socket.create_connection(("127.0.0.1", server.server_port)) as connection:
            connection.sendall(b"\x00\xff nonsense\r\n\r\n")
            connection.recv(100)
        assert ask(server, "/")[0] == 200
    assert said == []


def test_a_port_that_is_taken_is_told_with_a_free_one(out):
    with served(out) as server, pytest.raises(PortTaken) as taken:
        PreviewServer("127.0.0.1", server.server_port, out=out, hub=Hub(), words=english, say=print)
    params = dict(taken.value.params)
    assert params["port"] == str(server.server_port)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", int(params["free"])))
    assert params["free"] in str(taken.value)


@pytest.mark.parametrize(("host", "port"), [("192.0.2.1", 0), ("no such host", 0), ("127.0.0.1", 99999)])
def test_where_it_can_not_listen_it_says_so(out, host, port):
    with pytest.raises(PreviewError) as error:
        PreviewServer(host, port, out=out, hub=Hub(), words=english, say=print)
    assert error.value.code == "preview-host"


def test_a_bug_in_an_answer_is_a_line_and_no_traceback(out, monkeypatch, capfd):
    said = []
    with served(out, said) as server:
        monkeypatch.setattr("sitegen.preview.server.find", lambda *_: 1 / 0)
        with pytest.raises(http.client.RemoteDisconnected):
            ask(server, "/")
    assert len(said) == 1
    assert "ZeroDivisionError" in said[0]
    assert capfd.readouterr().err == ""


def test_text_comes_with_its_charset():
    assert content_type("a.HTML") == "text/html; charset=utf-8"
    assert content_type("a.ics") == "text/calendar; charset=utf-8"
    assert content_type("a.png") == "image/png"
    assert content_type("LICENSE") == "application/octet-stream"
