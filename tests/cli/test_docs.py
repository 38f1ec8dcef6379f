"""docs/cli.md and the packaged help are what the commands say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from statusgen.cli.main import COMMANDS

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs/cli.md").read_text(encoding="utf-8")


def test_the_help_texts_are_current() -> None:
    command = [sys.executable, "docs/write_cli.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"run python docs/write_cli.py: {done.stdout}{done.stderr}"


def test_every_command_has_a_section() -> None:
    for name in COMMANDS:
        assert f"\n## {name}\n" in TEXT
