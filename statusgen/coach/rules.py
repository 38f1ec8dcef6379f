"""The coach's rules: what each is for, what it weighs, and what would be better.

What a rule weighs follows from its measured precision: docs/coach.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from statusgen.model import CoachRule
from statusgen.problems import Severity

_E, _W, _A = Severity.ERROR, Severity.WARNING, Severity.ADVICE


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; `reason` and `better` are a sentence each, without a full stop in `better`."""

    id: CoachRule
    name: str
    severity: Severity
    reason: str
    better: str


_ALL = (
    Rule(
        CoachRule.FIRST_POST,
        "first-post",
        _W,
        "If readers tell you first, they have lost time and trust; a line is enough to begin with.",
        "write 'We know, and we are looking into it' at once; say more later",
    ),
    Rule(
        CoachRule.OVERDUE_PROMISE,
        "overdue-promise",
        _W,
        "A broken promise is worse than none: readers came back for it.",
        "write now, even if there is no news, and promise the next one",
    ),
    Rule(
        CoachRule.CADENCE,
        "cadence",
        _W,
        "Silence reads as if everybody had gone to bed.",
        "say that you are still working on it and what was tried: 'next update: +30m'",
    ),
    Rule(
        CoachRule.NO_NEXT_UPDATE,
        "no-next-update",
        _W,
        "Who knows when to look again can do something else until then.",
        "write 'next update: +30m' under the heading",
    ),
    Rule(
        CoachRule.TIME_ORDER,
        "time-order",
        _E,
        "Readers and reports count on the times; two that exclude each other make all doubtful.",
        "check day, month and zone of both",
    ),
    Rule(
        CoachRule.WEEKDAY,
        "weekday",
        _E,
        "A weekday that is not the date's makes people prepare for the wrong day.",
        "look at a calendar, and correct the one that is wrong",
    ),
    Rule(
        CoachRule.TEXT_VERSUS_FIELD,
        "text-versus-field",
        _A,
        "The page, the calendar and the text would name two times for one maintenance.",
        "write the same time in both",
    ),
    Rule(
        CoachRule.TIME_WITHOUT_ZONE,
        "time-without-zone",
        _W,
        "Readers are in many zones, and each takes a bare time for their own.",
        "write the zone: '15:30 UTC'",
    ),
    Rule(
        CoachRule.RELATIVE_DAY,
        "relative-day",
        _W,
        "Updates are read later, and where it is another day.",
        "write the date",
    ),
    Rule(
        CoachRule.GENERIC_TITLE,
        "generic-title",
        _W,
        "The title is all that most people see: in the subject, in feeds, in search results.",
        "say what fails: 'Card payments fail for some customers'",
    ),
    Rule(
        CoachRule.VENDOR_FIRST,
        "vendor-first",
        _A,
        "Readers bought from you: they want to know what fails for them and what you do.",
        "say what fails for readers and what you do, then whose fault it is",
    ),
    Rule(
        CoachRule.EARLY_CAUSE,
        "early-cause",
        _W,
        "A first guess is often wrong, and taking it back costs more trust than waiting.",
        "say what is seen; name the cause once it is 'Identified'",
    ),
    Rule(
        CoachRule.HARD_ETA,
        "hard-eta",
        _A,
        "A repair that takes longer than promised is a second failure.",
        "promise the next update instead: 'next update: 14:30 UTC'",
    ),
    Rule(
        CoachRule.PASSED_ETA,
        "passed-eta",
        _W,
        "An end that has passed tells readers that nobody looks at the page.",
        "write a new 'eta', or that it takes longer than expected",
    ),
    Rule(
        CoachRule.NO_IMPACT,
        "no-impact",
        _W,
        "Readers ask one thing: is this what I see?",
        "say what fails, for whom, and what still works",
    ),
    Rule(
        CoachRule.EMPTY_RESOLVE,
        "empty-resolve",
        _W,
        "Who comes back wants to know what happened to their work.",
        "say what works again, from when to when it did not, and whether anything was lost",
    ),
    Rule(
        CoachRule.NO_WINDOW,
        "no-window",
        _A,
        "People compare the time with their own logs and contracts.",
        "write 'started' and 'ended' in the front matter, or both times in the text",
    ),
    Rule(
        CoachRule.REPEAT,
        "repeat",
        _W,
        "The same words again read as if nobody were there.",
        "say what was tried since, and when you will write again",
    ),
    Rule(
        CoachRule.PROMISED_POSTMORTEM,
        "promised-postmortem",
        _W,
        "Readers remember who promised to explain and did not.",
        "write it, or say why it takes longer and until when",
    ),
    Rule(
        CoachRule.POSTMORTEM_DUE,
        "postmortem-due",
        _W,
        "After three days people have made up their own story.",
        "write it with 'statusgen postmortem', or 'postmortem: false' if there will be none",
    ),
    Rule(
        CoachRule.POSTMORTEM_PARTS,
        "postmortem-parts",
        _A,
        "A postmortem says why it happened and what keeps it from happening again.",
        "add '### Cause' and '### Corrective actions', each action with an owner and a date",
    ),
    Rule(
        CoachRule.BLAME,
        "blame",
        _W,
        "Systems that let one slip become an outage are what needs repair.",
        "say what happened, not who: 'a command removed …'",
    ),
    Rule(
        CoachRule.BOILER_APOLOGY,
        "boiler-apology",
        _A,
        "A set phrase says that nobody thought of the reader.",
        "say what you are sorry for: 'We are sorry that you could not …'",
    ),
    Rule(
        CoachRule.TONE,
        "tone",
        _A,
        "What is light on a good day is an insult on a bad one.",
        "write it plainly, with a full stop",
    ),
    Rule(
        CoachRule.LONG_SENTENCE,
        "long-sentence",
        _W,
        "People under stress, or in a foreign language, lose the thread after 25 words.",
        "make two sentences of it",
    ),
    Rule(
        CoachRule.LONG_UPDATE,
        "long-update",
        _A,
        "Who is affected looks for one sentence, on a telephone.",
        "keep the effect, what you do and when you write again; leave the rest for the postmortem",
    ),
    Rule(
        CoachRule.PLACEHOLDER,
        "placeholder",
        _E,
        "A template with gaps tells readers that nobody looked.",
        "fill it in or delete it",
    ),
    Rule(
        CoachRule.LEAK,
        "leak",
        _W,
        "Names of the inside help those who attack you, and nobody else.",
        "say what it does: 'our database'",
    ),
    Rule(
        CoachRule.SECRET,
        "secret",
        _E,
        "A page repository and its site are read by everybody, and so is its history.",
        "revoke it, then delete it here",
    ),
    Rule(
        CoachRule.PERSONAL_DATA,
        "personal-data",
        _W,
        "An address of a person stays in feeds, mails and search engines for ever.",
        "write your support's address, or name the role",
    ),
    Rule(
        CoachRule.JARGON,
        "jargon",
        _A,
        "Most readers do not run servers.",
        "say what readers see: 'error pages' for '5xx'",
    ),
    Rule(
        CoachRule.SEVERITY_MISMATCH,
        "severity-mismatch",
        _W,
        "Colours, uptime and subscriptions follow these fields, and two of them disagree.",
        "correct 'impact' or the components' statuses",
    ),
    Rule(
        CoachRule.STATUS_REGRESS,
        "status-regress",
        _W,
        "Who read that it is over needs to be told that it is not.",
        "begin with 'This is back:', or open a new incident",
    ),
    Rule(
        CoachRule.STUCK,
        "stuck",
        _W,
        "A forgotten incident keeps the page red, and readers stop believing it.",
        "resolve it, or say what is still going on",
    ),
    Rule(
        CoachRule.NOTICE_LEAD,
        "notice-lead",
        _W,
        "People need days to move their own work out of the way.",
        "announce it three days ahead; where that is impossible, say why",
    ),
    Rule(
        CoachRule.UNCLEAR_MIDNIGHT,
        "unclear-midnight",
        _A,
        "Half of the readers take it for the other end of the day.",
        "write 00:01 or 23:59, with the date and the zone",
    ),
    Rule(
        CoachRule.LINK_TEXT,
        "link-text",
        _A,
        "Many move from link to link and hear nothing but their texts (WCAG 2.4.4).",
        "let the link say where it leads: 'how to pay by transfer'",
    ),
    Rule(
        CoachRule.LONG_TITLE,
        "long-title",
        _A,
        "What is cut off is not read.",
        "keep what fails and for whom; the rest belongs in the text",
    ),
    Rule(
        CoachRule.LANGUAGE_GAP,
        "language-gap",
        _A,
        "Whoever reads the page in that language sees an older state.",
        "translate the newest update, if only its first sentence",
    ),
    Rule(
        CoachRule.TYPO,
        "typo",
        _A,
        "Slips make people doubt the facts.",
        "read it aloud once",
    ),
    Rule(
        CoachRule.READABILITY,
        "readability",
        _A,
        "Long words in long sentences are read twice, or not at all.",
        "use shorter words and sentences",
    ),
)

RULES: dict[CoachRule, Rule] = {rule.id: rule for rule in _ALL}
