"""Everything that is written: pages, feeds, API, calendar, badges; frozen views in, bytes out."""
