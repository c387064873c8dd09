//! A record and what becomes of it. One file without a dependency, and nothing that you could not do yourself: a function is a
//! program, what is known of the record is in the environment and its value on stdin, stdout becomes a record of the output topic,
//! log lines go to stderr.
use std::env;
use std::fmt::Display;
use std::io::{self, Read, Write};
use std::process::ExitCode;

/// A record of a topic.
pub struct Record {
    variables: Vec<(String, String)>,
    value: Vec<u8>,
}

impl Record {
    /// The record that this program was started for.
    pub fn read() -> io::Result<Record> {
        let text = |value: std::ffi::OsString| value.to_string_lossy().into_owned();
        let variables = env::vars_os().map(|(name, value)| (text(name), text(value))).collect();
        let mut value = Vec::new();
        io::stdin().read_to_end(&mut value)?;
        Ok(Record::new(variables, value))
    }

    /// A record made of its variables and its value, such as one for a test.
    pub fn new(variables: Vec<(String, String)>, value: impl Into<Vec<u8>>) -> Record {
        Record { variables, value: value.into() }
    }

    pub fn topic(&self) -> &str {
        self.variable("KAFKA_TOPIC").unwrap_or("")
    }

    /// The key, if there is one that is text; any other is in `KAFKA_KEY_BASE64`.
    pub fn key(&self) -> Option<&str> {
        self.variable("KAFKA_KEY")
    }

    /// The value; none of a tombstone, which says that what its key stands for is no more.
    pub fn value(&self) -> Option<&[u8]> {
        match self.variable("KAFKA_TOMBSTONE") {
            Some(_) => None,
            None => Some(&self.value),
        }
    }

    /// A header by its name, if there is one that is text; repeated ones are joined by commas.
    pub fn header(&self, name: &str) -> Option<&str> {
        let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' };
        self.variable(&format!("KAFKA_HEADER_{}", name.chars().map(plain).collect::<String>()))
    }

    /// 1 for the first attempt at this record, and so on.
    pub fn attempt(&self) -> &str {
        self.variable("KAFKA_ATTEMPT").unwrap_or("1")
    }

    /// What else is known of the record, or one of `environment` in app.toml.
    pub fn variable(&self, name: &str) -> Option<&str> {
        self.variables.iter().find(|(set, _)| set == name).map(|(_, value)| value.as_str())
    }
}

/// A record for the output topic, of a trigger with `output = "cgi"`.
pub struct Output {
    head: String,
    value: Vec<u8>,
}

impl Output {
    /// Its key is the input's, if none is set.
    pub fn new(value: impl Into<Vec<u8>>) -> Output {
        Output { head: String::new(), value: value.into() }
    }

    pub fn key(self, key: &str) -> Output {
        self.header("Kafka-Key", key)
    }

    /// Adds a header. Panics at a line end in it, which would begin another header.
    pub fn header(mut self, name: &str, value: &str) -> Output {
        assert!(!(name.to_string() + value).contains(['\r', '\n']), "a line end in the header {:?}: {:?}", name, value);
        self.head += &format!("{}: {}\n", name, value);
        self
    }

    /// The head line by line, an empty line, the value.
    pub fn write(&self, mut out: impl Write) -> io::Result<()> {
        let mut bytes = self.head.clone().into_bytes();
        bytes.push(b'\n');
        bytes.extend(&self.value);
        out.write_all(&bytes)
    }
}

/// Handles the record of this program. An error is a failed attempt, and a line in the log; after the last one the record goes to
/// the dead letters.
pub fn run<E: Display>(function: impl FnOnce(&Record) -> Result<Option<Output>, E>) -> ExitCode {
    let record = match Record::read() {
        Ok(record) => record,
        Err(error) => return failed("the value cannot be read", &error),
    };
    match function(&record) {
        Ok(None) => ExitCode::SUCCESS,
        Ok(Some(output)) => match output.write(io::stdout()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => failed("the output cannot be written", &error),
        },
        Err(error) => failed(&format!("attempt {}", record.attempt()), &error),
    }
}

fn failed(what: &str, error: &dyn Display) -> ExitCode {
    eprintln!("{}: {}", what, error);
    ExitCode::FAILURE
}
