"""For those who write rules: link the packs of the wheel, lint them, run their examples."""
