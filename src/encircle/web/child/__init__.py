"""The child's room: one page for one child, opened with a code. Calm, no script, nothing that tells where the child is."""
