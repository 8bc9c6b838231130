"""Plain mode: the interview as text, a line asked and a line typed; no Textual in here."""
