"""One module per form: a story of flowables over a frozen record."""
