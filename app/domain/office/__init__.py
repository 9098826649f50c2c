"""The office itself: what it is, who works in it, its choices, its disk."""
