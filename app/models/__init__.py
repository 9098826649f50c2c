"""Tables of the office's data file."""
