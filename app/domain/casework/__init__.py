"""What is written down when a case moves on, and the guards that stand before it."""
