"""Values with rules of their own: numbers of persons, money, days, names, codes."""
