"""What the machine gives: the database server, the clock. Knows no cases, no law and no Django."""
