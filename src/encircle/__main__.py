"""`python -m encircle` is the command `encircle`."""

import sys

from encircle.cli import main

sys.exit(main())
