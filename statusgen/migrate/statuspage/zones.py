"""The zone that a page means: Statuspage is made with Rails, whose own names are not IANA's."""

from __future__ import annotations

import re
from zoneinfo import available_timezones

from statusgen.migrate.statuspage.fields import Fields
from statusgen.reading.words import ZONE

_OF_RAILS = {
    "Abu Dhabi": "Asia/Muscat",
    "Alaska": "America/Juneau",
    "American Samoa": "Pacific/Pago_Pago",
    "Arizona": "America/Phoenix",
    "Astana": "Asia/Almaty",
    "Atlantic Time (Canada)": "America/Halifax",
    "Beijing": "Asia/Shanghai",
    "Bern": "Europe/Zurich",
    "Brasilia": "America/Sao_Paulo",
    "Buenos Aires": "America/Argentina/Buenos_Aires",
    "Cape Verde Is.": "Atlantic/Cape_Verde",
    "Central America": "America/Guatemala",
    "Central Time (US & Canada)": "America/Chicago",
    "Chatham Is.": "Pacific/Chatham",
    "Chennai": "Asia/Kolkata",
    "Eastern Time (US & Canada)": "America/New_York",
    "Edinburgh": "Europe/London",
    "Ekaterinburg": "Asia/Yekaterinburg",
    "Georgetown": "America/Guyana",
    "Greenland": "America/Nuuk",
    "Guadalajara": "America/Mexico_City",
    "Hanoi": "Asia/Bangkok",
    "Hawaii": "Pacific/Honolulu",
    "Indiana (East)": "America/Indiana/Indianapolis",
    "International Date Line West": "Etc/GMT+12",
    "Islamabad": "Asia/Karachi",
    "Istanbul": "Europe/Istanbul",
    "Marshall Is.": "Pacific/Majuro",
    "Mid-Atlantic": "Atlantic/South_Georgia",
    "Midway Island": "Pacific/Midway",
    "Mountain Time (US & Canada)": "America/Denver",
    "Mumbai": "Asia/Kolkata",
    "New Caledonia": "Pacific/Noumea",
    "New Delhi": "Asia/Kolkata",
    "Newfoundland": "America/St_Johns",
    "Nuku'alofa": "Pacific/Tongatapu",
    "Osaka": "Asia/Tokyo",
    "Pacific Time (US & Canada)": "America/Los_Angeles",
    "Pretoria": "Africa/Johannesburg",
    "Quito": "America/Lima",
    "Samoa": "Pacific/Apia",
    "Sapporo": "Asia/Tokyo",
    "Saskatchewan": "America/Regina",
    "Solomon Is.": "Pacific/Guadalcanal",
    "Sri Jayawardenepura": "Asia/Colombo",
    "St. Petersburg": "Europe/Moscow",
    "Tokelau Is.": "Pacific/Fakaofo",
    "Wellington": "Pacific/Auckland",
    "West Central Africa": "Africa/Algiers",
}
"""Those that no single zone of IANA's ends with, from ActiveSupport::TimeZone."""


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
