"""`python -m vizapp`."""

import sys

from vizapp.cli import main

sys.exit(main())
