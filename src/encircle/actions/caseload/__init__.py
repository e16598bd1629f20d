"""Caseload reviews: an agency goes through the children it works with; what may be more goes to triage."""
