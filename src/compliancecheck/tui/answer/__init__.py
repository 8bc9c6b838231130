"""The Answer tab: the interview, its forms and fields."""
