"""Real servers on this machine, started for a test and ended with it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

PROGRAMS = f"{os.environ['PATH']}:/usr/sbin:{Path(sys.executable).parent}"

_NGINX = """\
daemon off;
{user}pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include /etc/nginx/mime.types;
    server {{
        listen {ip}:{port}{tls};
{server}
    }}
}}
"""


def program(name: str) -> str | None:
    """Return where a server's program is, if it is installed."""
    return shutil.which(name, path=PROGRAMS)


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def running(
    command: Sequence[str],
    port: int,
    ip: str = "127.0.0.1",
    environment: Mapping[str, str] | None = None,
) -> Iterator[None]:
    """Run a server until it is no longer needed, from when it answers."""
    with subprocess.Popen(
        command,
        env={**os.environ, **(environment or {})},
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    ) as server:
        try:
            for _ in range(200):
                try:
                    socket.create_connection((ip, port)).close()
                    break
                except OSError:
                    time.sleep(0.05)
            yield
        finally:
            server.terminate()


@contextmanager
def nginx(
    folder: Path,
    server: str,
    *,
    certificate: Path | None = None,
    ip: str = "127.0.0.1",
    port: int = 0,
) -> Iterator[int]:
    """Run nginx with the lines of one server block; give its port.

    `folder` is for its own files. `certificate` is a PEM file with the key, for TLS.
    """
    folder.mkdir(parents=True, exist_ok=True)
    port = port or free_port()
    keys = f"ssl_certificate {certificate};\nssl_certificate_key {certificate};\n"
    text = _NGINX.format(
        user="user root;\n" if os.getuid() == 0 else "",
        folder=folder,
        ip=ip,
        port=port,
        tls=" ssl" if certificate else "",
        server=(keys if certificate else "") + server,
    )
    (folder / "nginx.conf").write_text(text)
    with running([program("nginx") or "", "-c", str(folder / "nginx.conf")], port, ip):
        yield port
