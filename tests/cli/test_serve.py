"""`statusgen serve`: for this machine only, nothing but the site, and always the newest."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from statusgen.preview.changes import Sources
from statusgen.preview.pages import problem_page, with_live_reload
from statusgen.preview.server import Preview, Server, locate

Pages = Callable[..., Path]

INCIDENT = "---\ntitle: Card payments fail\n---\n\n## Investigating · 2026-11-20 10:00 UTC\n"
PAGE = """\
<!doctype html><head>
<meta http-equiv="Content-Security-Policy" content="{}"></head><body><h1>Hi</h1></body></html>
"""


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


def ask(server: Server, path: str, *, host: str | None = None, method: str = "GET") -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=5)
    try:
        connection.putrequest(method, path, skip_host=True)
        connection.putheader("Host", host or f"127.0.0.1:{server.server_port}")
        connection.endheaders()
        response = connection.getresponse()
        return Answer(response.status, dict(response.getheaders()), response.read())
    finally:
        connection.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Server]:
    folder = tmp_path / "site"
    (folder / "history").mkdir(parents=True)
    (folder / "index.html").write_text(PAGE.format("default-src 'none'"))
    (folder / "404.html").write_text("<body>no such page</body>")
    (folder / "history/index.html").write_text("<body>history</body>")
    (folder / "history.atom").write_text("<feed/>")
    (folder / "feed.json").write_text("{}")
    (folder / ".statusgen-pending").write_text("secret")
    (tmp_path / "secret.html").write_text("secret")
    (folder / "link.html").symlink_to(tmp_path / "secret.html")
    preview = Preview(str(folder))
    preview.show("v1", "")
    server = Server(preview, "127.0.0.1", 0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    preview.close()
    server.shutdown()
    server.server_close()
    thread.join()


def test_pages_are_served_with_live_reload_and_a_policy_that_allows_it(served: Server) -> None:
    answer = ask(served, "/")
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    assert b'<script src="/-/live.js" data-version="v1"></script></body>' in answer.body
    assert b"default-src 'none'; script-src 'self'; connect-src 'self'" in answer.body


def test_other_files_are_served_as_they_are(served: Server) -> None:
    answer = ask(served, "/history.atom")
    assert (answer.status, answer.body) == (200, b"<feed/>")
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert ask(served, "/feed.json").headers["Content-Type"].startswith("application/feed+json")


def test_a_head_request_gets_no_body(served: Server) -> None:
    answer = ask(served, "/", method="HEAD")
    assert (answer.status, answer.body) == (200, b"")
    assert int(answer.headers["Content-Length"]) > 100


def test_what_is_not_there_is_the_sites_own_page(served: Server) -> None:
    answer = ask(served, "/nothing")
    assert answer.status == 404
    assert b"no such page" in answer.body


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/history", "/history/"),
        ("//history", "/history/"),
        ("/history?x=1", "/history/"),
    ],
)
def test_a_folder_without_a_slash_is_redirected_on_this_server(
    served: Server,
    path: str,
    location: str,
) -> None:
    answer = ask(served, path)
    assert (answer.status, answer.headers.get("Location")) == (302, location)


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.html",
        "/history/../../secret.html",
        "/%2e%2e/secret.html",
        "/..%2fsecret.html",
        "/%2e%2e%2fsecret.html",
        "/..\\secret.html",
        "/..%5csecret.html",
        "/link.html",
        "/.statusgen-pending",
        "/%00",
        "/history/%00/../index.html",
        "/C:/secret.html",
    ],
)
def test_nothing_outside_the_site_is_served(served: Server, path: str) -> None:
    answer = ask(served, path)
    assert answer.status == 404
    assert b"secret" not in answer.body


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "", "[::1", "10.0.0.1", "a b"],
)
def test_a_name_of_somebody_else_is_turned_away(served: Server, host: str) -> None:
    """A page elsewhere whose name is made to lead here must not read what is being written."""
    connection = http.client.HTTPConnection("127.0.0.1", served.server_port, timeout=5)
    connection.putrequest("GET", "/", skip_host=True)
    connection.putheader("Host", host)
    connection.endheaders()
    response = connection.getresponse()
    assert response.status == 421
    assert b"Hi" not in response.read()
    connection.close()


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1", "[::1]:80"])
def test_our_own_names_are_answered(served: Server, host: str) -> None:
    assert ask(served, "/", host=host).status == 200


def test_on_an_address_of_the_network_addresses_are_names_of_ours(tmp_path: Path) -> None:
    server = Server(Preview(str(tmp_path)), "0.0.0.0", 0)  # noqa: S104 - what is tested
    try:
        assert server.is_for_us("192.168.1.5:8000")
        assert not server.is_for_us("evil.example:8000")
    finally:
        server.server_close()


def test_nothing_can_be_sent(served: Server) -> None:
    assert ask(served, "/", method="POST").status == 501


def events(server: Server) -> Iterator[dict[str, str]]:
    """Yield what the server tells a page."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=5)
    connection.request("GET", "/-/events")
    response = connection.getresponse()
    try:
        while line := response.readline():
            if line.startswith(b"data: "):
                yield json.loads(line.removeprefix(b"data: "))
    finally:
        connection.close()


def test_a_browser_hears_of_every_build_and_its_problems(served: Server) -> None:
    told = events(served)
    assert next(told) == {"version": "v1", "problems": ""}
    served.preview.show("v2", "a.md:3:1: error")
    assert next(told) == {"version": "v2", "problems": "a.md:3:1: error"}
    served.preview.close()
    assert list(told) == []


def test_without_a_site_the_problems_are_the_page(tmp_path: Path) -> None:
    page = problem_page("config.yml:1:1: <error>")
    assert b"config.yml:1:1: &lt;error&gt;" in page


@pytest.mark.parametrize(
    ("policy", "served_policy"),
    [
        ("default-src 'none'", "default-src 'none'; script-src 'self'; connect-src 'self'"),
        ("script-src 'none'", "script-src 'self'; connect-src 'self'"),
        (
            "script-src 'sha256-x'; connect-src 'self' https://a.example",
            "script-src 'sha256-x' 'self'; connect-src 'self' https://a.example",
        ),
        ("", "script-src 'self'; connect-src 'self'"),
    ],
)
def test_a_policy_is_widened_by_ourselves_only(policy: str, served_policy: str) -> None:
    served = with_live_reload(PAGE.format(policy).encode(), "1").decode()
    found = re.search(r'content="([^"]*)"', served)
    assert found
    assert found[1] == served_policy


def test_a_page_without_an_end_gets_the_script_too() -> None:
    assert with_live_reload(b"<h1>Hi", "1").startswith(b"<h1>Hi<script ")


def test_a_place_is_found_only_below_the_folder(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    folder = os.path.realpath(tmp_path / "a")
    (tmp_path / "ab").write_text("x")
    assert locate(folder, "/") == folder
    assert locate(folder, "/../ab") is None
    assert locate(folder, "/b") is None


# ── changes ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("watching", [True, False], ids=["told by the system", "by looking"])
def test_a_change_of_a_source_is_noticed(
    page_repository: Pages,
    monkeypatch: pytest.MonkeyPatch,
    *,
    watching: bool,
) -> None:
    monkeypatch.setattr("statusgen.preview.changes._MILLISECONDS", 100)
    if not watching:
        monkeypatch.setattr("statusgen.preview.changes.find_spec", lambda _: None)
    root = page_repository({"incidents/a.md": INCIDENT, "brand/logo.svg": "<svg/>"})
    sources = Sources(str(root))
    sources.assets = "brand/logo.svg"
    changes = sources.changes()
    while next(changes):
        pass  # what the fixture has just written
    for path in ("incidents/a.md", "config.yml", "brand/logo.svg", "incidents/b.md"):
        new = root / f"{path}.new"
        new.write_text(f"{path} anew")
        new.rename(root / path)  # as editors save
        assert any(next(changes) for _ in range(4)), path
        while next(changes):
            pass


# ── the command ───────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def running(page_repository: Pages) -> Iterator[tuple[Path, subprocess.Popen[str], str]]:
    root = page_repository({"incidents/a.md": INCIDENT})
    command = [sys.executable, "-u", "-m", "statusgen", "serve", "--root", str(root), "--port", "0"]
    (root.parent / "tmp").mkdir()
    environment = {**os.environ, "TMPDIR": str(root.parent / "tmp")}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout
        address = process.stdout.readline().split()[0]
        assert "built" in process.stdout.readline()
        yield root, process, address
        process.kill()


def fetch(address: str, path: str) -> str:
    connection = http.client.HTTPConnection(address.removeprefix("http://").strip("/"), timeout=5)
    connection.request("GET", path)
    text = connection.getresponse().read().decode()
    connection.close()
    return text


def test_an_edit_is_seen_in_the_browser_and_so_is_a_mistake(
    running: tuple[Path, subprocess.Popen[str], str],
) -> None:
    root, process, address = running
    assert process.stdout
    assert "Card payments fail" in fetch(address, "/incidents/a/")
    (root / "incidents/a.md").write_text(INCIDENT.replace("Card", "Bank"))
    assert "no problems" in process.stdout.readline()
    assert "Bank payments fail" in fetch(address, "/incidents/a/")
    (root / "incidents/a.md").write_text(INCIDENT.replace("title", "titel"))
    assert "incidents/a.md:2:1" in process.stdout.readline()
    assert not (root / "site").exists()


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly_and_leaves_nothing(
    running: tuple[Path, subprocess.Popen[str], str],
    end: signal.Signals,
) -> None:
    root, process, _ = running
    assert list((root.parent / "tmp").iterdir())
    process.send_signal(end)
    assert process.wait(timeout=10) == 0
    assert not list((root.parent / "tmp").iterdir())
