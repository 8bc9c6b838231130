"""The Rules tab: the law by instrument, and the page of a rule."""
