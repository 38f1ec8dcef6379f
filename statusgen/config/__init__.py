"""config.yml: text into `Config`, or problems; `Config` into text; and its JSON Schema."""

from statusgen.config.parse import parse_config
from statusgen.config.schema import config_schema
from statusgen.config.write import write_config

__all__ = ["config_schema", "parse_config", "write_config"]
