"""From the place of a ledger in config.yml to the ledger."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from statusgen.files.names import STATE_FOLDER
from statusgen.git.remote import GitRemote, address_of
from statusgen.model import LedgerPlace
from statusgen.notify.ledger.branch import BranchLedger
from statusgen.notify.ledger.folder import open_folder, read_folder
from statusgen.notify.ledger.lines import Read
from statusgen.notify.ledger.store import Ledger, LedgerError


class LedgerAccess(NamedTuple):
    """Where a ledger is, for a notifier that works on a page repository from `at` on.

    The token of a remote is looked up in `environment`, with which git runs.
    """

    place: LedgerPlace
    root: str
    environment: Mapping[str, str]
    at: int

    @contextmanager
    def open(self, wait: float) -> Iterator[Ledger]:
        """Give the ledger; wait so many seconds for another notifier that has it.

        Raises:
            LedgerError: It cannot be had.

        """
        if self.place.path:
            with open_folder(self._folder, wait) as ledger:
                yield ledger
        else:
            yield self._branch()

    def read(self) -> Read:
        """Return all lines, whoever is at work.

        Raises:
            LedgerError: It cannot be read.

        """
        return read_folder(self._folder) if self.place.path else self._branch().read()

    @property
    def _folder(self) -> str:
        return os.path.join(self.root, self.place.path)

    def _branch(self) -> BranchLedger:
        name = self.place.token_env
        token = self.environment.get(name, "") if name else ""
        if name and not token:
            raise LedgerError(f"the environment variable {name} is not set")
        remote = GitRemote(
            address_of(self.place.remote, self.root),
            os.path.abspath(os.path.join(self.root, STATE_FOLDER, "notify", "ledger.git")),
            self.environment,
            token=token,
        )
        return BranchLedger(remote, self.place.branch, self.at)
