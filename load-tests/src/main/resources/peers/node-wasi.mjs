// The hello guest under node:wasi, a new instance for each request: node node-wasi.mjs PORT MODULE FOLDER
import { closeSync, fstatSync, ftruncateSync, openSync, readFileSync, readSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { WASI } from 'node:wasi';

const [port, file, folder] = process.argv.slice(2);
const module = await WebAssembly.compile(readFileSync(file));

// WASI's standard output has to be a file; appending leaves it at the start after it was emptied.
const out = openSync(join(folder, 'stdout'), 'a+');

function run(request) {
  const wasi = new WASI({
    version: 'preview1',
    args: [request.url],
    env: {
      REQUEST_METHOD: request.method,
      SCRIPT_NAME: '',
      PATH_INFO: request.url,
      REMOTE_ADDR: request.socket.remoteAddress,
    },
    stdout: out,
    returnOnExit: true,
  });
  wasi.start(new WebAssembly.Instance(module, wasi.getImportObject()));
  const bytes = Buffer.alloc(fstatSync(out).size);
  readSync(out, bytes, 0, bytes.length, 0);
  ftruncateSync(out, 0);
  return bytes.toString();
}

const server = createServer((request, response) => {
  const answer = run(request);
  const end = answer.indexOf('\n\n');
  for (const line of answer.slice(0, end).split('\n')) {
    const colon = line.indexOf(':');
    response.setHeader(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  const body = answer.slice(end + 2);
  response.setHeader('Content-Length', Buffer.byteLength(body));
  response.end(body);
});
server.listen(Number(port), '127.0.0.1');
process.on('SIGTERM', () => {
  closeSync(out);
  process.exit(0);
});
