"""AWS as moto plays it. POST /copy answers the port and the process of a copy, which holds all that it holds.

It takes one request at a time, so that no thread holds a lock at the moment of a copy. It ends with standard input, and so
do its copies: that is open as long as the process that started it is there.
"""

import gc
import os
import select
import signal
import sys

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import make_server
from werkzeug.wrappers import Response

moto = DomainDispatcherApplication(create_backend_app)


def answer(environ, start_response):
    global server
    if environ["PATH_INFO"] != "/copy":
        return moto(environ, start_response)
    copy = listen()
    # Collecting garbage would write to all the memory that a copy shares.
    gc.freeze()
    pid = os.fork()
    if pid == 0:
        # What is open here stays open for the clients of the other, even when that has closed it.
        os.close(environ["werkzeug.socket"].fileno())
        server.server_close()
        server = copy
        serve()
    copy.server_close()
    return Response(f"{copy.port} {pid}")(environ, start_response)


def listen():
    return make_server("127.0.0.1", 0, answer, request_handler=MotoRequestHandler)


def serve():
    while sys.stdin not in select.select([sys.stdin, server], [], [])[0]:
        server.handle_request()
    os._exit(0)


# No copy that was ended stays behind as a zombie.
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
server = listen()
print(server.port, flush=True)
serve()
