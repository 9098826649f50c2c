"""Work on a case between the sessions: visits, investigations, consultations, risks, stock phrases."""
