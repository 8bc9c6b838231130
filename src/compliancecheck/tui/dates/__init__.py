"""The Dates tab: dated acts, their time line and the page of an act."""
