"""Printed papers and Excel books."""
