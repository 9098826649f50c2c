"""Hearings: fix, check for clashes, hold, record."""
