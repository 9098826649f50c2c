"""Judicial confirmation of agreements, and the letters of organs that entrust a mediation."""
