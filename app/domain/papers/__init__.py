"""Printed papers: the records they are made from, and their lists."""
