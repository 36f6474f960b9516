"""How the server runs; gunicorn reads this file by itself."""

import ctypes
import gc
from contextlib import suppress
from itertools import count

workers = 2
# Whoever sends slowly holds a thread until all is said, where no proxy holds them back; how many requests are worked on
# at once, improvement.middleware.turns says.
threads = 20
# What every worker needs is loaded once, so that another stands in at once for one that was killed.
preload_app = True
# glibc would give each thread a heap of its own, of which a worker keeps 15 MB for nothing (M_ARENA_MAX is -8). One is
# enough, as one thread at a time runs Python.
with suppress(AttributeError):
    ctypes.CDLL(None).mallopt(-8, 1)
control_socket_disable = True
_answers = count(1)


def pre_fork(server, worker):
    """Keep the garbage collector off what was loaded once: its marks would copy that into each worker."""
    gc.collect()
    gc.freeze()


def post_request(worker, request, environ, response):
    """Give freed memory back now and then: glibc would keep 10 MB of it."""
    if next(_answers) % 100 == 0:
        with suppress(AttributeError):
            ctypes.CDLL(None).malloc_trim(0)


def post_worker_init(worker):
    """Let each worker send what waits, where DELIVER is set: a message that one has claimed no other sends."""
    from improvement import delivering

    delivering.start()


def when_ready(server):
    """Say where the site is, after everything else that is said at the start."""
    print(f"Serving on {', '.join(str(socket) for socket in server.LISTENERS)} (stop with Ctrl+C)", flush=True)  # noqa: T201
