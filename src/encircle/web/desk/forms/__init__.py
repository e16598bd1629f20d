"""Forms of the desk, made from the types of facts: what is asked, what was typed, what is wrong with it."""
