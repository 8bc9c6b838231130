"""The terminal app: the interview, the findings and why; everything in Textual's own means."""
