"""The application on this machine's Python, without Wasm: python3 -m unittest discover tests"""

import io
import pathlib
import sys
import unittest
from wsgiref.validate import validator

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "app"))
import hello
import mayfly


def ask(path, body=b"", method="GET", **more):
    """Status, headers and body of an answer; what WSGI forbids fails."""
    environ = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "test",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "GREETING": "hello",
        "X_REQUEST_ID": "1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": True,
        **more,
    }
    output = io.BytesIO()
    mayfly.Handler(output).run(validator(hello.application), environ)
    head, _, rest = output.getvalue().partition(b"\n\n")
    status, *headers = head.decode().split("\n")
    return status, headers, rest.decode()


class HelloTest(unittest.TestCase):
    def test_greets(self):
        self.assertEqual(ask("/")[2], "hello from Python\nmethod: GET\npath: /\nX-Request-Id: 1\n")

    def test_echoes_the_body_as_json(self):
        _, _, body = ask("/echo", 'a "quoted" Ω\n'.encode(), method="POST")
        self.assertEqual(body, '{"bytes":14,"body":"a \\"quoted\\" Ω\\n"}\n')

    def test_refuses_a_body_that_is_no_utf8(self):
        self.assertEqual(ask("/echo", b"\xff", method="POST")[0], "Status: 400 Bad Request")

    def test_sets_two_cookies(self):
        _, headers, body = ask("/cookies", HTTP_COOKIE="a=1")
        self.assertEqual(body, "you sent: a=1\n")
        self.assertEqual(
            headers[1:],
            ["Set-Cookie: flavour=oat; Path=/", "Set-Cookie: size=small; Path=/; HttpOnly"],
        )

    def test_has_statuses_of_its_own(self):
        self.assertEqual(ask("/teapot")[0], "Status: 418 I'm a teapot")
        self.assertEqual(ask("/nowhere")[0], "Status: 404 Not Found")
        with self.assertRaises(RuntimeError):
            ask("/fail")


if __name__ == "__main__":
    unittest.main()
