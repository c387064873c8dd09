"""Runs a WSGI application (PEP 3333) for one request: the one in the environment and on stdin (CGI)."""

import os
import sys


def environ():
    """The environment of the request as WSGI has it: text of Latin-1, each character a byte."""
    request = {name.decode("latin-1"): value.decode("latin-1") for name, value in os.environb.items()}
    request["wsgi.version"] = (1, 0)
    request["wsgi.url_scheme"] = "https" if request.get("HTTPS") == "on" else "http"
    request["wsgi.input"] = sys.stdin.buffer
    request["wsgi.errors"] = sys.stderr
    request["wsgi.multithread"] = False
    request["wsgi.multiprocess"] = True
    request["wsgi.run_once"] = True
    return request


class Handler:
    """Writes one answer, as wsgiref.handlers.CGIHandler does, which takes more imports."""

    def __init__(self, output):
        self.output = output
        self.status = None
        self.headers = None
        self.head_sent = False

    def start_response(self, status, headers, exc_info=None):
        if exc_info is None and self.status is not None:
            raise AssertionError("start_response was called before, and there is no exc_info")
        if exc_info is not None and self.head_sent:
            raise exc_info[1].with_traceback(exc_info[2])
        self.status, self.headers = status, list(headers)
        return self.write

    def write(self, data):
        if self.status is None:
            raise AssertionError("there is data before start_response")
        if not self.head_sent:
            lines = ["Status: " + self.status] + [name + ": " + value for name, value in self.headers]
            self.output.write(("\n".join(lines) + "\n\n").encode("latin-1"))
            self.head_sent = True
        self.output.write(data)

    def run(self, application, request):
        parts = application(request, self.start_response)
        try:
            for part in parts:
                if part:  # a head may still change before the first byte
                    self.write(part)
            self.write(b"")
        finally:
            if hasattr(parts, "close"):
                parts.close()


def run(application):
    """Answers this run's request and ends the run. Never returns."""
    Handler(sys.stdout.buffer).run(application, environ())
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)  # the copy is thrown away: nothing needs to be tidied up, which takes a quarter of a run
