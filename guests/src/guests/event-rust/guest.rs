//! Says what it was given of an event and obeys the record's value: the table of commands is in guests/README.md.
use std::env;
use std::ffi::OsString;
use std::fs;
use std::io::{self, Read, Write};
use std::mem::ManuallyDrop;
use std::os::wasi::ffi::{OsStrExt, OsStringExt};
use std::os::wasi::io::FromRawFd;
use std::path::Path;
use std::process;
use std::thread;
use std::time::{Duration, Instant};

#[link(wasm_import_module = "wasi_snapshot_preview1")]
extern "C" {
    fn random_get(to: *mut u8, length: usize) -> i32;
}

/// What is obeyed, and what leaves at `flush`, when 8 KiB are full, and at the end.
struct Event {
    out: ManuallyDrop<io::BufWriter<fs::File>>,
    value: Vec<u8>,
    passing_over: bool,
    quiet: bool,
}

impl Event {
    fn say(&mut self, bytes: &[u8]) {
        self.quiet = true;
        if self.out.write_all(bytes).is_err() {
            process::exit(120);
        }
    }

    fn flush(&mut self) {
        if self.out.flush().is_err() {
            process::exit(120);
        }
    }

    fn escaped(&mut self, label: &str, bytes: &[u8]) {
        let mut line = label.as_bytes().to_vec();
        for &c in bytes {
            match c {
                b'\\' => line.extend_from_slice(b"\\x5c"),
                0x20..=0x7e => line.push(c),
                _ => line.extend_from_slice(format!("\\x{:02x}", c).as_bytes()),
            }
        }
        line.push(b'\n');
        self.say(&line);
    }

    fn report(&mut self) {
        for (name, value) in env::vars_os() {
            self.escaped("env ", &[name.as_bytes(), b"=", value.as_bytes()].concat());
        }
        for argument in env::args_os() {
            self.escaped("arg ", argument.as_bytes());
        }
        let value = self.value.clone();
        self.say(format!("stdin {}\n", value.len()).as_bytes());
        self.say(&value);
    }

    fn bytes(&mut self, mut left: usize) {
        let block = b"abcdefghijklmnopqrstuvwxyz012345".repeat(256);
        while left > 0 {
            let n = left.min(block.len());
            self.say(&block[..n]);
            left -= n;
        }
    }

    /// Conditions hold for what stands behind them, up to `always`; of several all must be true.
    fn condition(&self, name: &[u8], value: &[u8]) -> Option<bool> {
        let attempt = number(variable("KAFKA_ATTEMPT").as_bytes());
        match name {
            b"upto" => Some(attempt <= number(value)),
            b"after" => Some(attempt > number(value)),
            b"key" => Some(variable("KAFKA_KEY").as_bytes() == value),
            b"topic" => Some(variable("KAFKA_TOPIC").as_bytes() == value),
            b"percent" => Some(chance() % 100 < number(value)),
            _ => None,
        }
    }

    fn obey(&mut self, name: &[u8], value: Vec<u8>) {
        if name == b"always" {
            self.passing_over = false;
        } else if self.passing_over {
        } else if let Some(holds) = self.condition(name, &value) {
            self.passing_over = !holds;
        } else {
            self.act(name, value);
        }
    }

    fn act(&mut self, name: &[u8], value: Vec<u8>) {
        match name {
            b"report" => self.report(),
            b"echo" => {
                let value = self.value.clone();
                self.say(&value);
            }
            b"text" => self.say(&value),
            b"variable" => self.say(variable(&String::from_utf8_lossy(&value)).as_bytes()),
            b"bytes" => self.bytes(number(&value) as usize),
            b"nothing" => self.quiet = true,
            b"flush" => self.flush(),
            b"stderr" => drop(io::stderr().write_all(&value)),
            b"log" => log(number(&value)),
            b"sleep" => thread::sleep(Duration::from_millis(number(&value))),
            b"spin" => spin(Duration::from_millis(number(&value))),
            b"await" => await_file(Path::new(&OsString::from_vec(value))),
            b"hang" => loop {
                thread::sleep(Duration::from_secs(1));
            },
            b"loop" => loop {},
            b"hoard" => hoard(),
            b"trap" => core::arch::wasm32::unreachable(),
            b"exit" => {
                self.flush();
                process::exit(number(&value) as i32);
            }
            _ => {}
        }
    }

    fn obey_all(&mut self, commands: &[u8]) {
        self.passing_over = false;
        for item in commands.split(|&c| c == b'&') {
            let equals = item.iter().position(|&c| c == b'=').unwrap_or(item.len());
            let value = item.get(equals + 1..).unwrap_or_default();
            self.obey(&item[..equals], decoded(value));
        }
    }
}

fn variable(name: &str) -> OsString {
    env::var_os(name).unwrap_or_default()
}

fn number(digits: &[u8]) -> u64 {
    String::from_utf8_lossy(digits).parse().unwrap_or(0)
}

fn chance() -> u64 {
    let mut bytes = [0; 8];
    unsafe { random_get(bytes.as_mut_ptr(), bytes.len()) };
    u64::from_le_bytes(bytes)
}

fn log(mut left: u64) {
    let line = b"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde\n";
    while left > 0 {
        let n = left.min(64);
        let _ = io::stderr().write_all(&line[..n as usize]);
        left -= n;
    }
}

fn spin(time: Duration) {
    let started = Instant::now();
    while started.elapsed() < time {}
}

fn await_file(path: &Path) {
    while fs::metadata(path).is_err() {
        thread::sleep(Duration::from_millis(2));
    }
}

/// Takes memory until there is none: the allocation that fails traps.
fn hoard() {
    let mut all: Vec<Vec<u8>> = Vec::new();
    loop {
        all.push(vec![1; 1 << 20]);
    }
}

fn decoded(value: &[u8]) -> Vec<u8> {
    let hex = |c: Option<&u8>| c.and_then(|&c| (c as char).to_digit(16));
    let mut bytes = Vec::with_capacity(value.len());
    let mut i = 0;
    while i < value.len() {
        match (value[i], hex(value.get(i + 1)), hex(value.get(i + 2))) {
            (b'%', Some(high), Some(low)) => {
                bytes.push((high << 4 | low) as u8);
                i += 3;
            }
            (c, _, _) => {
                bytes.push(c);
                i += 1;
            }
        }
    }
    bytes
}

fn main() -> io::Result<()> {
    let mut value = Vec::new();
    io::stdin().read_to_end(&mut value)?;
    let stdout = unsafe { fs::File::from_raw_fd(1) };
    let mut event = Event {
        out: ManuallyDrop::new(io::BufWriter::with_capacity(8192, stdout)),
        value: value.clone(),
        passing_over: false,
        quiet: false,
    };
    event.obey_all(variable("EVENT_DO").as_bytes());
    event.obey_all(&value);
    if !event.quiet {
        event.report();
    }
    event.flush();
    Ok(())
}
