// The compiled module in Node's own WASI, without Mayfly: `npm test`.
import assert from "node:assert/strict";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { WASI } from "node:wasi";

const module = await WebAssembly.compile(readFileSync(new URL("../hello.wasm", import.meta.url)));
const folder = mkdtempSync(join(tmpdir(), "hello-"));
after(() => rmSync(folder, { recursive: true }));

/** Runs the program for one request. */
async function ask(path, body = "") {
  const [input, output, errors] = ["in", "out", "err"].map((name) => join(folder, name));
  writeFileSync(input, body);
  const files = [openSync(input, "r"), openSync(output, "w"), openSync(errors, "w")];
  const wasi = new WASI({
    version: "preview1",
    returnOnExit: true,
    env: {
      GREETING: "hello",
      REQUEST_METHOD: "POST",
      PATH_INFO: path,
      QUERY_STRING: "a=1",
      X_REQUEST_ID: "id-1",
      HTTP_USER_AGENT: "test/1",
      HTTP_COOKIE: "a=1",
    },
    stdin: files[0],
    stdout: files[1],
    stderr: files[2],
  });
  const code = wasi.start(await WebAssembly.instantiate(module, wasi.getImportObject()));
  files.forEach((file) => closeSync(file));
  return { code, answer: readFileSync(output, "utf8"), log: readFileSync(errors, "utf8") };
}

const TEXT = "Content-Type: text/plain; charset=utf-8\n";

test("greets", async () => {
  const { answer } = await ask("/");
  assert.equal(
    answer,
    `Status: 200 OK\n${TEXT}\nhello from AssemblyScript\nmethod: POST\npath: /\nX-Request-Id: id-1\n`,
  );
});

test("shows a header and the query", async () => {
  assert.equal((await ask("/agent")).answer, `Status: 200 OK\n${TEXT}\nUser-Agent: test/1\nquery: a=1\n`);
});

test("answers a body with JSON, however large", async () => {
  const body = 'a "quoted"\\\n caf\u00e9 \u{1f600}' + "x\n".repeat(250000);
  const { answer } = await ask("/echo", body);
  const [head, json] = answer.split("\n\n");
  assert.equal(head, "Status: 200 OK\nContent-Type: application/json");
  assert.deepEqual(JSON.parse(json), { bytes: Buffer.byteLength(body), body });
});

for (const [name, bytes] of Object.entries({
  "cut off": [0x63, 0xc3],
  overlong: [0xc0, 0xaf],
  "a surrogate": [0xed, 0xa0, 0x80],
  "too high": [0xf4, 0x90, 0x80, 0x80],
})) {
  test(`refuses a body that is no UTF-8: ${name}`, async () => {
    assert.equal((await ask("/echo", Buffer.from(bytes))).answer, `Status: 400 Bad Request\n${TEXT}\nthe body is no UTF-8\n`);
  });
}

test("sets two cookies", async () => {
  const { answer } = await ask("/cookies");
  assert.match(answer, /\nSet-Cookie: flavour=oat; Path=\/\nSet-Cookie: size=small; Path=\/; HttpOnly\n\nyou sent: a=1\n$/);
});

test("fails before there is an answer", async () => {
  const { code, answer, log } = await ask("/fail");
  assert.equal(code, 255);
  assert.equal(answer, "");
  assert.match(log, /^abort: giving up before there is an answer in assembly\/hello\.ts\(\d+:\d+\)\n$/);
});

test("has no other page, and says so in the log", async () => {
  const { code, answer, log } = await ask("/nothing");
  assert.equal(code, 0);
  assert.equal(answer, `Status: 404 Not Found\n${TEXT}\nno page /nothing\n`);
  assert.equal(log, "no page /nothing\n");
});
