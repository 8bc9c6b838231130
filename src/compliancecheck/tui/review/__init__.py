"""The review: every question with its answer or why it is not needed."""
