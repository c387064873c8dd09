//! Says what it was given and obeys the query string: the table of commands is in guests/README.md.
use std::cell::UnsafeCell;
use std::env;
use std::ffi::OsString;
use std::fs;
use std::io::{self, Read, Write};
use std::os::wasi::ffi::{OsStrExt, OsStringExt};
use std::path::Path;
use std::process;
use std::thread;
use std::time::{Duration, Instant, SystemTime};

/// Host functions that the standard library does not offer.
mod host {
    #[repr(C)]
    pub struct Slice(pub *mut u8, pub usize);

    #[link(wasm_import_module = "wasi_snapshot_preview1")]
    extern "C" {
        pub fn random_get(to: *mut u8, length: usize) -> i32;
        pub fn fd_close(fd: i32) -> i32;
        pub fn fd_fdstat_get(fd: i32, to: *mut [u64; 3]) -> i32;
        pub fn sched_yield() -> i32;
        pub fn sock_recv(fd: i32, data: *const Slice, n: i32, flags: i32, size: *mut u32, out: *mut u32) -> i32;
        pub fn sock_send(fd: i32, data: *const Slice, n: i32, flags: i32, size: *mut u32) -> i32;
        pub fn sock_shutdown(fd: i32, how: i32) -> i32;
    }
}

/// What a snapshot must bring back: a plain mutable static, as one thread runs.
struct Kept<T>(UnsafeCell<T>);

unsafe impl<T> Sync for Kept<T> {}

impl<T> Kept<T> {
    #[allow(clippy::mut_from_ref)]
    fn get(&self) -> &mut T {
        unsafe { &mut *self.0.get() }
    }
}

static COUNT: Kept<i64> = Kept(UnsafeCell::new(0));
static REMEMBERED: Kept<Vec<u8>> = Kept(UnsafeCell::new(Vec::new()));
static SINK: Kept<u32> = Kept(UnsafeCell::new(0));

/// The answer: nothing leaves before the buffer is full, `flush` or the end.
struct Echo {
    out: io::BufWriter<RawStdout>,
    content_type: Vec<u8>,
    head_begun: bool,
    head_done: bool,
    silent: bool,
    stdin: Option<Vec<u8>>,
}

/// Standard output without the line buffer that `io::stdout()` has.
struct RawStdout(std::mem::ManuallyDrop<fs::File>);

impl Write for RawStdout {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn raw_stdout() -> RawStdout {
    use std::os::wasi::io::FromRawFd;
    RawStdout(std::mem::ManuallyDrop::new(unsafe { fs::File::from_raw_fd(1) }))
}

impl Echo {
    fn raw(&mut self, bytes: &[u8]) {
        if self.out.write_all(bytes).is_err() {
            process::exit(120);
        }
    }

    fn flush(&mut self) {
        if self.out.flush().is_err() {
            process::exit(120);
        }
    }

    fn head_line(&mut self, name: &str, value: &[u8]) {
        if !self.head_begun && !self.content_type.is_empty() {
            let line = [b"Content-Type: ", &self.content_type[..], b"\n"].concat();
            self.raw(&line);
        }
        self.head_begun = true;
        self.raw(&[name.as_bytes(), value, b"\n"].concat());
    }

    fn body(&mut self, bytes: &[u8]) {
        if !self.head_done {
            self.head_line("", b"");
            self.head_done = true;
        }
        self.raw(bytes);
    }

    fn number(&mut self, name: &str, value: i64) {
        self.body(format!("{} {}\n", name, value).as_bytes());
    }

    fn result<T>(&mut self, name: &str, result: &io::Result<T>) {
        let error = result.as_ref().err().map_or(0, |e| e.raw_os_error().unwrap_or(-1));
        self.number(name, error.into());
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
        self.body(&line);
    }

    fn stdin(&mut self) -> Vec<u8> {
        let all = self.stdin.take().unwrap_or_else(|| {
            let mut all = Vec::new();
            let _ = io::stdin().read_to_end(&mut all);
            all
        });
        self.stdin = Some(all.clone());
        all
    }

    fn say_env(&mut self) {
        for (name, value) in env::vars_os() {
            self.escaped("env ", &[name.as_bytes(), b"=", value.as_bytes()].concat());
        }
    }

    fn say_args(&mut self) {
        for argument in env::args_os() {
            self.escaped("arg ", argument.as_bytes());
        }
    }

    fn say_stdin(&mut self) {
        let all = self.stdin();
        self.number("stdin", all.len() as i64);
        self.body(&all);
    }

    fn report(&mut self) {
        self.say_env();
        self.say_args();
        self.say_stdin();
    }

    fn slowread(&mut self, most: usize) {
        use std::os::wasi::io::FromRawFd;
        let mut stdin = std::mem::ManuallyDrop::new(unsafe { fs::File::from_raw_fd(0) });
        let mut piece = vec![0; most.min(65536)];
        loop {
            let n = stdin.read(&mut piece).map_or(-1, |n| n as i64);
            self.number("piece", n);
            self.flush();
            if n <= 0 {
                return;
            }
        }
    }

    fn say_body(&mut self, length: usize) {
        self.silent = true;
        self.body(b"");
        let block = b"abcdefghijklmnopqrstuvwxyz012345";
        let mut left = length;
        while left > 0 {
            let n = left.min(block.len());
            self.body(&block[..n]);
            left -= n;
        }
    }

    fn clock(&mut self) {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        self.number("realtime", now.map_or(-1, |d| d.as_nanos() as i64));
        // Instant does not give its reading away; what it is good for is a difference.
        let started = Instant::now();
        self.number("monotonic", started.elapsed().as_nanos() as i64);
    }

    fn grow(&mut self, pages: usize) {
        let before = core::arch::wasm32::memory_grow(0, pages);
        if before == usize::MAX {
            return self.number("grow", -1);
        }
        self.number("grow", before as i64);
        let mut dirty = 0;
        for i in 0..pages * 8192 {
            let word = (before * 65536 + i * 8) as *mut u64;
            unsafe {
                dirty += (word.read_volatile() != 0) as i64;
                word.write_volatile(0x5ec4_e75e_c4e7);
            }
        }
        self.number("dirty", dirty);
    }

    fn read(&mut self, path: &Path) {
        let content = fs::read(path);
        self.result("read", &content);
        if let Ok(content) = content {
            self.number("file", content.len() as i64);
            self.body(&content);
            self.body(b"\n");
        }
    }

    fn write(&mut self, path: &Path) {
        let file = fs::OpenOptions::new().write(true).create(true).open(path);
        let written = file.and_then(|mut file| file.write_all(b"x"));
        self.result("write", &written);
    }

    fn list(&mut self, path: &Path) {
        let entries = fs::read_dir(path);
        self.result("list", &entries);
        for entry in entries.into_iter().flatten().flatten() {
            self.escaped("entry ", entry.file_name().as_bytes());
        }
    }

    fn isatty(&mut self) {
        for fd in 0..3 {
            let mut stat = [0; 3];
            let failed = unsafe { host::fd_fdstat_get(fd, &mut stat) } != 0;
            // A terminal: a character device (2) that can neither seek nor tell.
            let terminal = !failed && stat[0] & 0xff == 2 && stat[1] & 0x24 == 0;
            self.number("tty", terminal.into());
        }
    }

    fn random(&mut self, n: usize) {
        let mut bytes = vec![0; n % 257];
        unsafe { host::random_get(bytes.as_mut_ptr(), bytes.len()) };
        let hex: String = bytes.iter().map(|b| format!("{:02x}", b)).collect();
        self.body(format!("random {}\n", hex).as_bytes());
    }

    fn sockets(&mut self) {
        let mut byte = 0;
        let slice = host::Slice(&mut byte, 1);
        let (mut size, mut flags) = (0, 0);
        self.number("sock_recv", unsafe { host::sock_recv(3, &slice, 1, 0, &mut size, &mut flags) }.into());
        self.number("sock_send", unsafe { host::sock_send(3, &slice, 1, 0, &mut size) }.into());
        self.number("sock_shutdown", unsafe { host::sock_shutdown(3, 1) }.into());
    }

    fn obey(&mut self, name: &[u8], value: Vec<u8>) {
        let text = String::from_utf8_lossy(&value).into_owned();
        let number: i64 = text.parse().unwrap_or(0);
        let path = OsString::from_vec(value.clone());
        let path = Path::new(&path);
        match name {
            b"env" => self.say_env(),
            b"args" => self.say_args(),
            b"stdin" => self.say_stdin(),
            b"report" => self.report(),
            b"echo" => {
                let all = self.stdin();
                self.body(&all);
            }
            b"slowread" => self.slowread(number as usize),
            b"type" => self.content_type = value,
            b"status" => self.head_line("Status: ", &value),
            b"header" => self.head_line("", &value),
            b"head" => {
                self.raw(&value);
                self.head_begun = true;
                self.head_done = true;
                self.silent = true;
            }
            b"nothing" => self.silent = true,
            b"text" => {
                self.body(&value);
                self.silent = true;
            }
            b"body" => self.say_body(number as usize),
            b"flush" => self.flush(),
            b"clock" => self.clock(),
            b"sleep" => thread::sleep(Duration::from_millis(number as u64)),
            b"spin" => {
                let started = Instant::now();
                while started.elapsed() < Duration::from_millis(number as u64) {}
            }
            b"loop" => loop {
                unsafe { SINK.0.get().write_volatile(SINK.0.get().read_volatile().wrapping_add(1)) };
            },
            b"trap" => core::arch::wasm32::unreachable(),
            b"oob" => unsafe { ((core::arch::wasm32::memory_size(0) * 65536) as *mut u8).write_volatile(1) },
            b"recurse" => {
                let depth = text.parse().unwrap_or(u32::MAX);
                self.number("recursed", deeper(depth).into());
            }
            b"exit" => {
                self.flush();
                process::exit(number as i32);
            }
            b"grow" => self.grow(number as usize),
            b"remember" => *REMEMBERED.get() = value,
            b"recall" => {
                let remembered = REMEMBERED.get().clone();
                self.escaped("recalled ", &remembered);
            }
            b"count" => {
                *COUNT.get() += 1;
                self.number("count", *COUNT.get());
            }
            b"stderr" => drop(io::stderr().write_all(&value)),
            b"log" => {
                let line = b"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde\n";
                let mut left = number as usize;
                while left > 0 {
                    let n = left.min(64);
                    let _ = io::stderr().write_all(&line[..n]);
                    left -= n;
                }
            }
            b"read" => self.read(path),
            b"write" => self.write(path),
            b"list" => self.list(path),
            b"isatty" => self.isatty(),
            b"random" => self.random(number as usize),
            b"close" => self.number("close", unsafe { host::fd_close(number as i32) }.into()),
            b"sock" => self.sockets(),
            b"yield" => self.number("yield", unsafe { host::sched_yield() }.into()),
            _ => {}
        }
    }
}

#[inline(never)]
fn deeper(left: u32) -> u32 {
    let sink = unsafe { SINK.0.get().read_volatile() };
    if left == 0 {
        return sink;
    }
    let below = deeper(left - 1);
    // Read again, so that this is no tail call.
    below + unsafe { SINK.0.get().read_volatile() } + 1
}

fn decode(value: &[u8]) -> Vec<u8> {
    let hex = |c: Option<&u8>| c.and_then(|&c| (c as char).to_digit(16));
    let mut decoded = Vec::with_capacity(value.len());
    let mut i = 0;
    while i < value.len() {
        match (value[i], hex(value.get(i + 1)), hex(value.get(i + 2))) {
            (b'%', Some(high), Some(low)) => {
                decoded.push((high << 4 | low) as u8);
                i += 3;
            }
            (c, _, _) => {
                decoded.push(c);
                i += 1;
            }
        }
    }
    decoded
}

fn main() {
    let mut echo = Echo {
        out: io::BufWriter::with_capacity(8192, raw_stdout()),
        content_type: b"text/plain".to_vec(),
        head_begun: false,
        head_done: false,
        silent: false,
        stdin: None,
    };
    let query = env::var_os("QUERY_STRING").unwrap_or_default();
    for item in query.as_bytes().split(|&c| c == b'&') {
        let equals = item.iter().position(|&c| c == b'=').unwrap_or(item.len());
        echo.obey(&item[..equals], decode(item.get(equals + 1..).unwrap_or_default()));
    }
    if !echo.head_done && !echo.silent {
        echo.report();
    }
    echo.flush();
}
