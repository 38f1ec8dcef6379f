"""Other systems' data becomes incident files."""
