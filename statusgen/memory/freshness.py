"""Tells whether a build would change anything at all, without importing anything heavy.

Every build that found no error leaves a note: what it was made with, for which moments its output
holds, and the name, size and times of every input and of the output's top folder. While all of
that is still so, there is nothing to do.

    statusgen-build 1
    key value                   ┐ what the note holds for: see `Note`
    …                           ┘

    names, sizes and times, as bytes that are only ever compared
"""

from __future__ import annotations

import marshal
import os
import sys
from functools import cache

from statusgen import __version__
from statusgen.files.listing import Entry, look, scan
from statusgen.files.names import CONFIG, INCIDENTS, PAGES, PROGRAM_FOLDER, STATE_FOLDER, THEME
from statusgen.git.head import head_commit

INPUT_FOLDERS = (INCIDENTS, PAGES, THEME)
PROGRAM_ROOT, _PACKAGE = os.path.split(PROGRAM_FOLDER)
PROGRAM = "\0"
"""Begins the path of a file below `PROGRAM_ROOT`, which no other path can."""
PROGRAM_FOLDERS = (_PACKAGE, THEME)

_NOTE = "last-build"
_IGNORE = ".gitignore"
_UNFILLED = frozenset((_NOTE, _IGNORE))
_FORMAT = "statusgen-build 1"
_KEYS = frozenset(
    (
        "made_with",
        "out",
        "commit",
        "built",
        "next",
        "assets",
        "sizes",
        "contents",
        "manifest",
        "incidents",
        "files",
    ),
)
_COMPARABLE = 2  # the newest marshal format in which equal values have equal bytes

Note = dict[str, str]
"""The head of a note.

`made_with` the program and its libraries, `out` the output folder as seen from the root, `commit`
what was checked out, `built` and `next` the moments (seconds since 1970, `inf` for never) between
which the output holds, `assets` the brand's files, separated by tabs, `sizes` and `contents`
digests over the sizes and the bytes of all inputs, `manifest` the SHA-256 of the output's,
`incidents` and `files` how many there are.
"""


def is_fresh(root: str, out: str, now: float) -> Note | None:
    """Return the note of the last build if a build at `now` would change nothing, else None."""
    found = read_note(root)
    if found is None:
        return None
    note, observed = found
    if not holds(note, root, out, now):
        return None
    entries = observe_inputs(root) + observe_assets(root, note["assets"])
    return note if observed == comparable(entries, out) else None


def holds(note: Note, root: str, out: str, now: float) -> bool:
    """Tell whether a note is about this program, output, commit and moment."""
    try:
        in_time = float(note["built"]) <= now < float(note["next"])
    except (KeyError, ValueError):
        return False
    return in_time and all(note.get(key) == value for key, value in basis(root, out).items())


def basis(root: str, out: str) -> Note:
    """Return the part of a note that says what a build is made with and where it goes."""
    return {
        "made_with": made_with(),
        "out": os.path.relpath(os.path.realpath(out), os.path.realpath(root)),
        "commit": head_commit(root),
    }


def made_with() -> str:
    """Return the versions of statusgen, Python and the libraries."""
    return " ".join([__version__, sys.version.split()[0], *installed_packages()])


def installed_packages() -> list[str]:
    """Return names and versions of all that can be imported, as pip wrote them: 'nh3-0.3.8'.

    `importlib.metadata` says the same in 35 ms.
    """
    names: set[str] = set()
    for folder in sys.path:
        try:
            names.update(name for name in os.listdir(folder or ".") if name.endswith(".dist-info"))
        except OSError:
            continue
    return sorted(name.removesuffix(".dist-info") for name in names)


def observe_inputs(root: str) -> list[Entry | None]:
    """Return names, sizes and times of all sources and of the program."""
    sources = [entry for folder in INPUT_FOLDERS for entry in scan(root, folder)]
    return [look(root, CONFIG), *sources, *observe_program()]


def observe_assets(root: str, assets: str) -> list[Entry | None]:
    """Return sizes and times of the brand's files, which only config.yml names."""
    return [look(root, path) for path in assets.split("\t") if path]


def comparable(entries: list[Entry | None], out: str) -> bytes:
    """Return what was observed, and the output's top folder as it is now, to be compared.

    In the output, a folder's time tells of files that came or went in it.
    """
    try:
        top = [look(out, name) for name in sorted(os.listdir(out))]
    except OSError:
        top = []
    return as_bytes([entries, top])


def as_bytes(observed: list[Entry | None] | list[list[Entry | None]]) -> bytes:
    """Return what was observed as bytes, which are equal if it is."""
    return marshal.dumps(observed, _COMPARABLE)


@cache
def observe_program() -> tuple[Entry, ...]:
    """Return the files of statusgen itself and, in a checkout, of the theme beside it.

    As they were when this process first asked: it does not run what is written there later.
    """
    return tuple(
        (PROGRAM + entry[0], *entry[1:])
        for folder in PROGRAM_FOLDERS
        for entry in scan(PROGRAM_ROOT, folder, without="__pycache__")
    )


# ── the note itself ───────────────────────────────────────────────────────────────────────────


def read_note(root: str) -> tuple[Note, bytes] | None:
    """Return the last build's note and what it observed; None if there is no usable one."""
    try:
        with open(os.path.join(root, STATE_FOLDER, _NOTE), "rb") as file:
            head, end, observed = file.read().partition(b"\n\n")
        first, *lines = head.decode().split("\n")
    except (OSError, UnicodeDecodeError):
        return None
    note = dict(line.partition(" ")[::2] for line in lines)
    if first != _FORMAT or not end or not note.keys() >= _KEYS:
        return None
    return note, observed


def state_folder(root: str, name: str = STATE_FOLDER) -> str | None:
    """Return the folder of what is remembered between builds; None if there can be none."""
    folder = os.path.join(root, name)
    ignore = os.path.join(folder, _IGNORE)
    try:
        os.makedirs(folder, exist_ok=True)
        if os.path.islink(folder):
            return None
        if not os.path.lexists(ignore):
            with open(ignore, "x", encoding="ascii") as file:
                file.write("*\n")
    except OSError:
        return None
    return folder


def holds_nothing(folder: str) -> bool:
    """Tell whether there is nothing yet that a build could remember in its folder."""
    try:
        return _UNFILLED.issuperset(os.listdir(folder))
    except OSError:
        return False


def begin(root: str) -> int | None:
    """Withdraw the note before a build; return the file system's time (ns), None if it is deaf.

    Whatever happens to the build, an output that is half new must not pass for the old one.
    """
    folder = state_folder(root)
    if folder is None:
        return None
    try:
        with open(os.path.join(folder, _NOTE), "wb", opener=_open_no_link) as file:
            return os.fstat(file.fileno()).st_mtime_ns
    except OSError:
        return None


def write_note(root: str, note: Note, observed: bytes) -> None:
    """Leave the note of a build that is complete; where that cannot be done, none is left."""
    lines = [_FORMAT, *(f"{key} {value}" for key, value in note.items())]
    path = os.path.join(root, STATE_FOLDER, _NOTE)
    try:
        with open(f"{path}.tmp", "wb", opener=_open_no_link) as file:
            file.write("\n".join(lines).encode("utf-8", "replace") + b"\n\n" + observed)
        os.replace(f"{path}.tmp", path)
    except OSError:
        return


def _open_no_link(path: str, flags: int) -> int:
    """Open a file of ours; a link in its place, which may have come with Git, leads elsewhere."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o666)


def is_settled(entries: list[Entry | None], clock: int) -> bool:
    """Tell whether all that was observed is older than `clock`, the file system's time before.

    What is not may change again within the same tick of that clock, and no time would show it.
    """
    return all(entry is None or max(entry[3:]) < clock for entry in entries)
