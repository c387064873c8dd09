//! A request and its answer. One file without a dependency, and nothing that you could not do yourself: a function is a
//! program, the request's head is in the environment and its body on stdin, the answer goes to stdout, log lines go to
//! stderr (CGI, RFC 3875).
use std::env;
use std::fmt::Display;
use std::io::{self, Read, Write};
use std::process::ExitCode;

/// What is asked.
pub struct Request {
    variables: Vec<(String, String)>,
    body: Box<dyn Read>,
}

impl Request {
    /// The request that this program was started for.
    pub fn from_env() -> Request {
        let text = |value: std::ffi::OsString| value.to_string_lossy().into_owned();
        let variables = env::vars_os().map(|(name, value)| (text(name), text(value)));
        Request::new(variables.collect(), io::stdin())
    }

    /// A request made of its variables and its body, such as one for a test.
    pub fn new(variables: Vec<(String, String)>, body: impl Read + 'static) -> Request {
        Request { variables, body: Box::new(body) }
    }

    pub fn method(&self) -> &str {
        self.variable("REQUEST_METHOD")
    }

    /// The path, decoded, without what the route itself names.
    pub fn path(&self) -> &str {
        self.variable("PATH_INFO")
    }

    /// The query as it was sent, without the `?`.
    pub fn query(&self) -> &str {
        self.variable("QUERY_STRING")
    }

    /// The same in every log line and in the answer's `X-Request-Id`.
    pub fn id(&self) -> &str {
        self.variable("X_REQUEST_ID")
    }

    /// A field of the head by its name, such as `User-Agent`; repeated ones are joined by commas. Empty if there is none.
    pub fn header(&self, name: &str) -> &str {
        let variable = name.to_ascii_uppercase().replace('-', "_");
        match variable.as_str() {
            "CONTENT_TYPE" | "CONTENT_LENGTH" => self.variable(&variable),
            _ => self.variable(&("HTTP_".to_string() + &variable)),
        }
    }

    /// A variable of the request, or one of `environment` in app.toml. Empty if it is not set.
    pub fn variable(&self, name: &str) -> &str {
        self.variables.iter().find(|(set, _)| set == name).map_or("", |(_, value)| value)
    }

    /// The body, of which everything can be read once.
    pub fn body(&mut self) -> &mut dyn Read {
        &mut self.body
    }
}

/// What a request is answered with.
pub struct Response {
    head: String,
    body: Vec<u8>,
}

impl Response {
    /// `status` is a number with its reason, such as `200 OK`.
    pub fn new(status: &str, content_type: &str, body: impl Into<Vec<u8>>) -> Response {
        let head = String::new();
        Response { head, body: body.into() }.header("Status", status).header("Content-Type", content_type)
    }

    pub fn text(status: &str, body: impl Into<Vec<u8>>) -> Response {
        Response::new(status, "text/plain; charset=utf-8", body)
    }

    /// Adds a field to the head. Panics at a line end in it, which would begin another field.
    pub fn header(mut self, name: &str, value: &str) -> Response {
        assert!(!(name.to_string() + value).contains(['\r', '\n']), "a line end in the field {:?}: {:?}", name, value);
        self.head += &format!("{}: {}\n", name, value);
        self
    }

    /// The head line by line, an empty line, the body.
    pub fn write(&self, mut out: impl Write) -> io::Result<()> {
        let mut bytes = self.head.clone().into_bytes();
        bytes.push(b'\n');
        bytes.extend(&self.body);
        out.write_all(&bytes)
    }
}

/// Answers the request of this program. An error before there is an answer is a 502 for the caller and a line in the log.
pub fn run<E: Display>(function: impl FnOnce(Request) -> Result<Response, E>) -> ExitCode {
    let response = function(Request::from_env()).map_err(|error| error.to_string());
    match response.and_then(|response| response.write(io::stdout()).map_err(|error| error.to_string())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}", error);
            ExitCode::FAILURE
        }
    }
}

/// A text as a JSON string, with its quotes.
pub fn json(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\0'..='\x1f' => quoted += &format!("\\u{:04x}", c as u32),
            _ => quoted.push(c),
        }
    }
    quoted + "\""
}
