"""config.yml: text into `Config`, or problems, and its JSON Schema; `write` makes text of it."""

from statusgen.config.parse import parse_config, place_of
from statusgen.config.schema import config_schema

__all__ = ["config_schema", "parse_config", "place_of"]
