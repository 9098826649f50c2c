"""Printed papers: Chinese typesetting over reportlab and one module per form."""
