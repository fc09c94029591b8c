"""The preview's web server: this computer's own browser may read the site's folder, and nothing else
anything.

A site holds clients' affairs, so the server trusts nobody: only names that can mean this computer in `Host`
(a strange web page may point a name of its own here), nothing for other sites to embed, no listings, no dot
files, no links out.
"""

from __future__ import annotations

import errno
import html
import ipaddress
import socket
import socketserver
import stat
import sys
from collections.abc import Callable, Iterable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from sitegen.output.paths import fault
from sitegen.preview.live import OWN, Hub, with_reload
from sitegen.preview.words import PortTaken, PreviewError, Words

_TEXT = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".ics": "text/calendar",
    ".vcf": "text/vcard",
    ".xml": "application/xml",
}
_BINARY = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".pdf": "application/pdf",
}
# A table of our own, because `mimetypes` asks Windows' registry, where any program may have made scripts
# plain text.

_TAKEN = (errno.EADDRINUSE, errno.EACCES) if sys.platform == "win32" else (errno.EADDRINUSE,)
_NOT_FOUND = (
    '<!DOCTYPE html><html lang="und"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width"><title>{title}</title></head>'
    '<body><main><h1>{title}</h1><p>{text}</p><p><a href="/">{start}</a></p></main></body></html>'
)


def content_type(name: str) -> str:
    """The media type of a file by its name, text always with its charset."""
    suffix = Path(name).suffix.lower()
    if suffix in _TEXT:
        return f"{_TEXT[suffix]}; charset=utf-8"
    return _BINARY.get(suffix, "application/octet-stream")


def is_loopback(host: str) -> bool:
    """Only this computer can reach this address."""
    return host == "localhost" or (_is_address(host) and ipaddress.ip_address(host).is_loopback)


def _is_address(host: str) -> bool:
    try:
        return bool(ipaddress.ip_address(host))
    except ValueError:
        return False


def may_ask(header: str | None, host: str, port: int) -> bool:
    """A `Host` header that can only mean this server.

    Where it listens on all addresses any number may stand there, but no strange name: only names can be
    pointed here by others.
    """
    try:
        asked = urlsplit(f"//{header or ''}")
        name, number = asked.hostname or "", asked.port or 80
    except ValueError:
        return False
    known = {"localhost", "127.0.0.1", "::1", host.lower()}
    everywhere = _is_address(host) and ipaddress.ip_address(host).is_unspecified
    return number == port and (name in known or (everywhere and _is_address(name)))


def find(out: Path, path: str) -> Path | None:
    """The file that an address' path means, if it is the site's: never a dot file, nor one outside `out`."""
    relative = path.removeprefix("/")
    name = f"{relative}index.html" if not relative or relative.endswith("/") else relative
    if fault(name) or any(part.startswith(".") for part in name.split("/")):
        return None
    try:
        target = (out / name).resolve(strict=True)
        if target.is_relative_to(out.resolve()) and stat.S_ISREG(target.stat().st_mode):
            return target
    except (OSError, RuntimeError):  # RuntimeError: links in a circle
        pass
    return None


class PreviewServer(ThreadingHTTPServer):
    """Listens from its making on; serves while `serve_forever` runs. To be used in a `with`."""

    daemon_threads = True
    # On Windows the option would let two programs listen on one port.
    allow_reuse_address = sys.platform != "win32"

    def __init__(
        self, host: str, port: int, *, out: Path, hub: Hub, words: Words, say: Callable[[str], None]
    ) -> None:
        """Take the address; port 0 means any that is free. Raises `PortTaken` and `PreviewError`."""
        self.host, self.out, self.hub, self.words, self.say = host, out, hub, words, say
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        try:
            super().__init__((host, port), Handler)
        except OverflowError as wrong:
            raise PreviewError("preview-host", host=f"{host}:{port}", error=str(wrong)) from None
        except OSError as failed:
            if failed.errno in _TAKEN and (free := free_port(host, port)):
                raise PortTaken("preview-port-taken", port=str(port), free=str(free)) from None
            raise PreviewError("preview-host", host=host, error=failed.strerror or str(failed)) from None

    def server_bind(self) -> None:
        """Bind without the look-up of this computer's name, which may take seconds."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.host, self.server_address[1]

    @property
    def url(self) -> str:
        """The address of the first page."""
        everywhere = _is_address(self.host) and ipaddress.ip_address(self.host).is_unspecified
        host = "localhost" if everywhere else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.server_port}/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A reader who has gone is nothing to tell; anything else is a bug, told in a line."""
        error = sys.exc_info()[1]
        if not isinstance(error, ConnectionError | TimeoutError):
            self.say(self.words("preview-bug", error=f"{type(error).__name__}: {error}"))


def free_port(host: str, port: int) -> int:
    """A port near this one that is free now; 0 if none is found."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for candidate in range(max(port, 1023) + 1, min(max(port, 1023) + 50, 65536)):
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            try:
                probe.bind((host, candidate))
            except OSError:
                continue
            return candidate
    return 0


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: PreviewServer
    server_version, sys_version = "Kayoi", ""
    timeout = 60

    def do_GET(self) -> None:
        """Answer with a page, a file, or the preview's own."""
        site = self.server
        if not may_ask(self.headers.get("Host"), site.host, site.server_port):
            text = site.words("preview-wrong-host", url=site.url)
            return self._send(HTTPStatus.FORBIDDEN, "text/plain; charset=utf-8", text.encode())
        address = urlsplit("//" + self.path if not self.path.startswith("/") else "//x" + self.path)
        path = unquote(address.path, errors="surrogateescape")
        if path.startswith(OWN):
            return self._own(path.removeprefix(OWN), address.query)
        if found := find(site.out, path):
            return self._file(found)
        if find(site.out, path + "/"):
            query = f"?{address.query}" if address.query else ""
            folder = [("Location", quote(path) + "/" + query)]
            return self._send(HTTPStatus.MOVED_PERMANENTLY, "", b"", folder)
        return self._not_found(path)

    do_HEAD = do_GET  # noqa: N815  the library's name

    def _own(self, name: str, query: str) -> None:
        if name in ("reload.js", "reload.css"):
            return self._send(HTTPStatus.OK, content_type(name), Path(__file__).with_name(name).read_bytes())
        if name == "events":
            return self._events(parse_qs(query).get("version", [""])[0])
        return self._not_found(OWN + name)

    def _file(self, path: Path) -> None:
        try:
            data = path.read_bytes()
        except OSError:
            return self._not_found(self.path)
        kind = content_type(path.name)
        if kind.startswith("text/html"):
            data = with_reload(data, self.server.hub.state.version)
        return self._send(HTTPStatus.OK, kind, data)

    def _not_found(self, path: str) -> None:
        words = self.server.words
        shown = path.encode("utf-8", "replace").decode()
        page = _NOT_FOUND.format(
            title=html.escape(words("preview-not-found-title")),
            text=html.escape(words("preview-not-found", path=shown)),
            start=html.escape(words("preview-start")),
        )
        data = with_reload(page.encode(), self.server.hub.state.version)
        return self._send(HTTPStatus.NOT_FOUND, "text/html; charset=utf-8", data)

    def _send(
        self, status: HTTPStatus, kind: str, data: bytes | None, more: Iterable[tuple[str, str]] = ()
    ) -> None:
        self.send_response(status)
        for name, value in (
            *([("Content-Type", kind)] if kind else []),
            *([("Content-Length", str(len(data)))] if data is not None else []),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
            # The search index is made of scripts: without this, any site open in the browser could read it.
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Referrer-Policy", "same-origin"),
            *more,
        ):
            self.send_header(name, value)
        self.end_headers()
        if data and self.command != "HEAD":
            self.wfile.write(data)

    def _events(self, version: str) -> None:
        self._send(HTTPStatus.OK, "text/event-stream; charset=utf-8", None)
        if self.command == "HEAD":
            return
        for event in self.server.hub.events(version, self.server.words("preview-problems")):
            self.wfile.write(event)
            self.wfile.flush()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the terminal is for builds and problems."""
