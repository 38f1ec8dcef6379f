"""Secrets are named in config.yml, never written: who may read the repository may read the file."""

from __future__ import annotations

import re

from statusgen.problems import Problem
from statusgen.reading.fields import is_null
from statusgen.reading.nodes import Mapping, Node, Scalar, Sequence

_NAMED = re.compile(
    r"(?:^|[_-])(?:token|pass(?:word|wd|phrase)|secret|credentials?|api[_-]?key|private[_-]?key"
    r"|access[_-]?key|auth(?:orization)?)$",
    re.IGNORECASE,
)
_IN_ADDRESS = re.compile(r"(?!ssh://[^/\s:@]*@)[a-zA-Z][a-zA-Z0-9+.-]*://[^/\s]*@")
"""Over SSH the name is no secret, but the account on the host: ssh://git@host/path."""


def inline_secrets(node: Node) -> list[Problem]:
    """Return a problem for each secret written into the file, at its key; never the secret itself.

    A secret is a literal under a key such as `token`, and a name with a password in an address.
    """
    problems: list[Problem] = []
    _search(node, problems)
    return problems


def _search(node: Node, problems: list[Problem]) -> None:
    if isinstance(node, Mapping):
        for key, value in node.entries:
            if _NAMED.search(key.text) and _is_literal(value):
                message = f"a secret is written into the file, under '{key.text[:40]}'"
                hint = f"put it into the environment, and write {key.text[:40]}_env: NAME"
                problems.append(Problem("inline-secret", message, key.where, hint))
            else:
                _search(value, problems)
    elif isinstance(node, Sequence):
        for item in node.items:
            _search(item, problems)
    elif _IN_ADDRESS.match(node.text):
        message = "a name or a password is written into an address"
        hint = "leave out all before the '@', and name the secret in a key of its own"
        problems.append(Problem("inline-secret", message, node.where, hint))


def _is_literal(value: Node) -> bool:
    if isinstance(value, Scalar):
        return bool(value.text) and not is_null(value)
    return isinstance(value, Sequence) and any(_is_literal(item) for item in value.items)
