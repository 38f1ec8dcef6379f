"""What a table of a report is made of."""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    """A row: its first cell names it, and `about` tells more of it or is empty.

    `state` is what shape and colour stand for where it is about a record, `link` the absolute
    address of what it is about. `is_group` and `is_child` are those of components.
    """

    cells: tuple[str, ...]
    about: str = ""
    state: str = ""
    link: str = ""
    is_group: bool = False
    is_child: bool = False


class Table(NamedTuple):
    """A table; its first column names the rows.

    `key` is its name for machines, `about` a sentence on how it is to be read, or empty. `texts`
    are the other columns, by number, that hold words.
    """

    key: str
    title: str
    about: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    texts: frozenset[int] = frozenset()
