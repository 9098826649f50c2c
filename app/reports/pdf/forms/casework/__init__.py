"""The forms of the acts in a case's life: notices, letters, and the records of the work; one module each."""
