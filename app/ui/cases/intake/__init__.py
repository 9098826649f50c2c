"""The intake form and its steps."""
