"""Text into located, typed values, with every problem collected: shared by config and content."""
