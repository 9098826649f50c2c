"""Settlements: write, check, sign."""
