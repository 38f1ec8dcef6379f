"""The nouns of a status page, frozen.

Times are aware and in UTC. Texts are Markdown unless a field says otherwise. All are NamedTuples:
as frozen as dataclasses, three times as fast to make, and their classes five times as fast to
import.

    Config ── Page, Brand, UptimeRule, Subscribe, Cadence, Coaching, Target, Channel
       ├──── Group ◂─ Component ── Objective, Probe, FormerName, Override
    Incident ── Affected            what the file says of the whole
       ├──── Update ── Change       what happened when, and in
       │          └── Action       closing texts what is still to be done
       └──── Translation            the same in other words
"""

from __future__ import annotations

from statusgen.model.channels import (
    KINDS_OF,
    AppriseChannel,
    Channel,
    ChannelOptions,
    EventKind,
    Form,
    LedgerPlace,
    ListmonkChannel,
    MailChannel,
    Subscribers,
    WebhookChannel,
    form_of,
)
from statusgen.model.coaching import (
    Coaching,
    CoachRule,
    Strictness,
)
from statusgen.model.codes import (
    derive_code,
)
from statusgen.model.configuration import (
    Brand,
    Cadence,
    Component,
    Config,
    EmailList,
    FormerName,
    Group,
    Link,
    Objective,
    Override,
    Page,
    Probe,
    Subscribe,
    Translated,
    UptimeRule,
)
from statusgen.model.incidents import (
    INTERNAL,
    NOBODY,
    PUBLIC,
    Action,
    Affected,
    Change,
    Incident,
    StandIn,
    Translation,
    Update,
)
from statusgen.model.playbook import (
    PlaybookText,
)
from statusgen.model.states import (
    AT_WORK,
    CLOSING,
    IMPACT_OF,
    IMPACT_RANK,
    SEVERE,
    SEVERITY,
    STATUS_OF,
    STATUSES,
    ComponentStatus,
    Impact,
    Kind,
    Notify,
    Status,
)
from statusgen.model.targets import (
    DirectoryTarget,
    GitTarget,
    RsyncTarget,
    S3Target,
    Target,
)
from statusgen.model.text_pages import (
    Place,
    TextPage,
)

__all__ = [
    "AT_WORK",
    "CLOSING",
    "IMPACT_OF",
    "IMPACT_RANK",
    "INTERNAL",
    "KINDS_OF",
    "NOBODY",
    "PUBLIC",
    "SEVERE",
    "SEVERITY",
    "STATUSES",
    "STATUS_OF",
    "Action",
    "Affected",
    "AppriseChannel",
    "Brand",
    "Cadence",
    "Change",
    "Channel",
    "ChannelOptions",
    "CoachRule",
    "Coaching",
    "Component",
    "ComponentStatus",
    "Config",
    "DirectoryTarget",
    "EmailList",
    "EventKind",
    "Form",
    "FormerName",
    "GitTarget",
    "Group",
    "Impact",
    "Incident",
    "Kind",
    "LedgerPlace",
    "Link",
    "ListmonkChannel",
    "MailChannel",
    "Notify",
    "Objective",
    "Override",
    "Page",
    "Place",
    "PlaybookText",
    "Probe",
    "RsyncTarget",
    "S3Target",
    "StandIn",
    "Status",
    "Strictness",
    "Subscribe",
    "Subscribers",
    "Target",
    "TextPage",
    "Translated",
    "Translation",
    "Update",
    "UptimeRule",
    "WebhookChannel",
    "derive_code",
    "form_of",
]
