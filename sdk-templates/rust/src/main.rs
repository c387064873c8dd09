//! What this function answers. Each request runs in a fresh copy of the program.
use std::error::Error;
use std::io::Read;
use std::process::ExitCode;

use mayfly::{json, Request, Response};

type Answer = Result<Response, Box<dyn Error>>;

fn main() -> ExitCode {
    mayfly::run(answer)
}

fn answer(mut request: Request) -> Answer {
    match request.path() {
        "/" => Ok(welcome(&request)),
        "/agent" => Ok(agent(&request)),
        "/echo" => echo(request.body()),
        "/cookies" => Ok(cookies(&request)),
        "/teapot" => Ok(Response::text("418 I'm a teapot", "short and stout\n")),
        "/fail" => Err("giving up before there is an answer".into()), // the caller sees a 502
        path => {
            eprintln!("no page {}", path);
            Ok(Response::text("404 Not Found", format!("no page {}\n", path)))
        }
    }
}

/// A variable from app.toml, and what is known of the request.
fn welcome(request: &Request) -> Response {
    let lines = [
        format!("{} from Rust", request.variable("GREETING")),
        format!("method: {}", request.method()),
        format!("path: {}", request.path()),
        format!("X-Request-Id: {}", request.id()),
    ];
    Response::text("200 OK", lines.join("\n") + "\n")
}

/// A header and the query, as they arrived.
fn agent(request: &Request) -> Response {
    let lines = [format!("User-Agent: {}", request.header("User-Agent")), format!("query: {}", request.query())];
    Response::text("200 OK", lines.join("\n") + "\n")
}

/// The body as JSON; one that is no UTF-8 is the caller's mistake.
fn echo(body: &mut dyn Read) -> Answer {
    let mut bytes = Vec::new();
    body.read_to_end(&mut bytes)?;
    Ok(match String::from_utf8(bytes) {
        Ok(text) => {
            let body = format!("{{\"bytes\":{},\"body\":{}}}\n", text.len(), json(&text));
            Response::new("200 OK", "application/json", body)
        }
        Err(error) => Response::text("400 Bad Request", format!("the body is no UTF-8: {}\n", error)),
    })
}

fn cookies(request: &Request) -> Response {
    Response::text("200 OK", format!("you sent: {}\n", request.header("Cookie")))
        .header("Set-Cookie", "flavour=oat; Path=/")
        .header("Set-Cookie", "size=small; Path=/; HttpOnly")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is written to stdout for a request.
    fn asked(path: &str, body: &'static [u8]) -> String {
        let variables = [
            ("REQUEST_METHOD", "POST"),
            ("PATH_INFO", path),
            ("QUERY_STRING", "a=1"),
            ("X_REQUEST_ID", "id-1"),
            ("GREETING", "hello"),
            ("HTTP_USER_AGENT", "test/1"),
            ("HTTP_COOKIE", "a=1"),
        ];
        let variables = variables.iter().map(|(name, value)| (name.to_string(), value.to_string()));
        let mut written = Vec::new();
        answer(Request::new(variables.collect(), body)).unwrap().write(&mut written).unwrap();
        String::from_utf8(written).unwrap()
    }

    #[test]
    fn greets() {
        let text = "Status: 200 OK\nContent-Type: text/plain; charset=utf-8\n\n\
                    hello from Rust\nmethod: POST\npath: /\nX-Request-Id: id-1\n";
        assert_eq!(asked("/", b""), text);
    }

    #[test]
    fn shows_a_header_and_the_query() {
        assert!(asked("/agent", b"").ends_with("\n\nUser-Agent: test/1\nquery: a=1\n"));
    }

    #[test]
    fn answers_a_body_with_json() {
        let text = "Status: 200 OK\nContent-Type: application/json\n\n\
                    {\"bytes\":18,\"body\":\"a \\\"quoted\\\"\\\\\\u000a caf\u{e9}\"}\n";
        assert_eq!(asked("/echo", "a \"quoted\"\\\n caf\u{e9}".as_bytes()), text);
    }

    #[test]
    fn refuses_a_body_that_is_no_utf8() {
        assert!(asked("/echo", b"caf\xe9").starts_with("Status: 400 Bad Request\n"));
    }

    #[test]
    fn sets_two_cookies() {
        let cookies = "\nSet-Cookie: flavour=oat; Path=/\nSet-Cookie: size=small; Path=/; HttpOnly\n\n";
        assert!(asked("/cookies", b"").contains(cookies));
    }

    #[test]
    fn fails_before_there_is_an_answer() {
        let request = Request::new(vec![("PATH_INFO".to_string(), "/fail".to_string())], &b""[..]);
        assert_eq!(answer(request).err().unwrap().to_string(), "giving up before there is an answer");
    }

    #[test]
    fn has_no_other_page() {
        assert!(asked("/nothing", b"").starts_with("Status: 404 Not Found\n"));
    }

    #[test]
    #[should_panic(expected = "a line end")]
    fn lets_no_line_end_into_the_head() {
        Response::text("200 OK", "").header("X-Name", "a\nSet-Cookie: b=1");
    }
}
