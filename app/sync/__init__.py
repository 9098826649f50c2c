"""Sealed packages and key cards: converters between bytes and records, no database."""
