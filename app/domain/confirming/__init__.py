"""Judicial confirmation of agreements, and mediation entrusted by courts and other organs."""
