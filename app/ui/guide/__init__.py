"""The filling-in guide of each screen."""
