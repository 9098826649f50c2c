"""What is done on a case between the sessions: evidence, attachments, visits, investigations, risks."""
