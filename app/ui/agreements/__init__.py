"""The settlement: its text, its duties, its check, its signatures."""
