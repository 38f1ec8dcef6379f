"""Incident files: text into incidents, and incidents into text."""

from statusgen.content.course import arranged
from statusgen.content.front_matter import front_matter_schema
from statusgen.content.ids import check_ids
from statusgen.content.incident import Reading, parse_incident

__all__ = [
    "Reading",
    "arranged",
    "check_ids",
    "front_matter_schema",
    "parse_incident",
]
