"""``python -m compliancecheck`` is the command."""

import sys

from compliancecheck.cli.main import run

if __name__ == "__main__":
    sys.exit(run())
