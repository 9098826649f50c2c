"""Taking back, the bin, and the history of changes, as people see them."""
