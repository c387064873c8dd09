//! A function is a program: the request is in the environment and on stdin, the answer goes to
//! stdout, log lines go to stderr. Each request runs a fresh copy.
use std::env;
use std::error::Error;
use std::io::{self, Read, Write};

/// What a request is answered with.
struct Answer {
    status: &'static str,
    headers: Vec<(&'static str, String)>,
    body: String,
}

impl Answer {
    fn new(status: &'static str, content_type: &str, body: String) -> Self {
        let headers = vec![("Content-Type", content_type.to_string())];
        Answer { status, headers, body }
    }

    fn text(status: &'static str, body: String) -> Self {
        Answer::new(status, "text/plain; charset=utf-8", body)
    }

    fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_string()));
        self
    }

    /// The head, line by line, an empty line, the body.
    fn send(&self) -> io::Result<()> {
        let mut out = String::from("Status: ") + self.status + "\n";
        for (name, value) in &self.headers {
            out = out + name + ": " + value + "\n";
        }
        io::stdout().write_all((out + "\n" + &self.body).as_bytes())
    }
}

/// A request variable, empty if it is not set. All of them: docs/contract.md.
fn variable(name: &str) -> String {
    env::var(name).unwrap_or_default()
}

fn welcome() -> Answer {
    let lines = [
        variable("GREETING") + " from Rust",
        "method: ".to_string() + &variable("REQUEST_METHOD"),
        "path: ".to_string() + &variable("PATH_INFO"),
        "X-Request-Id: ".to_string() + &variable("X_REQUEST_ID"),
    ];
    Answer::text("200 OK", lines.join("\n") + "\n")
}

/// A header and the query, as they arrived.
fn agent() -> Answer {
    let lines = [
        "User-Agent: ".to_string() + &variable("HTTP_USER_AGENT"),
        "query: ".to_string() + &variable("QUERY_STRING"),
    ];
    Answer::text("200 OK", lines.join("\n") + "\n")
}

/// The body as a JSON string; one that is no UTF-8 is the caller's mistake.
fn echo() -> Result<Answer, Box<dyn Error>> {
    let mut bytes = Vec::new();
    io::stdin().read_to_end(&mut bytes)?;
    Ok(match String::from_utf8(bytes) {
        Ok(body) => Answer::new("200 OK", "application/json", json(&body)),
        Err(e) => Answer::text("400 Bad Request", format!("the body is no UTF-8: {}\n", e)),
    })
}

fn json(body: &str) -> String {
    let mut text = format!("{{\"bytes\":{},\"body\":\"", body.len());
    for c in body.chars() {
        match c {
            '"' | '\\' => text.extend(['\\', c]),
            '\0'..='\x1f' => text += &format!("\\u{:04x}", c as u32),
            _ => text.push(c),
        }
    }
    text + "\"}\n"
}

fn cookies() -> Answer {
    Answer::text("200 OK", format!("you sent: {}\n", variable("HTTP_COOKIE")))
        .header("Set-Cookie", "flavour=oat; Path=/")
        .header("Set-Cookie", "size=small; Path=/; HttpOnly")
}

fn answer(path: &str) -> Result<Answer, Box<dyn Error>> {
    Ok(match path {
        "/" => welcome(),
        "/agent" => agent(),
        "/echo" => echo()?,
        "/cookies" => cookies(),
        "/teapot" => Answer::text("418 I'm a teapot", "short and stout\n".to_string()),
        "/fail" => return Err("giving up before there is an answer".into()), // the caller sees a 502
        _ => {
            eprintln!("no page {}", path);
            Answer::text("404 Not Found", format!("no page {}\n", path))
        }
    })
}

fn main() -> Result<(), Box<dyn Error>> {
    answer(&variable("PATH_INFO"))?.send()?;
    Ok(())
}
