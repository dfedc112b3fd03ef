#!/usr/bin/env python
"""Run the portal's management commands."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "burlov_trygghet.settings")
    from accounts.commands import run_command_line

    run_command_line(sys.argv)
