"""What mediators do between the sessions: visits, investigations, consultations, risks, stock phrases."""
