import os
import sys

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.handlers.wsgi import WSGIHandler

from improvement.middleware import Request

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "improvement.settings")


class Handler(WSGIHandler):
    request_class = Request


try:
    django.setup(set_prefix=False)
except ImproperlyConfigured as fault:
    sys.exit(str(fault))
application = Handler()
