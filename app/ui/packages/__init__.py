"""The township's packages and keys: what goes to the county, and whose cards are trusted."""
