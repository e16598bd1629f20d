"""Reports at the door: given in and sealed as they are parsed, answered, and opened by those who hold a key."""
