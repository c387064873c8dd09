// Says what it was given and obeys the query string: the table of commands is in guests/README.md.
// Bytes stay bytes: AssemblyScript's own process.env would decode them.
import * as wasi from "@assemblyscript/wasi-shim/assembly/bindings/wasi_snapshot_preview1";

// Host functions write their results here; every call below reads them at once.
const result = memory.data(64);
const vector = memory.data(16);

// ---- Output: nothing leaves before the buffer is full, `flush` or the end.

const BUFFER_SIZE: i32 = 8192;
const buffer = new StaticArray<u8>(BUFFER_SIZE);
let filled: i32 = 0;
let headBegun = false;
let headDone = false;
let silent = false;
let contentType = bytesOf("text/plain");

function bytesOf(text: string): Uint8Array {
  return Uint8Array.wrap(String.UTF8.encode(text));
}

function writeAll(fd: u32, from: usize, length: i32): void {
  while (length > 0) {
    store<u32>(vector, <u32>from);
    store<u32>(vector, length, 4);
    if (wasi.fd_write(fd, vector, 1, result) != wasi.errno.SUCCESS) wasi.proc_exit(120);
    const n = load<i32>(result);
    from += n;
    length -= n;
  }
}

function flush(): void {
  writeAll(1, changetype<usize>(buffer), filled);
  filled = 0;
}

function raw(bytes: Uint8Array, length: i32 = bytes.length): void {
  for (let i = 0; i < length; i++) {
    buffer[filled++] = bytes[i];
    if (filled == BUFFER_SIZE) flush();
  }
}

function headLine(name: string, value: Uint8Array): void {
  if (!headBegun && contentType.length > 0) {
    raw(bytesOf("Content-Type: "));
    raw(contentType);
    raw(bytesOf("\n"));
  }
  headBegun = true;
  raw(bytesOf(name));
  raw(value);
  raw(bytesOf("\n"));
}

function body(bytes: Uint8Array, length: i32 = bytes.length): void {
  if (!headDone) {
    headLine("", new Uint8Array(0));
    headDone = true;
  }
  raw(bytes, length);
}

function text(line: string): void {
  body(bytesOf(line));
}

function number(name: string, value: i64): void {
  text(name + " " + value.toString() + "\n");
}

function hex(byte: u8): string {
  const digits = "0123456789abcdef";
  return digits.charAt(byte >> 4) + digits.charAt(byte & 15);
}

function escaped(label: string, bytes: Uint8Array): void {
  let line = label;
  for (let i = 0; i < bytes.length; i++) {
    const c = bytes[i];
    line += c < 0x20 || c > 0x7e || c == 0x5c ? "\\x" + hex(c) : String.fromCharCode(c);
  }
  text(line + "\n");
}

// ---- What the guest was given.

function cString(at: usize): Uint8Array {
  let length = 0;
  while (load<u8>(at + length) != 0) length++;
  const copy = new Uint8Array(length);
  memory.copy(copy.dataStart, at, length);
  return copy;
}

function strings(table: usize, count: i32): Uint8Array[] {
  const all = new Array<Uint8Array>();
  for (let i = 0; i < count; i++) all.push(cString(load<u32>(table + i * 4)));
  return all;
}

function environment(): Uint8Array[] {
  wasi.environ_sizes_get(result, result + 4);
  const count = load<i32>(result);
  const table = heap.alloc(count * 4 + 4);
  wasi.environ_get(table, heap.alloc(load<u32>(result, 4) + 1));
  return strings(table, count);
}

function sayEnv(): void {
  const all = environment();
  for (let i = 0; i < all.length; i++) escaped("env ", all[i]);
}

function sayArgs(): void {
  wasi.args_sizes_get(result, result + 4);
  const count = load<i32>(result);
  const table = heap.alloc(count * 4 + 4);
  wasi.args_get(table, heap.alloc(load<u32>(result, 4) + 1));
  const all = strings(table, count);
  for (let i = 0; i < all.length; i++) escaped("arg ", all[i]);
}

/** Reads once; -1 for an error. */
function read(fd: u32, to: usize, most: i32): i32 {
  store<u32>(vector, <u32>to);
  store<u32>(vector, most, 4);
  return wasi.fd_read(fd, vector, 1, result) == wasi.errno.SUCCESS ? load<i32>(result) : -1;
}

function readAll(fd: u32): Uint8Array {
  let all = new Uint8Array(8192);
  let length = 0;
  let n: i32;
  do {
    if (all.length - length < 4096) {
      const larger = new Uint8Array(all.length * 2);
      larger.set(all);
      all = larger;
    }
    n = read(fd, all.dataStart + length, all.length - length);
    length += max(n, 0);
  } while (n > 0);
  return all.slice(0, length);
}

let stdinBytes: Uint8Array | null = null;

function stdin(): Uint8Array {
  let all = stdinBytes;
  if (all === null) {
    all = readAll(0);
    stdinBytes = all;
  }
  return all;
}

function sayStdin(): void {
  number("stdin", stdin().length);
  body(stdin());
}

function report(): void {
  sayEnv();
  sayArgs();
  sayStdin();
}

function slowread(most: i32): void {
  const piece = new Uint8Array(min(most, 65536));
  let n: i32;
  do {
    n = read(0, piece.dataStart, piece.length);
    number("piece", n);
    flush();
  } while (n > 0);
}

function sayBody(length: i32): void {
  const block = bytesOf("abcdefghijklmnopqrstuvwxyz012345");
  silent = true;
  text("");
  for (let left = length; left > 0; left -= 32) body(block, min(left, 32));
}

// ---- Time, and ways to end.

function nanos(clock: u32): u64 {
  wasi.clock_time_get(clock, 1, result);
  return load<u64>(result);
}

function sleep(ms: i64): void {
  const subscription = memory.data(48);
  const event = memory.data(32);
  store<u64>(subscription, 0);
  store<u64>(subscription, 0, 8); // a clock
  store<u64>(subscription, wasi.clockid.MONOTONIC, 16);
  store<u64>(subscription, ms * 1000000, 24);
  store<u64>(subscription, 1, 32);
  store<u64>(subscription, 0, 40); // relative
  wasi.poll_oneoff(subscription, event, 1, result);
}

function spin(ms: i64): void {
  const end = nanos(wasi.clockid.MONOTONIC) + ms * 1000000;
  while (nanos(wasi.clockid.MONOTONIC) < end) {}
}

const sink = memory.data(8);

function loop(): void {
  for (;;) store<u32>(sink, load<u32>(sink) + 1);
}

function deeper(left: u32): u32 {
  if (left == 0) return load<u32>(sink, 4);
  const below = deeper(left - 1);
  return below + load<u32>(sink, 4) + 1; // a load after the call: no tail call
}

// ---- Memory.

function grow(pages: i32): void {
  const before = memory.grow(pages);
  number("grow", before);
  if (before < 0) return;
  let dirty: i64 = 0;
  for (let at: usize = <usize>before << 16; at < <usize>(before + pages) << 16; at += 8) {
    if (load<u64>(at) != 0) dirty++;
    store<u64>(at, 0x5ec4e75ec4e7);
  }
  number("dirty", dirty);
}

let remembered = new Uint8Array(0);
let counter: i64 = 0;

function logBytes(length: i32): void {
  const line = bytesOf("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde\n");
  for (let left = length; left > 0; left -= 64) writeAll(2, line.dataStart, min(left, 64));
}

// ---- Files: there is no libc here, so the mount a path is under is looked up by hand.

const NOT_CAPABLE = 76;

function startsWith(path: Uint8Array, folder: Uint8Array): bool {
  if (path.length < folder.length) return false;
  return memory.compare(path.dataStart, folder.dataStart, folder.length) == 0;
}

/** Opens `path` in the mount it is under and leaves the descriptor in `result`. */
function open(path: Uint8Array, flags: u16, rights: u64): i32 {
  for (let fd = 3; wasi.fd_prestat_get(fd, changetype<wasi.prestat>(result)) == wasi.errno.SUCCESS; fd++) {
    const folder = new Uint8Array(load<i32>(result, 4));
    wasi.fd_prestat_dir_name(fd, folder.dataStart, folder.length);
    if (!startsWith(path, folder)) continue;
    let rest = path.slice(folder.length);
    while (rest.length > 0 && rest[0] == 0x2f) rest = rest.slice(1);
    if (rest.length == 0) rest = bytesOf(".");
    return wasi.path_open(fd, 1, rest.dataStart, rest.length, flags, rights, rights, 0, result);
  }
  return NOT_CAPABLE;
}

function readFile(path: Uint8Array): void {
  const error = open(path, 0, wasi.rights.FD_READ);
  number("read", error);
  if (error != 0) return;
  const content = readAll(load<u32>(result));
  number("file", content.length);
  body(content);
  text("\n");
}

function writeFile(path: Uint8Array): void {
  let error = open(path, wasi.oflags.CREAT, wasi.rights.FD_WRITE);
  if (error == 0) {
    const fd = load<u32>(result);
    store<u32>(vector, <u32>changetype<usize>(buffer));
    store<u32>(vector, 1, 4);
    error = wasi.fd_write(fd, vector, 1, result);
  }
  number("write", error);
}

function list(path: Uint8Array): void {
  const error = open(path, wasi.oflags.DIRECTORY, wasi.rights.FD_READDIR);
  number("list", error);
  if (error != 0) return;
  const entries = new Uint8Array(65536);
  wasi.fd_readdir(load<u32>(result), entries.dataStart, entries.length, 0, result);
  for (let at = 0, end = load<i32>(result); at + 24 <= end;) {
    const length = load<i32>(entries.dataStart + at, 16);
    escaped("entry ", entries.slice(at + 24, at + 24 + length));
    at += 24 + length;
  }
}

// ---- The rest of the host.

function isatty(): void {
  for (let fd = 0; fd < 3; fd++) {
    const failed = wasi.fd_fdstat_get(fd, changetype<wasi.fdstat>(result)) != wasi.errno.SUCCESS;
    // A terminal: a character device (2) that can neither seek nor tell.
    const terminal = !failed && load<u8>(result) == 2 && (load<u64>(result, 8) & 0x24) == 0;
    number("tty", terminal ? 1 : 0);
  }
}

function random(n: i32): void {
  const bytes = new Uint8Array(n % 257);
  wasi.random_get(bytes.dataStart, bytes.length);
  let line = "random ";
  for (let i = 0; i < bytes.length; i++) line += hex(bytes[i]);
  text(line + "\n");
}

function sockets(): void {
  store<u32>(vector, <u32>result);
  store<u32>(vector, 1, 4);
  number("sock_recv", wasi.sock_recv(3, vector, 1, 0, result + 8, result + 16));
  number("sock_send", wasi.sock_send(3, vector, 1, 0, result + 8));
  number("sock_shutdown", wasi.sock_shutdown(3, wasi.sdflags.RD));
}

// ---- The commands.

function obeyOutput(name: string, value: Uint8Array, n: i64): bool {
  if (name == "env") sayEnv();
  else if (name == "args") sayArgs();
  else if (name == "stdin") sayStdin();
  else if (name == "report") report();
  else if (name == "echo") body(stdin());
  else if (name == "slowread") slowread(<i32>n);
  else if (name == "type") contentType = value;
  else if (name == "status") headLine("Status: ", value);
  else if (name == "header") headLine("", value);
  else if (name == "head") {
    raw(value);
    headBegun = headDone = silent = true;
  } else if (name == "nothing") silent = true;
  else if (name == "text") {
    body(value);
    silent = true;
  } else if (name == "body") sayBody(<i32>n);
  else if (name == "flush") flush();
  else return false;
  return true;
}

function obeyRun(name: string, value: Uint8Array, n: i64): bool {
  if (name == "clock") {
    number("realtime", nanos(wasi.clockid.REALTIME));
    number("monotonic", nanos(wasi.clockid.MONOTONIC));
  } else if (name == "sleep") sleep(n);
  else if (name == "spin") spin(n);
  else if (name == "loop") loop();
  else if (name == "trap") unreachable();
  else if (name == "oob") store<u8>(<usize>memory.size() << 16, 1);
  else if (name == "recurse") number("recursed", deeper(value.length > 0 ? <u32>n : u32.MAX_VALUE));
  else if (name == "exit") {
    flush();
    wasi.proc_exit(<u32>n);
  } else return false;
  return true;
}

function obeyHost(name: string, value: Uint8Array, n: i64): void {
  if (name == "grow") grow(<i32>n);
  else if (name == "remember") remembered = value;
  else if (name == "recall") escaped("recalled ", remembered);
  else if (name == "count") number("count", ++counter);
  else if (name == "stderr") writeAll(2, value.dataStart, value.length);
  else if (name == "log") logBytes(<i32>n);
  else if (name == "read") readFile(value);
  else if (name == "write") writeFile(value);
  else if (name == "list") list(value);
  else if (name == "isatty") isatty();
  else if (name == "random") random(<i32>n);
  else if (name == "close") number("close", wasi.fd_close(<u32>n));
  else if (name == "sock") sockets();
  else if (name == "yield") number("yield", wasi.sched_yield());
}

function hexDigit(bytes: Uint8Array, at: i32): i32 {
  if (at >= bytes.length) return -1;
  const c: i32 = bytes[at] | 0x20;
  if (bytes[at] >= 0x30 && bytes[at] <= 0x39) return bytes[at] - 0x30;
  return c >= 0x61 && c <= 0x66 ? c - 0x61 + 10 : -1;
}

function decode(bytes: Uint8Array): Uint8Array {
  const decoded = new Uint8Array(bytes.length);
  let length = 0;
  for (let i = 0; i < bytes.length; i++) {
    const high = hexDigit(bytes, i + 1);
    const low = hexDigit(bytes, i + 2);
    if (bytes[i] == 0x25 && high >= 0 && low >= 0) {
      decoded[length++] = <u8>((high << 4) | low);
      i += 2;
    } else decoded[length++] = bytes[i];
  }
  return decoded.slice(0, length);
}

function decimal(bytes: Uint8Array): i64 {
  let n: i64 = 0;
  for (let i = 0; i < bytes.length && bytes[i] >= 0x30 && bytes[i] <= 0x39; i++) n = n * 10 + (bytes[i] - 0x30);
  return n;
}

function obey(item: Uint8Array): void {
  let equals = item.indexOf(0x3d);
  if (equals < 0) equals = item.length;
  const name = String.UTF8.decodeUnsafe(item.dataStart, equals);
  const value = decode(item.slice(equals + 1));
  const n = decimal(value);
  if (!obeyOutput(name, value, n) && !obeyRun(name, value, n)) obeyHost(name, value, n);
}

function query(): Uint8Array {
  const all = environment();
  const name = bytesOf("QUERY_STRING=");
  for (let i = 0; i < all.length; i++) if (startsWith(all[i], name)) return all[i].slice(name.length);
  return new Uint8Array(0);
}

const items = query();
for (let start = 0; start <= items.length;) {
  let end = items.indexOf(0x26, start);
  if (end < 0) end = items.length;
  obey(items.slice(start, end));
  start = end + 1;
}
if (!headDone && !silent) report();
flush();
