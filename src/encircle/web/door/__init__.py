"""The door: where a child, or anybody, asks for help. No account, no cookie, no script needed, one address and one title."""
