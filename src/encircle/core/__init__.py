"""Core: what follows from facts, law and an instant. Pure: no framework, database, network, clock or chance."""
