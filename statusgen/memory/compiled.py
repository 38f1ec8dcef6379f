"""The templates that come with statusgen, compiled: kept where Python keeps its own bytecode.

What lies there is run, so it belongs to the program and never to a page repository: whoever can
write to it could write to the program's modules as well. The page's own templates are compiled in
each build.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
from contextlib import suppress
from importlib.util import cache_from_source
from types import CodeType

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from statusgen.files.names import PROGRAM_FOLDER
from statusgen.memory.cache import key_of
from statusgen.memory.contents import program_mark
from statusgen.site.theme.environment import DEFAULT

_DIGEST = 32


class Compiled(BytecodeCache):
    """Compiled templates of the default theme, by the digests of their names and texts.

    A template may apply a filter to a constant, and then its code is of one language. What another
    version of the program or of a library has left is not looked at.
    """

    def __init__(self, language: str, folder: str = PROGRAM_FOLDER) -> None:
        self._path = _path_in(folder, language)
        self._head = key_of(program_mark(), language.encode())
        self._known = _load(self._path, self._head)
        self._is_new = False

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None and bucket.code.co_filename.startswith(DEFAULT):
            self._known[bucket.key, bucket.checksum] = bucket.code
            self._is_new = True

    def save(self) -> None:
        """Keep what was compiled, unless the folder is not ours to write to."""
        if not self._is_new or not self._path:
            return
        raw = marshal.dumps(self._known)
        temporary = f"{self._path}.{os.getpid()}"
        with suppress(OSError):
            os.makedirs(os.path.dirname(self._path), exist_ok=True)
            with open(temporary, "wb") as file:
                file.write(self._head + hashlib.sha256(raw).digest() + raw)
            os.replace(temporary, self._path)


def _path_in(folder: str, language: str) -> str:
    """Return where Python would keep the bytecode of a module; empty if it keeps none."""
    if sys.dont_write_bytecode:
        return ""
    try:
        return cache_from_source(os.path.join(folder, f"site-template-{language}.py"))
    except NotImplementedError:
        return ""


def _load(path: str, head: bytes) -> dict[tuple[str, str], CodeType]:
    """Return what is kept; nothing if it is of another version, or damaged."""
    try:
        with open(path, "rb") as file:
            found, digest, raw = file.read(len(head)), file.read(_DIGEST), file.read()
    except OSError:
        return {}
    if found != head or hashlib.sha256(raw).digest() != digest:
        return {}
    known: dict[tuple[str, str], CodeType] = marshal.loads(raw)  # noqa: S302 - ours, like a module
    return known
