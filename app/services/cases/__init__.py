"""Disputes: register, decide, list, open; the people in them; unfinished forms."""
