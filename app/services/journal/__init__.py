"""What was done, taken back and thrown away: undo, the bin, the history of every field."""
