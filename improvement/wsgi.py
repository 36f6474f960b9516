import os

import django
from django.core.handlers.wsgi import WSGIHandler

from improvement.middleware import Request

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "improvement.settings")


class Handler(WSGIHandler):
    request_class = Request


django.setup(set_prefix=False)
application = Handler()
