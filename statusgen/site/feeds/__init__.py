"""What programs subscribe to: Atom, RSS, JSON Feed and calendars."""
