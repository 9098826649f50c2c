"""Windows of the people of a case: parties, those who stand for them, recusal of mediators."""
