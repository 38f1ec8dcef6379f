"""The snippets for a product's own servers, tried in those servers."""

from __future__ import annotations

import subprocess
from contextlib import closing
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest
from acme_site import OPEN, ROOT, by_path, site_of
from served import Host
from servers import free_port, nginx, program, running

from statusgen.site.hosting.unavailable import render_unavailable

NGINX, HAPROXY = program("nginx"), program("haproxy")

HAPROXY_CONFIG = """\
defaults
    mode http
    timeout connect 1s
    timeout client 5s
    timeout server 5s
{snippet}
frontend all
    bind 127.0.0.1:{port}
    default_backend product
backend product
    server one 127.0.0.1:{product}
"""


@pytest.fixture
def made() -> dict[str, bytes]:
    return by_path(render_unavailable(site_of([OPEN])))


def in_front_of(folder: Path, product: int) -> str:
    """Return the lines of a server that passes everything on to the product's port."""
    return (
        f"include {folder}/product-nginx.conf;\n"
        f"location / {{ proxy_pass http://127.0.0.1:{product}; }}\n"
    )


def ask(port: int, path: str) -> tuple[HTTPResponse, bytes]:
    with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer, answer.read()


def check(port: int, page: bytes) -> None:
    answer, body = ask(port, "/cart?id=1")
    assert answer.status == 503
    assert body == page
    assert answer.getheader("Retry-After") == "120"
    assert answer.getheader("Cache-Control") == "no-store"
    assert (answer.getheader("Content-Type") or "").startswith("text/html")


@pytest.mark.skipif(NGINX is None, reason="needs nginx")
def test_nginx_serves_the_page_while_the_product_is_down(
    made: dict[str, bytes], tmp_path: Path
) -> None:
    (tmp_path / "503.html").write_bytes(made["503.html"])
    snippet = made["hosting/product-nginx.conf"].decode()
    (tmp_path / "product-nginx.conf").write_text(
        snippet.replace("/etc/nginx/status", str(tmp_path))
    )
    with nginx(tmp_path, in_front_of(tmp_path, free_port())) as port:
        check(port, made["503.html"])


@pytest.mark.skipif(NGINX is None, reason="needs nginx")
def test_nginx_serves_the_product_while_it_is_up(made: dict[str, bytes], tmp_path: Path) -> None:
    host = Host({"/cart": b"the cart"})
    snippet = made["hosting/product-nginx.conf"].decode()
    (tmp_path / "product-nginx.conf").write_text(snippet)
    product = int(host.url.rpartition(":")[2])
    with nginx(tmp_path, in_front_of(tmp_path, product)) as port:
        answer, body = ask(port, "/cart")
    host.close()
    assert (answer.status, body) == (200, b"the cart")
    assert answer.getheader("Retry-After") is None


@pytest.mark.skipif(HAPROXY is None, reason="needs HAProxy")
def test_haproxy_serves_the_response_while_the_product_is_down(
    made: dict[str, bytes], tmp_path: Path
) -> None:
    (tmp_path / "503.http").write_bytes(made["hosting/503.http"])
    snippet = made["hosting/product-haproxy.cfg"].decode()
    port, file = free_port(), tmp_path / "haproxy.cfg"
    snippet = snippet.replace("/etc/haproxy/status", str(tmp_path))
    file.write_text(HAPROXY_CONFIG.format(snippet=snippet, port=port, product=free_port()))
    subprocess.run([HAPROXY or "", "-c", "-q", "-f", str(file)], check=True)
    with running([HAPROXY or "", "-db", "-f", str(file)], port):
        check(port, made["503.html"])


def test_the_document_shows_the_snippets_as_they_are(made: dict[str, bytes]) -> None:
    text = (ROOT / "docs" / "embedding.md").read_text("utf-8")
    for name in ("product-nginx.conf", "product-haproxy.cfg", "product-Caddyfile"):
        assert made[f"hosting/{name}"].decode() in text
