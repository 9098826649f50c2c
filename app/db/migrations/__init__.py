"""Steps from one schema to the next, each complete in itself."""
