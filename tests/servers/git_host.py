"""A Git host on this machine: a bare repository behind nginx, which asks for a token."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from servers import free_port, nginx, program, running

NEEDED = ("nginx", "fcgiwrap")
TOKEN = "canary-token-77aa"  # noqa: S105 (what must never be seen)

_SERVER = """\
client_max_body_size 0;
location ~ ^/git(/.*)$ {{
    auth_basic git;
    auth_basic_user_file {folder}/users;
    include /etc/nginx/fastcgi_params;
    fastcgi_pass 127.0.0.1:{port};
    fastcgi_param SCRIPT_FILENAME {backend};
    fastcgi_param GIT_PROJECT_ROOT {folder};
    fastcgi_param GIT_HTTP_EXPORT_ALL 1;
    fastcgi_param PATH_INFO $1;
    fastcgi_param REMOTE_USER $remote_user;
}}
"""


@contextmanager
def git_host(folder: Path, certificate: Path | None = None) -> Iterator[str]:
    """Serve `folder`/site.git to those who have the token; give its address."""
    folder.mkdir(parents=True, exist_ok=True)
    site = folder / "site.git"
    subprocess.run(["git", "init", "--quiet", "--bare", site], check=True)
    subprocess.run(["git", "-C", site, "config", "http.receivepack", "true"], check=True)
    for setting in ("uploadpack.allowFilter", "uploadpack.allowAnySHA1InWant"):
        subprocess.run(["git", "-C", site, "config", setting, "true"], check=True)
    (folder / "users").write_text(f"x-access-token:{{PLAIN}}{TOKEN}\n")
    core = subprocess.run(["git", "--exec-path"], capture_output=True, text=True, check=True)
    port = free_port()
    server = _SERVER.format(
        folder=folder, port=port, backend=f"{core.stdout.strip()}/git-http-backend"
    )
    wrapper = [program("fcgiwrap") or "", "-s", f"tcp:127.0.0.1:{port}"]
    with (
        running(wrapper, port),
        nginx(folder / "nginx", server, certificate=certificate) as shown,
    ):
        scheme = "https" if certificate else "http"
        yield f"{scheme}://localhost:{shown}/git/site.git"
