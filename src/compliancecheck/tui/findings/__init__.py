"""The Findings tab: the verdicts, and the proof of each."""
