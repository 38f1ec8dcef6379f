r"""The gallery of faulty files: how its cases are written down, and how they are run.

A case is a file in tests/gallery/ with the output of `statusgen check` beside it, in NAME.txt:

- NAME.md, NAME.bytes: an incident, read as incidents/NAME.md of a small page;
- NAME.yml: a config.yml;
- NAME.tree: several files, each behind a line `-- path --`; `-- path -> target --` is a link,
  `-- no path --` takes away the config.yml that every page has.

Run as a program it writes the outputs anew, to be looked at with `git diff`; docs/write_problems.py
then writes the documentation.

What is too long or too strange to be written down is described: ⟦70000*x⟧ stands for 70,000 times
x, where `\n` is a newline, and ⟦hex ff00⟧ for these bytes.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from statusgen.cli.check import find_problems

GALLERY = Path(__file__).parents[1] / "gallery"
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
KINDS = (".md", ".bytes", ".yml", ".tree")

CONFIG = b"""\
page:
  name: Acme
  url: https://status.acme.example
  timezone: Europe/Berlin
components:
  - {id: api, name: API}
  - {id: checkout, name: Checkout}
"""

_DESCRIBED = re.compile(r"⟦(?:([0-9]+)\*([^⟧]*)|hex ([0-9a-f]+))⟧".encode())
_FILE = re.compile(r"^-- (no )?([^\n]+?)(?: -> ([^\n]+))? --\n", re.MULTILINE)


def cases() -> list[Path]:
    """Return the faulty files, by name."""
    return sorted(path for path in GALLERY.iterdir() if path.suffix in KINDS)


def raw_of(case: Path) -> bytes:
    """Return the bytes of a case that is one file."""
    return _DESCRIBED.sub(_meant, case.read_bytes())


def lay_out(case: Path, root: Path) -> None:
    """Write a case as a page repository at `root`."""
    raw = case.read_bytes() if case.suffix == ".tree" else raw_of(case)
    if case.suffix == ".yml":
        _write(root, "config.yml", raw)
        return
    _write(root, "config.yml", CONFIG)
    if case.suffix != ".tree":
        _write(root, f"incidents/{case.stem}.md", raw)
        return
    _, *parts = _FILE.split(raw.decode())
    for gone, path, target, text in zip(*[iter(parts)] * 4, strict=True):
        if gone:
            (root / path).unlink()
        elif target:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).symlink_to(target)
        else:
            _write(root, path, text.encode())


def output(root: Path) -> str:
    """Return what `check` says of a page repository."""
    return "".join(f"{problem}\n" for problem in find_problems(str(root), NOW))


def codes_in(text: str) -> Iterator[str]:
    """Yield the codes of the problems in an output."""
    yield from re.findall(r"(?:error|warning)\[([a-z0-9-]+)\]", text)


def _write(root: Path, path: str, raw: bytes) -> None:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(_DESCRIBED.sub(_meant, raw))


def _meant(match: re.Match[bytes]) -> bytes:
    count, piece, digits = match.groups()
    if digits:
        return bytes.fromhex(digits.decode())
    return int(count) * bytes(piece.replace(b"\\n", b"\n"))


if __name__ == "__main__":
    for each in cases():
        with tempfile.TemporaryDirectory() as folder:
            lay_out(each, Path(folder))
            each.with_suffix(".txt").write_text(output(Path(folder)), "utf-8")
