"""What readers get from nginx, set up as docs/publishing.md says, before a directory target."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
import requests
from servers import nginx, program

from statusgen.cli.main import run

ROOT = Path(__file__).parents[2]
CONFIG = """\
page: {name: Acme, url: https://status.acme.example}
components: [{id: api, name: API}]
publish: [{type: directory, path: ../srv}]
"""
INCIDENT = "---\ntitle: A\n---\n\n## Investigating · 2026-11-20 10:00 UTC\n\nOne.\n"

pytestmark = pytest.mark.skipif(
    not program("nginx"), reason="needs nginx; .ci/setup test brings it"
)


def server_block(folder: Path) -> str:
    """Return the lines of the documented server block, for a page in another folder."""
    (block,) = re.findall(
        r"```nginx\nserver \{\n(.*?)\n\}\n```",
        (ROOT / "docs/publishing.md").read_text(encoding="utf-8"),
        re.DOTALL,
    )
    lines = [line for line in block.splitlines() if not re.match(r" *(listen|server_name) ", line)]
    return "\n".join(lines).replace("/srv/status", str(folder))


Publish = Callable[[str], None]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("served")


@pytest.fixture
def publish(folder: Path) -> Publish:
    def publish(text: str) -> None:
        for path, content in {"config.yml": CONFIG, "incidents/a.md": text}.items():
            (folder / "page" / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / "page" / path).write_text(content, encoding="utf-8")
        now = ["--now", "2026-11-21T12:00Z"]
        assert run(["publish", "--root", str(folder / "page"), *now]) == 0

    return publish


@pytest.fixture
def address(folder: Path, publish: Publish) -> Iterator[str]:
    publish(INCIDENT)
    with nginx(folder / "nginx", server_block(folder / "srv")) as port:
        yield f"http://127.0.0.1:{port}"


def headers(address: str, path: str, **asked: str) -> Mapping[str, str]:
    answer = requests.get(f"{address}/{path}", headers=asked, timeout=5)
    assert answer.status_code == 200
    return answer.headers


def test_every_file_has_its_type_its_caching_and_the_headers_that_keep_it_safe(
    address: str, folder: Path
) -> None:
    manifest = json.loads((folder / "srv/current/manifest.json").read_text())
    style = next(path for path in manifest["files"] if re.match(r"assets/.*\.css$", path))
    kinds = {
        "": ("text/html; charset=utf-8", "no-cache"),
        "incidents/a/": ("text/html; charset=utf-8", "no-cache"),
        style: ("text/css", "public, max-age=31536000, immutable"),
        "api/v2/summary.json": ("application/json; charset=utf-8", "public, max-age=60"),
        "history.atom": ("application/atom+xml; charset=utf-8", "public, max-age=60"),
        "maintenance.ics": ("text/calendar; charset=utf-8", "public, max-age=60"),
        "feed.json": ("application/feed+json; charset=utf-8", "public, max-age=60"),
    }
    for path, (kind, caching) in kinds.items():
        found = headers(address, path)
        assert (found["Content-Type"], found["Cache-Control"]) == (kind, caching), path
        assert found["Access-Control-Allow-Origin"] == "*", path
        assert found["Content-Security-Policy"].startswith("default-src 'none'"), path
        assert found["X-Content-Type-Options"] == "nosniff", path


@pytest.mark.parametrize("path", ["", "api/v2/summary.json", "history.atom", "feed.json"])
def test_what_is_text_goes_over_compressed(path: str, address: str) -> None:
    assert headers(address, path, **{"Accept-Encoding": "gzip"})["Content-Encoding"] == "gzip"


def test_a_page_that_is_not_there_is_the_pages_own_404(address: str) -> None:
    answer = requests.get(f"{address}/nothing/here/", timeout=5)
    assert answer.status_code == 404
    assert "Acme" in answer.text


def test_a_new_release_is_shown_without_a_word_to_the_server(
    address: str, publish: Publish
) -> None:
    publish(INCIDENT.replace("One.", "Two, corrected."))
    assert "Two, corrected." in requests.get(f"{address}/incidents/a/", timeout=5).text
