"""The snippets for a product's own servers, tried in those servers."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest
from acme_site import OPEN, ROOT, by_path, site_of
from served import Host

from statusgen.site.unavailable import render_unavailable

SEARCHED = f"{os.environ['PATH']}:/usr/sbin"
NGINX, HAPROXY = (shutil.which(name, path=SEARCHED) for name in ("nginx", "haproxy"))

NGINX_CONFIG = """\
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    types {{ text/html html; }}
    server {{
        listen 127.0.0.1:{port};
        include {folder}/product-nginx.conf;
        location / {{ proxy_pass http://127.0.0.1:{product}; }}
    }}
}}
"""
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


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def running(command: list[str], port: int) -> Iterator[None]:
    """Run a server until it is no longer needed, from when it answers."""
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as server:
        try:
            for _ in range(100):
                try:
                    socket.create_connection(("127.0.0.1", port)).close()
                    break
                except OSError:
                    time.sleep(0.05)
            yield
        finally:
            server.terminate()


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
    port = free_port()
    text = NGINX_CONFIG.format(folder=tmp_path, port=port, product=free_port())
    (tmp_path / "nginx.conf").write_text(text + ("user root;\n" if os.getuid() == 0 else ""))
    with running([NGINX or "", "-c", str(tmp_path / "nginx.conf")], port):
        check(port, made["503.html"])


@pytest.mark.skipif(NGINX is None, reason="needs nginx")
def test_nginx_serves_the_product_while_it_is_up(made: dict[str, bytes], tmp_path: Path) -> None:
    host = Host({"/cart": b"the cart"})
    snippet = made["hosting/product-nginx.conf"].decode()
    (tmp_path / "product-nginx.conf").write_text(snippet)
    port, product = free_port(), int(host.url.rpartition(":")[2])
    (tmp_path / "nginx.conf").write_text(
        NGINX_CONFIG.format(folder=tmp_path, port=port, product=product)
    )
    with running([NGINX or "", "-c", str(tmp_path / "nginx.conf")], port):
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
