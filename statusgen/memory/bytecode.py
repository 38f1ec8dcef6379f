"""What belongs to the program and not to a page, kept where Python keeps the program's bytecode.

Whoever can write there could write to the program's modules as well. Where Python keeps nothing,
or the folder is not ours to write to, nothing is kept.
"""

from __future__ import annotations

import os
import sys
from importlib.util import cache_from_source

from statusgen.files.names import PROGRAM_FOLDER
from statusgen.memory.checked import read_checked, write_checked


def load(name: str, head: bytes, folder: str = PROGRAM_FOLDER) -> bytes | None:
    """Return what is kept under a name; None if it was kept with another head, or is damaged."""
    return read_checked(_path_of(name, folder), head)


def save(name: str, head: bytes, raw: bytes, folder: str = PROGRAM_FOLDER) -> None:
    """Keep bytes under a name; `head` says what they depend on and always has the same length."""
    path = _path_of(name, folder)
    if path:
        write_checked(path, raw, head)


def _path_of(name: str, folder: str) -> str:
    """Return where Python would keep the bytecode of a module; empty if it keeps none."""
    if sys.dont_write_bytecode:
        return ""
    try:
        return cache_from_source(os.path.join(folder, f"{name}.py"))
    except NotImplementedError:
        return ""
