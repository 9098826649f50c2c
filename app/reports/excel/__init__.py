"""Workbooks: one writer, one module per book."""
