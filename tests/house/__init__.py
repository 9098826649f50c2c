"""Tests of the house itself: floors, sizes, words, permissions, what the bundle carries."""
