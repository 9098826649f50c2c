"""One module per book: columns and rows over frozen records."""
