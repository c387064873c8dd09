// What this function answers. Each request runs in a fresh copy of the program.
import { json, log, Request, Response, utf8, variable } from "./mayfly";

export function answer(request: Request): Response {
  const path = request.path;
  if (path == "/") return welcome(request);
  if (path == "/agent") return agent(request);
  if (path == "/echo") return echo(request);
  if (path == "/cookies") return cookies(request);
  if (path == "/teapot") return Response.text("418 I'm a teapot", "short and stout\n");
  if (path == "/fail") throw new Error("giving up before there is an answer"); // the caller sees a 502
  log("no page " + path);
  return Response.text("404 Not Found", "no page " + path + "\n");
}

/** A variable from app.toml, and what is known of the request. */
function welcome(request: Request): Response {
  const lines = [
    variable("GREETING") + " from AssemblyScript",
    "method: " + request.method,
    "path: " + request.path,
    "X-Request-Id: " + request.id,
  ];
  return Response.text("200 OK", lines.join("\n") + "\n");
}

/** A header and the query, as they arrived. */
function agent(request: Request): Response {
  return Response.text("200 OK", "User-Agent: " + request.header("User-Agent") + "\nquery: " + request.query + "\n");
}

/** The body as JSON; one that is no UTF-8 is the caller's mistake. */
function echo(request: Request): Response {
  const bytes = request.body();
  const text = utf8(bytes);
  if (text === null) return Response.text("400 Bad Request", "the body is no UTF-8\n");
  return new Response("200 OK", "application/json", `{"bytes":${bytes.length},"body":${json(text)}}\n`);
}

function cookies(request: Request): Response {
  return Response.text("200 OK", "you sent: " + request.header("Cookie") + "\n")
    .header("Set-Cookie", "flavour=oat; Path=/")
    .header("Set-Cookie", "size=small; Path=/; HttpOnly");
}
