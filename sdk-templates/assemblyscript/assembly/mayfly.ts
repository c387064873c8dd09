// A request and its answer. One file over @assemblyscript/wasi-shim, and nothing that you could not do yourself: a function is a
// program, the request's head is in the environment and its body on stdin, the answer goes to stdout, log lines go to stderr
// (CGI, RFC 3875).

/** What is asked. A text is empty where there is none. */
export class Request {
  get method(): string {
    return variable("REQUEST_METHOD");
  }

  /** The path, decoded, without what the route itself names. */
  get path(): string {
    return variable("PATH_INFO");
  }

  /** The query as it was sent, without the `?`. */
  get query(): string {
    return variable("QUERY_STRING");
  }

  /** The same in every log line and in the answer's `X-Request-Id`. */
  get id(): string {
    return variable("X_REQUEST_ID");
  }

  /** A field of the head by its name, such as `User-Agent`; repeated ones are joined by commas. */
  header(name: string): string {
    const key = name.toUpperCase().replaceAll("-", "_");
    return variable(key == "CONTENT_TYPE" || key == "CONTENT_LENGTH" ? key : "HTTP_" + key);
  }

  /** All of the body. To be called once: stdin is at its end then. */
  body(): Uint8Array {
    let bytes = new Uint8Array(4096);
    let length = 0;
    let read = process.stdin.read(bytes.buffer);
    while (read > 0) {
      length += read;
      if (length == bytes.length) {
        const larger = new Uint8Array(2 * length);
        larger.set(bytes);
        bytes = larger;
      }
      read = process.stdin.read(bytes.buffer, length);
    }
    return bytes.subarray(0, length);
  }
}

/** What a request is answered with. */
export class Response {
  private head: string;

  /** `status` is a number with its reason, such as `200 OK`. */
  constructor(status: string, contentType: string, public body: string) {
    this.head = "";
    this.header("Status", status).header("Content-Type", contentType);
  }

  static text(status: string, body: string): Response {
    return new Response(status, "text/plain; charset=utf-8", body);
  }

  /** Adds a field to the head. A line end in it would begin another field, so it ends the program. */
  header(name: string, value: string): Response {
    const line = name + ": " + value;
    if (line.includes("\r") || line.includes("\n")) throw new Error("a line end in the field " + name);
    this.head += line + "\n";
    return this;
  }

  /** Writes the head line by line, an empty line, the body. */
  send(): void {
    process.stdout.write(String.UTF8.encode(this.head + "\n"));
    process.stdout.write(String.UTF8.encode(this.body));
  }
}

/** A variable of the request, or one of `environment` in app.toml. */
export function variable(name: string): string {
  return process.env.has(name) ? process.env.get(name) : "";
}

/** Writes a line to the log. The shim's `console.log`, `info` and `warn` write to stdout, and so into the answer. */
export function log(line: string): void {
  process.stderr.write(line + "\n");
}

/** A text as a JSON string, with its quotes. */
export function json(text: string): string {
  let length = 2;
  for (let i = 0; i < text.length; i++) length += escaped(text.charCodeAt(i));
  const units = new Uint16Array(length); // at once: each += on a string would copy all of it so far
  let at = 0;
  units[at++] = 0x22;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    const more = escaped(c);
    if (more > 1) units[at++] = 0x5c;
    if (more == 6) {
      units[at++] = 0x75; // u, then four digits of which the first two are 0
      units[at++] = 0x30;
      units[at++] = 0x30;
      units[at++] = 0x30 + (c >> 4);
      units[at++] = "0123456789abcdef".charCodeAt(c & 15);
    } else {
      units[at++] = c;
    }
  }
  units[at] = 0x22;
  return String.UTF16.decode(units.buffer);
}

/** How many units a unit of text takes in JSON. */
function escaped(c: i32): i32 {
  return c < 0x20 ? 6 : c == 0x22 || c == 0x5c ? 2 : 1;
}

/** The text that is encoded in UTF-8 (RFC 3629), or null if it is none. `String.UTF8.decode` takes anything. */
export function utf8(bytes: Uint8Array): string | null {
  for (let i = 0; i < bytes.length; ) {
    const first = bytes[i++];
    if (first < 0x80) continue;
    if (first < 0xc2 || first > 0xf4) return null;
    let least: u8 = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    let most: u8 = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    for (let more = first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3; more > 0; more--, i++) {
      if (i == bytes.length || bytes[i] < least || bytes[i] > most) return null;
      least = 0x80;
      most = 0xbf;
    }
  }
  return String.UTF8.decodeUnsafe(bytes.dataStart, bytes.length);
}
