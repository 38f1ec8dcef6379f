"""Colours and shapes: the tokens of the stylesheet, the brand's accent, what is drawn."""
