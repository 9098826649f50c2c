"""What passes between township and county."""
