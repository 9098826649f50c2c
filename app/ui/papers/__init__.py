"""The papers of a case: listed, previewed, printed."""
