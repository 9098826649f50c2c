"""What follows an agreement: performance, demands, breach, follow-up visits."""
