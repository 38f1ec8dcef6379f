"""The coach: rules on how incidents are told, from their texts and their times alone."""

from statusgen.coach.case import Case, Finding
from statusgen.coach.judging import case_of, judge, judged
from statusgen.coach.rules import RULES, Rule

__all__ = ["RULES", "Case", "Finding", "Rule", "case_of", "judge", "judged"]
