"""The templates that come with statusgen, compiled: kept where Python keeps its own bytecode.

What lies there is run, so it belongs to the program and never to a page repository: whoever can
write to it could write to the program's modules as well. The page's own templates are compiled in
each build.
"""

from __future__ import annotations

import marshal
from types import CodeType

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from statusgen.files.names import PROGRAM_FOLDER, THEME
from statusgen.memory.bytecode import load, save
from statusgen.memory.cache import key_of
from statusgen.memory.contents import program_mark
from statusgen.site.theme.environment import DEFAULT


class Compiled(BytecodeCache):
    """Compiled templates of the default theme, by the digests of their names and texts.

    A template may apply a filter to a constant, and then its code is of one language. What another
    version of the program or of a library has left is not looked at.
    """

    def __init__(self, language: str, folder: str = PROGRAM_FOLDER) -> None:
        self._name = f"{THEME}-{language}"
        self._folder = folder
        self._head = key_of(program_mark(), language.encode())
        raw = load(self._name, self._head, folder)
        self._known: dict[tuple[str, str], CodeType] = marshal.loads(raw) if raw else {}  # noqa: S302 - ours, like a module
        self._is_new = False

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None and bucket.code.co_filename.startswith(DEFAULT):
            self._known[bucket.key, bucket.checksum] = bucket.code
            self._is_new = True

    def save(self) -> None:
        """Keep what was compiled."""
        if self._is_new:
            save(self._name, self._head, marshal.dumps(self._known), self._folder)
