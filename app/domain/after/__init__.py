"""What follows an agreement."""
