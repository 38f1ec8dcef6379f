"""Incident files: text into incidents, and incidents into text."""

from statusgen.content.course import arranged
from statusgen.content.front_matter import front_matter_schema
from statusgen.content.ids import check_ids
from statusgen.content.incident import Reading, parse_incident
from statusgen.content.localising import Localised, localise
from statusgen.content.rewriting import rewrite_incident
from statusgen.content.texts import normal_text
from statusgen.content.writing import write_incident

__all__ = [
    "Localised",
    "Reading",
    "arranged",
    "check_ids",
    "front_matter_schema",
    "localise",
    "normal_text",
    "parse_incident",
    "rewrite_incident",
    "write_incident",
]
