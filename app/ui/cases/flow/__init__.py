"""The dialogs of the acts in the life of a case."""
