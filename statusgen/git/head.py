"""The commit that is checked out, read from `.git` without running git.

The check whether anything changed since the last build asks for it and must take milliseconds.
"""

from __future__ import annotations

import os

_HASH_LENGTHS = (40, 64)
_HEX = frozenset("0123456789abcdef")
_LARGEST = 4 << 20  # packed-refs of a repository with 50,000 branches


def head_commit(root: str) -> str:
    """Return the hash of the commit that `root` is on; empty outside Git and before a commit.

    It is also empty where references are not kept as files.
    """
    folder = git_folder(root)
    if not folder:
        return ""
    head = _first_line(os.path.join(folder, "HEAD"))
    if not head.startswith("ref: "):
        return head if _is_hash(head) else ""
    name = head[5:].strip()
    if not name.startswith("refs/") or ".." in name:
        return ""
    common = _first_line(os.path.join(folder, "commondir"))
    shared = os.path.join(folder, common) if common else folder
    for place in dict.fromkeys((folder, shared)):
        commit = _first_line(os.path.join(place, name))
        if _is_hash(commit):
            return commit
    return _packed(os.path.join(shared, "packed-refs"), name)


def git_folder(root: str) -> str:
    """Return the folder that holds HEAD: `.git`, or what the `.git` file of a worktree names."""
    here = os.path.abspath(root)
    while True:
        git = os.path.join(here, ".git")
        if os.path.isdir(git):
            return git
        named = _first_line(git)
        if named.startswith("gitdir: "):
            return os.path.join(here, named[8:].strip())
        above = os.path.dirname(here)
        if above == here:
            return ""
        here = above


def _packed(path: str, name: str) -> str:
    for line in _text(path).split("\n"):
        commit, _, packed_name = line.partition(" ")
        if packed_name == name and _is_hash(commit):
            return commit
    return ""


def _first_line(path: str) -> str:
    return _text(path).partition("\n")[0].rstrip()


def _text(path: str) -> str:
    """Return a file's text; empty if it cannot be read."""
    try:
        with open(path, "rb", opener=_open_no_pipe) as file:
            return file.read(_LARGEST).decode("utf-8", "replace")
    except OSError:
        return ""


def _open_no_pipe(path: str, flags: int) -> int:
    """Open a file without waiting for whoever might write to it, were it a pipe."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _is_hash(text: str) -> bool:
    return len(text) in _HASH_LENGTHS and _HEX.issuperset(text)
