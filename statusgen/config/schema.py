"""The JSON Schema of config.yml, for editors."""

from __future__ import annotations

from statusgen.config.definitions import CONFIG
from statusgen.reading.fields import Schema
from statusgen.reading.schema import schema_document


def config_schema() -> Schema:
    """Return the JSON Schema (draft-07) of config.yml.

    It refuses what `parse_config` refuses, except what no schema can see: the same id twice, a zone
    or a day that does not exist, a time that the clocks skip, a secret, an end before its start.
    """
    return schema_document(
        CONFIG,
        title="statusgen: config.yml",
        doc="A status page: its name and address, its components, how uptime is counted.",
    )
