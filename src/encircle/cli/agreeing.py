"""A process of `encircle demo`: people of the synthetic country agree what is shared, and set the keys of the door."""

import sys


def main(seed: int) -> None:
    """Add what is not there yet."""
    import django  # reads the settings, which the process that starts this one named

    django.setup()
    from encircle.actions.demonstration import (  # needs the settings
        agree_in_country,
        open_complaints_of_country,
        open_door_of_country,
    )

    agree_in_country(seed)
    open_door_of_country(seed)
    open_complaints_of_country(seed)


if __name__ == "__main__":
    main(int(sys.argv[1]))
