"""The child's page: given and taken back by those around the child; opened, read and written on by the child."""
