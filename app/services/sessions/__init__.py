"""The records of what was said and agreed at hearings."""
