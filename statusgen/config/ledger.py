"""The keys of `ledger`: where it is written down who was told what."""

from __future__ import annotations

from statusgen.model import LedgerPlace
from statusgen.reading.fields import Shape, Values, defaulted
from statusgen.reading.scalars import TITLE
from statusgen.reading.words import BRANCH, VARIABLE

_LEDGER_PATH = defaulted("path", TITLE, "A folder, from that of config.yml.", "")
_LEDGER_REMOTE = defaulted("remote", TITLE, "A Git remote: an address or a path.", "")
_LEDGER_BRANCH = defaulted("branch", BRANCH, "Its branch for this.", "statusgen-ledger")
_LEDGER_TOKEN = defaulted("token_env", VARIABLE, "The variable with a token for HTTPS.", "")


def _ledger(values: Values) -> LedgerPlace | None:
    if values.has(_LEDGER_PATH) == values.has(_LEDGER_REMOTE):
        if values.has(_LEDGER_PATH):
            message = "'path' and 'remote' exclude each other"
            values.report.error("bad-value", message, values.place(_LEDGER_REMOTE))
        elif not (values.is_wrong(_LEDGER_PATH) or values.is_wrong(_LEDGER_REMOTE)):
            message = "a ledger without 'path' or 'remote'"
            values.report.error("missing-key", message, values.where, _LEDGER_PATH.doc)
        return None
    return LedgerPlace(
        *(values[one] for one in (_LEDGER_PATH, _LEDGER_REMOTE, _LEDGER_BRANCH, _LEDGER_TOKEN))
    )


LEDGER = Shape(
    "the ledger",
    (_LEDGER_PATH, _LEDGER_REMOTE, _LEDGER_BRANCH, _LEDGER_TOKEN),
    _ledger,
    extra={
        "oneOf": [
            {"required": [name], "properties": {name: {"not": {"type": "null"}}}}
            for name in ("path", "remote")
        ]
    },
)
