"""A process of `encircle demo`: agencies of the synthetic country agree what they share, as the people who sign."""

import sys


def main(seed: int) -> None:
    """Add what is not there yet."""
    import django  # reads the settings, which the process that starts this one named

    django.setup()
    from encircle.actions.demonstration import agree_in_country  # needs the settings

    agree_in_country(seed)


if __name__ == "__main__":
    main(int(sys.argv[1]))
