"""The parties of a case after registration, and the recusal of its mediators."""
