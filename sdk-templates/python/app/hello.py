"""The function: a WSGI application like any other."""


def application(environ, start_response):
    path = text(environ.get("PATH_INFO", ""))
    page = PAGES.get(path)
    if page is None:
        print("no page", path, file=environ["wsgi.errors"])
        status, headers, body = plain("404 Not Found", f"no page {path}\n")
    else:
        status, headers, body = page(environ)
    start_response(status, headers)
    return [body.encode()]


def text(value):
    """What came as bytes is text: WSGI hands it over as Latin-1."""
    return value.encode("latin-1").decode("utf-8", "replace")


def plain(status, body, *headers):
    return status, [("Content-Type", "text/plain; charset=utf-8"), *headers], body


def welcome(environ):
    return plain(
        "200 OK",
        f"{text(environ['GREETING'])} from Python\n"
        f"method: {environ['REQUEST_METHOD']}\n"
        f"path: {text(environ['PATH_INFO'])}\n"
        f"X-Request-Id: {environ['X_REQUEST_ID']}\n",
    )


def agent(environ):
    """A header and the query, as they arrived."""
    user_agent = text(environ.get("HTTP_USER_AGENT", ""))
    return plain("200 OK", f"User-Agent: {user_agent}\nquery: {environ['QUERY_STRING']}\n")


def echo(environ):
    """The body as JSON; one that is no UTF-8 is the caller's mistake."""
    import json  # here, not above: each run pays for what it imports

    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or -1))
    try:
        answer = {"bytes": len(body), "body": body.decode("utf-8")}
    except UnicodeDecodeError as problem:
        return plain("400 Bad Request", f"the body is no UTF-8: {problem}\n")
    answer = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
    return "200 OK", [("Content-Type", "application/json")], answer + "\n"


def cookies(environ):
    return plain(
        "200 OK",
        f"you sent: {text(environ.get('HTTP_COOKIE', ''))}\n",
        ("Set-Cookie", "flavour=oat; Path=/"),
        ("Set-Cookie", "size=small; Path=/; HttpOnly"),
    )


def teapot(environ):
    return plain("418 I'm a teapot", "short and stout\n")


def fail(environ):
    raise RuntimeError("giving up before there is an answer")  # the caller sees a 502


PAGES = {
    "/": welcome,
    "/agent": agent,
    "/echo": echo,
    "/cookies": cookies,
    "/teapot": teapot,
    "/fail": fail,
}
