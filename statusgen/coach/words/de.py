"""German, as the coach knows it."""

from __future__ import annotations

from statusgen.coach.words.vocabulary import Words

_THING = r"(?:störung|problem|vorfall|ausfall|wartung|fehler|unterbrechung|beeinträchtigung)"

GERMAN = Words(
    language="de",
    common=(
        r"\b(?:der|das|und|ist|sind|wird|werden|wir|nicht|"
        r"von|mit|auf|für|bei|ein|eine[mnrs]?|sich|zu[mr]?|seit)\b"
    ),
    today=(
        r"(?-i:(?<!guten )(?<!Guten )(?<!heute )\b(?:[Hh]eute|morgen|[Gg]estern|[Üü]bermorgen|"
        r"[Vv]orgestern)\b|(?<![^.!?] )\bMorgen (?=wird|werden|ist|sind|ab|früh|um|von|zwischen))"
    ),
    midnight=r"\bmitternacht\b",
    generic=(
        r"der|die|das|den|dem|des|ein|eine|einer|einem|einige|einigen|einiger|unser|unsere|unserer|unseren|"
        r"alle|aller|mit|bei|am|vom|im|in|an|auf|von|für|und|es|gibt|aktuell|aktuelle|aktueller|"
        r"derzeit|zurzeit|kurze|kurzer|kleine|kleinere|größere|große|teilweise|mögliche|technische|"
        r"technischer|technisches|allgemeine|dienst|diensten|dienste|dienstes|system|systeme|"
        r"systemen|service|services|seite|webseite|website|plattform|störung|störungen|problem|"
        r"probleme|problemen|vorfall|vorfälle|ausfall|ausfälle|teilausfall|unterbrechung|"
        r"beeinträchtigung|beeinträchtigungen|einschränkung|einschränkungen|schwierigkeiten|"
        r"betriebsstörung|systemstörung|dienststörung|incident|meldung|nutzer|kunden|wartung"
    ),
    effect=(
        r"\b(?:fehl\w*|scheiter\w*|langsam\w*|länger\w*|verzöger\w*|verspät\w*|spät\w*|nicht|"
        r"kein\w*|unerreichbar\w*|unmöglich\w*|häng\w*|abbr\w*|abgebrochen|abgelehnt\w*|"
        r"blockier\w*|leer\w*|doppelt\w*|verloren|verlust\w*|ohne|falsch\w*|veraltet\w*|ausfall|"
        r"ausgefallen|aus|offline|abgestürzt|stürz\w*|warte\w*|dauer\w*|stock\w*|erschwer\w*|"
        r"nur|lücken\w*|unvollständig\w*|zeitüberschreitung\w*|time-?outs?|gesperrt\w*|"
        r"aussetzer|unterbroch\w*|geht|bricht|weg)\b|störung(?:en)? (?:bei|beim|der|des)\b"
    ),
    only_closed=(
        rf"(?:(?:diese|die|das|der|dieser|dieses|unsere) {_THING} (?:ist|wurde|wurden)"
        r"(?: nun| jetzt| inzwischen| vollständig)? "
        r"(?:behoben|gelöst|beendet|abgeschlossen|beseitigt|vorbei)|"
        rf"(?:{_THING} )?(?:ist |wurde )?(?:behoben|gelöst|beendet|erledigt|abgeschlossen)|"
        r"(?:alles|alle systeme|alle dienste)(?: \w+)? (?:wieder )?(?:normal|ok|gut|"
        r"verfügbar|in ordnung|im grünen bereich|wie gewohnt)(?: verfügbar)?|"
        r"alles (?:läuft|funktioniert)(?: wieder)?(?: normal| wie gewohnt)?)"
    ),
    reopened=(
        r"\b(?:wieder\w*|erneut\w*|abermals|noch|weiter\w*|zurück|neu\w*|zusätzlich\w*|folge\w*)\b"
    ),
    cause=(
        r"\b(?:verursacht (?:durch|von)|ausgelöst (?:durch|von)|"
        r"(?:die )?ursache (?:ist|war|liegt)(?! (?:noch|nicht|derzeit|bisher|unklar|unbekannt))|"
        r"zurückzuführen auf)\b"
    ),
    hard_eta=(
        r"\b(?:wird|werden|sollte|sollten|soll|sollen|erwarten|rechnen|voraussichtlich)\b"
        r"[^.!?\n]{0,80}?\bin(?: etwa| ungefähr| rund| ca\.| den nächsten)? "
        r"(?:\d+|ein(?:er|em)|zwei|drei|wenigen) ?(?:min\w*|stunden?|std\.?)"
        r"[^.!?\n]{0,60}?\b(?:behoben|gelöst|wieder\w*|verfügbar|beendet|abgeschlossen)"
    ),
    vendor=(
        r"\b(?:drittanbieter\w*|(?:hosting-?|cloud-?|netz\w*|zahlungs-?)?(?:anbieter|provider|"
        r"dienstleister|zulieferer|partner)s?|aws|amazon|azure|google cloud|cloudflare|fastly|"
        r"akamai|twilio|stripe|microsoft 365)\b"
    ),
    own_voice=r"\b(?:wir|uns|unser\w*)\b",
    blame=(
        r"\bmenschliche[sn]? (?:versagen\w*|fehler\w*)|"
        r"\b(?:ein|eine|einer|einem|eines|der|die|unser|unsere) (?:\w+ )?"
        r"(?:mitarbeiter(?:in|s)?|techniker(?:in|s)?|entwickler(?:in|s)?|administrator(?:in|s)?|"
        r"kolleg(?:e|in|en)|ingenieur(?:in|s)?|praktikant(?:in|en)?)\b[^.!?\n]{0,40}"
        r"\b(?:fehler (?:gemacht|unterlaufen)|versehentlich\w*|vergess\w*|irrtümlich\w*|schuld)\b"
    ),
    apology=r"\bunannehmlichkeit\w*|\bumstände bitten wir\b",
    interjection=r"\b(?:ups|hoppla|huch|oje|autsch|oha|juhu|mist)\b",
    promised_postmortem=(
        r"\b(?:werden|folgt|folgen|wird|veröffentlichen)\b[^.!?\n]{0,80}?"
        r"\b(?:post-?mortem|ursachenanalyse|abschlussbericht|ausführlicher? bericht|"
        r"störungsbericht|nachbericht)\b|"
        r"\b(?:post-?mortem|ursachenanalyse|abschlussbericht|ausführlicher? bericht|"
        r"störungsbericht|nachbericht)\b[^.!?\n]{0,40}?\b(?:folgt|folgen|wird|werden)\b"
    ),
    placeholder=(
        r"(?-i:\b(?:TODO|TBD|TBC|FIXME|XXX)\b)|\{\{[^{}\n]*\}\}|"
        r"\[(?:hier|einfügen|bitte|ihr|name|text|uhrzeit)\b[^\]\n]*\](?!\()|\blorem ipsum\b"
    ),
    jargon=(
        r"\b(?:5xx|50[0234]er|k8s|kubernetes|failover|replikations\w+|p9\d|split-brain|shards?|"
        r"oom|quorum|bgp|mysql|redis|kafka|haproxy|ldap)\b"
    ),
    link_words=r"(?:hier|hier klicken|klicken sie hier|link|dieser link|mehr|weiterlesen)",
    doubled=(
        r"\b(der|das|den|dem|des|ein|eine|und|oder|mit|von|zu|auf|ist|sind|wir|für|bei|im|nicht|"
        r"wird|werden)[ \t]+\1\b"
    ),
    ordinal=r"(?!)",
    cause_part=r"\bursache\w*|\bwarum\b|\bgrund\b|\bweil\b|\bwas (?:ist )?passiert",
    action_part=(
        r"\bmaßnahme\w*|\bnächste\w* schritte\b|\bverhinder\w*|\bvorbeug\w*|\bverbesser\w*|"
        r"\bkünftig\b|\bin zukunft\b|\bwas wir (?:tun|ändern)"
    ),
    long_lix=60,
)
