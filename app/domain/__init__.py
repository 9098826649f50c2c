"""Rules and records of the office in plain Python; this floor needs the standard library only."""
