"""docs/runbook.md, command by command, and the way out without any network."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from servers import nginx, program

from statusgen.cli.main import run

REPOSITORY = Path(__file__).parents[2]
BLOCKS = re.findall(
    r"^```sh\n(.*?)^```$",
    (REPOSITORY / "docs/runbook.md").read_text("utf-8"),
    re.DOTALL | re.MULTILINE,
)
ELSEWHERE = ("gh secret set",)
WHO = {
    f"GIT_{role}_{what}": text
    for role in ("AUTHOR", "COMMITTER")
    for what, text in (("NAME", "A Writer"), ("EMAIL", "writer@acme.example"))
}


def make_page(folder: Path, url: str) -> None:
    """Make the page repository of the runbook, its remote, and a branch and a folder as targets."""
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", folder / "git.git"], check=True)
    subprocess.run(["git", "init", "-q", "--bare", folder / "web.git"], check=True)
    assert run(["init", str(folder / "page"), "--url", url]) == 0
    with (folder / "page/config.yml").open("a") as config:
        config.write(
            "publish:\n"
            "  - {type: git, name: web, remote: ../web.git, branch: pages}\n"
            "  - {type: directory, name: copy, path: ../copy}\n"
        )
    for arguments in (
        ("init", "-q", "-b", "main"),
        ("add", "-A"),
        ("commit", "-qm", "begin"),
        ("remote", "add", "origin", "../git.git"),
        ("push", "-qu", "origin", "main"),
    ):
        subprocess.run(["git", *arguments], cwd=folder / "page", check=True, capture_output=True)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a folder with the page of the runbook, whose copy nginx serves."""
    for name, text in WHO.items():
        monkeypatch.setenv(name, text)
    if program("nginx") is None:
        pytest.skip("needs nginx")
    snippet = tmp_path / "snippet.conf"
    snippet.touch()
    lines = f"root {tmp_path}/copy/current;\ninclude {snippet};"
    with nginx(tmp_path / "nginx", lines) as port:
        make_page(tmp_path, f"http://127.0.0.1:{port}")
        assert run(["build", "--root", str(tmp_path / "page"), "--out", str(tmp_path / "x")]) == 0
        snippet.write_bytes((tmp_path / "x/hosting/nginx.conf").read_bytes())
        command = [program("nginx") or "", "-c", str(tmp_path / "nginx/nginx.conf"), "-s", "reload"]
        subprocess.run(command, check=True, capture_output=True)
        assert run(["publish", "--root", str(tmp_path / "page")]) == 0
        yield tmp_path


def test_every_command_of_the_runbook_does_what_it_should(folder: Path) -> None:
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(REPOSITORY),
    }
    place, began = folder, int(time.time())
    for number, block in enumerate(BLOCKS):
        if block.startswith(ELSEWHERE):
            continue
        if block.startswith("cd "):
            place, block = folder / "page", block.partition("\n")[2]  # noqa: PLW2901
        done = subprocess.run(
            ["bash", "-e", "-c", block.replace("sleep 60", "break")],
            cwd=place,
            env={**environment, "SOURCE_DATE_EPOCH": str(began + 600 * number)},
            check=False,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
        )
        assert done.returncode == 0, block + done.stdout + done.stderr
    pages = "".join(
        path.read_text() for path in (folder / "copy/current/incidents").glob("*/index.html")
    )
    assert "no payment was taken twice" in pages
    assert "No payment goes through" in pages


def test_without_any_network_readers_are_told_within_a_minute(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All there is: Python, Git, and the folder that `.ci/rescue` makes, its libraries linked."""
    alone = ["unshare", "--map-root-user", "--net"]
    try:
        subprocess.run([*alone, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this machine gives nobody a network of their own")
    for name, text in WHO.items():
        monkeypatch.setenv(name, text)
    make_page(tmp_path, "https://status.acme.example")
    lib = tmp_path / f"rescue/lib/{sys.version_info.major}.{sys.version_info.minor}"
    lib.mkdir(parents=True)
    for name in ("statusgen", "site-template", "playbook"):
        shutil.copytree(REPOSITORY / name, lib / name)  # links in a theme are not followed
    for path in Path(sysconfig.get_path("purelib")).iterdir():
        if not (lib / path.name).exists():
            (lib / path.name).symlink_to(path)
    (tmp_path / "rescue/run").symlink_to(REPOSITORY / ".ci/rescue-run")
    commands = (
        "../rescue/run open 'It fails' -c api=major_outage -m 'None works.' --commit --no-input",
        "../rescue/run publish --urgent",
    )
    began = time.monotonic()
    for command in commands:
        done = subprocess.run(
            [*alone, "sh", "-c", command],
            cwd=tmp_path / "page",
            env={"PATH": f"{sys.base_prefix}/bin:/usr/bin:/bin", "HOME": str(tmp_path), **WHO},
            check=False,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    assert time.monotonic() - began < 60
    (page,) = (tmp_path / "copy/current/incidents").glob("*-it-fails/index.html")
    assert "None works." in page.read_text()
    shown = subprocess.run(
        ["git", "show", f"pages:incidents/{page.parent.name}/index.html"],
        cwd=tmp_path / "web.git",
        check=True,
        capture_output=True,
    )
    assert shown.stdout == page.read_bytes()
