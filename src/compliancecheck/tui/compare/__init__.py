"""The Compare tab: two sides, what differs, and both proofs."""
