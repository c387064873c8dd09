// The hello guest under node:wasi, a new instance for each request: node node-wasi.mjs PORT MODULE FOLDER
import { openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { WASI } from 'node:wasi';

const [port, file, folder] = process.argv.slice(2);
const module = await WebAssembly.compile(readFileSync(file));

// WASI's standard output has to be a file.
const output = join(folder, 'stdout');

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
    // All three are closed with the instance, so none may be the process's own.
    stdin: openSync('/dev/null'),
    stdout: openSync(output, 'w'),
    stderr: openSync('/dev/null', 'w'),
    returnOnExit: true,
  });
  wasi.start(new WebAssembly.Instance(module, wasi.getImportObject()));
  return readFileSync(output, 'utf8');
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
process.on('SIGTERM', () => process.exit(0));
