"""Meetings of the agencies around one child, as people meet them: the list, one meeting, its acts, its paper."""
