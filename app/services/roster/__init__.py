"""The people and places a committee works with; who may mediate what."""
