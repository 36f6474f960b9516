#!/usr/bin/env python
import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "improvement.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import OperationalError, connection

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as fault:
        sys.exit(str(fault))
    except OperationalError as fault:
        # One that is connected has a fault of another kind, whose place the traceback says.
        if connection.connection:
            raise
        sys.exit(f"The database is not responding: {str(fault).splitlines()[0]}. Start it, or correct DATABASE_URL.")
    except KeyboardInterrupt:
        sys.exit("Stopped.")
