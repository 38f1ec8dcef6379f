"""English, as the coach knows it."""

from __future__ import annotations

from statusgen.coach.words.vocabulary import Words

_THING = r"(?:incident|issue|problem|outage|disruption|maintenance|matter|fault)"
_NOW = r"(?:now|fully|completely|since)"

ENGLISH = Words(
    language="en",
    common=(
        r"\b(?:the|is|are|was|were|of|and|to|with|for|"
        r"this|that|has|have|been|we|our|not|from|by)\b"
    ),
    today=r"\b(?:today|tomorrow|yesterday|tonight)\b",
    midnight=r"\bmidnight\b|\b12(?::00)? ?(?:[ap]m\b|[ap]\.m\.)",
    generic=(
        r"an?|the|some|our|all|with|on|of|in|for|and|to|are|is|we|we're|have|reports?|"
        r"investigating|ongoing|current|currently|possible|potential|brief|short|minor|major|"
        r"critical|partial|full|general|service|services|system|systems|site|website|platform|"
        r"incident|incidents|issue|issues|problem|problems|outage|outages|disruption|disruptions|"
        r"interruption|degraded|degradation|performance|availability|experiencing|unplanned|"
        r"technical|difficulties|network|connectivity|multiple|several|various|users?|customers?|"
        r"status|update|alert|affecting|impacting|being|down"
    ),
    effect=(
        r"\b(?:fail\w*|errors?|5\d\d|slow\w*|latenc\w+|delay\w*|unable|cannot|can't|can ?not|"
        r"unavailab\w+|down|inaccessib\w+|unreachable|time ?outs?|tim(?:e|ing|ed) out|missing|"
        r"incorrect\w*|wrong|stale|stuck|lost|loss|losing|dropp\w+|reject\w*|declin\w+|"
        r"backlog\w*|queu\w+|refus\w+|crash\w*|broken|break\w*|empty|duplicat\w+|late|later|"
        r"offline|block\w*|hang\w*|lag\w*|trouble|difficult\w*|exhaust\w*|intermittent\w*|"
        r"unresponsive|inconsisten\w+|invalid|outdated|out of date|outages?|denied|twice|"
        r"(?:do|does|did|is|are|was|were|has|have|had|may|might|will|could|would|must) ?n[o']t|"
        r"not (?:being|yet|able|\w+ing|\w+ed|load|work|open|start|appear|respond|available)|"
        r"(?:longer|higher|increased|elevated|reduced|limited|less|fewer|longer than) \w+|"
        r"impacting|affecting|impacts|affects|prevent\w*|no longer|without|interrupt\w*|500'?ing|"
        r"degraded (?!performance\b|availability\b)\w+ (?:performance|availability)|"
        r"(?:performance|availability) (?:for|on|of|in) (?:the )?"
        r"(?!all\b|some\b|our\b|several\b)\w+|"
        r"throttl\w+|expired?|unexpected\w*|lock\w*|overload\w*)\b"
    ),
    only_closed=(
        rf"(?:(?:this|the|our)(?: \w+)? {_THING} (?:has been|is|was|has)(?: {_NOW})? "
        rf"(?:resolved|fixed|closed|completed|over|ended|solved|recovered)|"
        rf"(?:{_THING} )?(?:is |has been )?(?:{_NOW} )?(?:resolved|fixed|solved|closed|done)|"
        r"(?:everything|all|all systems|all services|things|we)(?: is| are)?(?: now| back)? "
        r"(?:operating |operational|normal|normally|up|fine|good|back to normal|recovered|ok|"
        r"(?:back )?up and running|operating normally)+|all clear|all systems go|back to normal)"
    ),
    reopened=(
        r"\b(?:re-?open\w*|again|return(?:ed|s|ing)|recur\w*|re-?occur\w*|reappear\w*|still|back|"
        r"continu\w+|follow-?up|new|further|additional|once more)\b"
    ),
    cause=(
        r"\b(?:(?:is|are|was|were|been|being) caused by|"
        r"root cause (?:is|was)(?! (?:not|un\w+|still|being|under|yet)))\b"
    ),
    hard_eta=(
        r"\b(?:will|should|shall|expect\w*|going to|anticipat\w+|estimat\w+|plan\w*)\b"
        r"[^.!?\n]{0,80}?"
        r"\b(?:resolv\w+|recover\w*|fix\w*|restor\w+|back|complet\w+|solv\w+|repair\w*|"
        r"mitigat\w+)\b"
        r"[^.!?\n]{0,40}?\b(?:in|within|by|before|at)\b (?:about |around |approximately |the next |"
        r"roughly |~ ?)?(?:\d+|an?|one|two|three|a few|the next few) ?"
        r"(?:min\w*|hours?|h\b|hrs?)"
    ),
    vendor=(
        r"\b(?:third[- ]party|upstream (?:provider|vendor|service)|"
        r"(?:hosting|cloud|network|service|dns|payment|email|our|an?|external) "
        r"(?:provider|vendor|supplier|carrier)|"
        r"(?:aws|amazon|azure|google cloud|gcp|cloudflare|fastly|akamai|twilio|stripe|"
        r"microsoft 365)"
        r"(?: [\w-]+){0,2} \[?(?:is|are|has|have|had|was|outage|incident|issues?|problems?))\b"
    ),
    own_voice=r"\b(?:we|we're|we've|we'll|our|us|ours|investigation|investigating|team)\b",
    blame=(
        r"\bhuman errors?\b|\boperator error\b|\buser error\b|"
        r"\b(?:an?|one|the|our|one of our) (?:\w+ )?(?:engineer|developer|employee|administrator|"
        r"operator|technician|colleague|contractor|sysadmin|intern|team member)s?\b"
        r"(?:'s (?:mistake|error|fault)|[^.!?\n]{0,40}\b(?:by mistake|mistaken(?:ly)?|"
        r"accident(?:al)?ly|forgot|careless(?:ly)?|negligen(?:ce|tly)|inadvertently|wrongly|"
        r"made an? (?:\w+ )?(?:mistake|error))\b)"
    ),
    apology=r"\b(?:any|the|this|these|for) inconveniences?\b|\binconvenience (?:this|that|it)\b",
    interjection=r"\b(?:oops|whoops|uh[- ]oh|yikes|ouch|d'oh|hooray|yay|woohoo|argh)\b",
    promised_postmortem=(
        r"\b(?:will|we'll|shall|going to|plan to|plans to)\b[^.!?\n]{0,80}?"
        r"\b(?:post-?mortem|root cause (?:analysis|report)|rca|(?:incident|full|detailed|"
        r"follow-?up) (?:report|write-?up|review|analysis|summary)|"
        r"(?:more|further) (?:details|information) "
        r"(?:about|on|of) (?:the|this) (?:incident|outage|cause|root cause))\b|"
        r"\b(?:post-?mortem|root cause analysis|rca|(?:incident|full|detailed|follow-?up) "
        r"(?:report|write-?up|analysis))\b[^.!?\n]{0,40}?\b(?:will (?:follow|be)|follows|to follow|"
        r"is coming)\b"
    ),
    placeholder=(
        r"(?-i:\b(?:TODO|TBD|TBC|FIXME|XXX)\b)|\{\{[^{}\n]*\}\}|"
        r"\[(?:insert|your|add|fill|enter|describe|name of)\b[^\]\n]*\](?!\()|"
        r"(?-i:<(?:INSERT|YOUR|ADD|TODO)[^>\n]*>)|\blorem ipsum\b"
    ),
    jargon=(
        r"(?<![.\d])\b(?:5xx|50[0234]s?|4xx|k8s|kubernetes|failover|failed over|"
        r"replica(?:tion)? lag|p9\d|split-brain|sharding|shards?|oom|mutex|thundering herd|"
        r"quorum|bgp|mysql|redis|memcached|"
        r"haproxy|kafka|elasticsearch|unicorn|raid|ldap|vpc)\b"
    ),
    link_words=r"(?:click |see |read |go )?(?:here|this|this link|link|more|read more|this page)",
    doubled=(
        r"\b(the|a|an|of|to|in|for|and|or|with|we|is|are|was|were|be|been|this|at|by|from|our|"
        r"have|has|will|it|as)[ \t]+\1\b"
    ),
    ordinal=(
        r"\b(?:\d*(?:(?<!1)1(?:nd|rd|th)|(?<!1)2(?:st|rd|th)|(?<!1)3(?:st|nd|th))|"
        r"\d*1[123](?:st|nd|rd)|\d*[04-9](?:st|nd|rd))\b"
    ),
    cause_part=r"\bcaus\w+|\bwhy\b|\bwhat (?:happened|went wrong)\b|\bbecause\b",
    action_part=(
        r"\baction(?:s| items)?\b|\bnext steps\b|\bprevent\w*\b|\bremediation\b|\bimprove\w*\b|"
        r"\bfollow-?ups?\b|\bmitigat\w+\b|\bwhat we (?:will|are|have)\b|\blessons\b"
    ),
    long_lix=55,
)
