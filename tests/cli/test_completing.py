"""Shell completion, in the shells themselves."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

Pages = Callable[..., Path]

FILES = {
    "incidents/2026-11-21-cards.md": (
        "---\ntitle: Cards\n---\n\n## Investigating · 2026-11-21 10:05 UTC\n\nWe look.\n"
    ),
    "incidents/2026-11-20-over.md": (
        "---\ntitle: Over\n---\n\n## Resolved · 2026-11-20 10:05 UTC\n\nIt is over.\n"
    ),
    "playbook/vendor-down.md": "---\ntitle: Vendor down\n---\n\nA vendor is down.\n",
}
LINES = [
    ("statusgen ope", {"open"}),
    ("statusgen update ", {"2026-11-21-cards"}),
    ("statusgen open -c ch", {"checkout"}),
    ("statusgen open -c checkout=maj", {"checkout=major_outage"}),
    ("statusgen open --from v", {"vendor-down"}),
    ("statusgen check --format g", {"github"}),
]
BASH = """\
eval "$(_STATUSGEN_COMPLETE=bash_source statusgen)"
COMP_WORDBREAKS=${COMP_WORDBREAKS//=}
read -ra COMP_WORDS <<< "$1"
case $1 in *' ') COMP_WORDS+=('') ;; esac
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_statusgen_completion statusgen
printf '%s\\n' "${COMPREPLY[@]}"
"""
FISH = "_STATUSGEN_COMPLETE=fish_source statusgen | source; complete -C $argv[1]"


@pytest.fixture
def page(page_repository: Pages, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a page repository to stand in, with `statusgen` on the PATH."""
    root = page_repository(FILES)
    monkeypatch.chdir(root)
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    return root


@pytest.mark.parametrize(("line", "offered"), LINES)
@pytest.mark.parametrize(("shell", "script"), [("bash", BASH), ("fish", FISH)])
def test_a_shell_offers_what_could_follow(
    page: Path, shell: str, script: str, line: str, offered: set[str]
) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    arguments = ["-c", script, *(["bash"] if shell == "bash" else []), line]
    done = subprocess.run([shell, *arguments], capture_output=True, text=True, check=True)
    assert {one.partition("\t")[0] for one in done.stdout.splitlines()} == offered


def test_zsh_completes_what_is_typed(page: Path, tmp_path: Path) -> None:
    if shutil.which("zsh") is None:
        pytest.skip("zsh is not installed")
    setup = (
        'autoload -U compinit; compinit -u -D; eval "$(_STATUSGEN_COMPLETE=zsh_source statusgen)"'
    )
    pid, terminal = pty.fork()
    if not pid:
        os.execvp("zsh", ["zsh", "-f", "-i"])  # noqa: S606
    try:
        os.write(terminal, f"{setup}\nPS1=READY'> '\n".encode())
        _read_until(terminal, "READY> ")
        os.write(terminal, b"statusgen update \t")
        assert "2026-11-21-cards" in _read_until(terminal, "2026-11-21-cards")
    finally:
        os.write(terminal, b"\x03\nexit\n")
        os.close(terminal)
        os.waitpid(pid, 0)


def _read_until(terminal: int, wanted: str) -> str:
    seen = ""
    end = time.monotonic() + 30
    while wanted not in seen and time.monotonic() < end:
        seen += os.read(terminal, 1 << 16).decode(errors="replace")
    return seen


def test_nothing_is_offered_where_there_is_no_page(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    command = ["bash", "-c", BASH, "bash", "statusgen open -c "]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert (done.stdout.strip(), done.stderr) == ("", "")
