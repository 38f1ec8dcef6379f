"""Finds and reads the JSON files of a Statuspage: one file, or a folder with any number of them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from statusgen.migrate.statuspage.fields import Remarks
from statusgen.migrate.statuspage.reader import MAX_BYTES, Response, read_json, read_response


def read_path(path: Path, remarks: Remarks) -> list[Response]:
    """Return what the JSON files at a path say, in the order of their names.

    Raises:
        OSError: the path itself cannot be read.
    """
    if not path.is_dir():
        return [_read_file(path, path.name, remarks)]
    return [
        _read_file(file, file.relative_to(path).as_posix(), remarks)
        for file in sorted(_json_files(path, remarks))
    ]


def _json_files(folder: Path, remarks: Remarks) -> Iterator[Path]:
    """Yield the regular files named *.json below a folder; links are not followed."""
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            file = Path(parent, name)
            if not name.lower().endswith(".json") or name.startswith("."):
                continue
            if stat.S_ISREG(file.lstat().st_mode):
                yield file
            else:
                where = file.relative_to(folder).as_posix()
                remarks.lost("import-unreadable", where, "", "a link or a device, not a file")


def _read_file(file: Path, name: str, remarks: Remarks) -> Response:
    with file.open("rb") as stream:
        raw = stream.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        remarks.lost("import-unreadable", name, "", f"larger than {MAX_BYTES >> 20} MB")
        return Response()
    value = read_json(raw, name, remarks)
    return Response() if value is None else read_response(value, name, remarks)
