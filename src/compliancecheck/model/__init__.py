"""What the law and a company are: frozen, typed, without input or output."""
