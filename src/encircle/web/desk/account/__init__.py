"""Account: one's own sign-in. The second step and its upkeep by django-allauth, in our frame and words."""
