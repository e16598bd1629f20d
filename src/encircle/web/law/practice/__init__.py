"""Changes of practice: what is proposed, what it would change, who decides, and what holds. Decides nothing itself."""
