"""The zone that a page means: Statuspage is made with Rails, whose own names are not IANA's."""

from __future__ import annotations

import re
from zoneinfo import available_timezones

from statusgen.migrate.statuspage.fields import Fields
from statusgen.reading.words import ZONE

_OF_RAILS = {
    "Alaska": "America/Juneau",
    "American Samoa": "Pacific/Pago_Pago",
    "Arizona": "America/Phoenix",
    "Atlantic Time (Canada)": "America/Halifax",
    "Beijing": "Asia/Shanghai",
    "Brasilia": "America/Sao_Paulo",
    "Buenos Aires": "America/Argentina/Buenos_Aires",
    "Central America": "America/Guatemala",
    "Central Time (US & Canada)": "America/Chicago",
    "Chennai": "Asia/Kolkata",
    "Eastern Time (US & Canada)": "America/New_York",
    "Hawaii": "Pacific/Honolulu",
    "Indiana (East)": "America/Indiana/Indianapolis",
    "International Date Line West": "Etc/GMT+12",
    "Mountain Time (US & Canada)": "America/Denver",
    "Mumbai": "Asia/Kolkata",
    "New Delhi": "Asia/Kolkata",
    "Newfoundland": "America/St_Johns",
    "Pacific Time (US & Canada)": "America/Los_Angeles",
    "Samoa": "Pacific/Apia",
    "Saskatchewan": "America/Regina",
}
"""Those that are no city of IANA's with a zone of its own, from ActiveSupport::TimeZone."""


def zone_of(fields: Fields, key: str) -> str:
    """Return the zone that a member names, or none; one under a name of Rails' is reported."""
    name = fields.line(key)
    if re.fullmatch(ZONE.pattern, name) and not (ZONE.fault_of and ZONE.fault_of(name)):
        return name
    city = name.replace(" ", "_")
    of_city = [zone for zone in available_timezones() if zone.rpartition("/")[2] == city]
    zone = _OF_RAILS.get(name) or (of_city[0] if len(of_city) == 1 and city else "")
    if not zone:
        return fields.fitting(key, ZONE)
    message = f"'{name}' is written as {zone}"
    fields.remarks.changed("import-other-zone", fields.file, fields.place(key), message)
    return zone
