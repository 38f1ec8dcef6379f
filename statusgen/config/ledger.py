"""The keys of `ledger`: where it is written down who was told what."""

from __future__ import annotations

from statusgen.model import LedgerPlace
from statusgen.reading.alternatives import OneOfTwo
from statusgen.reading.fields import Shape, Values, defaulted
from statusgen.reading.scalars import TITLE
from statusgen.reading.words import BRANCH, VARIABLE

_LEDGER_PATH = defaulted("path", TITLE, "A folder, from that of config.yml.", "")
_LEDGER_REMOTE = defaulted("remote", TITLE, "A Git remote: an address or a path.", "")
_LEDGER_BRANCH = defaulted("branch", BRANCH, "Its branch for this.", "statusgen-ledger")
_LEDGER_TOKEN = defaulted("token_env", VARIABLE, "The variable with a token for HTTPS.", "")
_PLACE = OneOfTwo("a ledger", _LEDGER_PATH, _LEDGER_REMOTE)
_KEYS = (_LEDGER_PATH, _LEDGER_REMOTE, _LEDGER_BRANCH, _LEDGER_TOKEN)


def _ledger(values: Values) -> LedgerPlace | None:
    return LedgerPlace(*(values[one] for one in _KEYS)) if _PLACE.check(values) else None


LEDGER = Shape("the ledger", _KEYS, _ledger, extra=_PLACE.schema())
