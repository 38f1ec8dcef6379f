"""What stands in places that are not ours: badges, cards, a frame, a banner."""
