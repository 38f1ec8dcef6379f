"""The keys of `subscribe`: how readers are told by what other services send."""

from __future__ import annotations

from statusgen.model import EmailList, Subscribe
from statusgen.reading.alternatives import OneOfTwo
from statusgen.reading.fields import Shape, Values, defaulted, optional
from statusgen.reading.words import FORM_ACTION, LINK, Word

_FIELD_NAME = Word(
    words="the name of a form's field",
    pattern=r"[A-Za-z][A-Za-z0-9_.:\[\]-]{0,63}",
    code="bad-value",
    hint='your list provider\'s own form has it: <input type="email" name="…">',
    example="EMAIL",
)
_ACTION = defaulted("action", FORM_ACTION, "Where your list provider's form is sent to.", "")
_FIELD = defaulted("field", _FIELD_NAME, "The name of its field for the address.", "email")
_LINK = defaulted("link", LINK, "In place of a form: the page on which readers subscribe.", "")
_WAY = OneOfTwo("the e-mail list", _ACTION, _LINK)


def _build_email(values: Values) -> EmailList | None:
    if not _WAY.check(values):
        return None
    return EmailList(values[_ACTION], values[_FIELD], values[_LINK])


EMAIL = Shape("the e-mail list", (_ACTION, _FIELD, _LINK), _build_email, extra=_WAY.schema())
_EMAIL = optional("email", EMAIL, "How readers subscribe by e-mail.")

SUBSCRIBE = Shape("how to subscribe", (_EMAIL,), lambda values: Subscribe(values[_EMAIL]))
