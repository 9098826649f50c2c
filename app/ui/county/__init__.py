"""The county's own pages: packages that arrive, and the townships they come from."""
