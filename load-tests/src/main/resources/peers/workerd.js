// The hello guest under workerd, a new instance for each request. workerd has no WASI of its own: this is as much of it
// as the guest calls.
import module from './hello.wasm';

const OK = 0;
const NOT_A_FILE = 8;

function strings(environment) {
  return Object.entries(environment).map(([name, value]) => new TextEncoder().encode(`${name}=${value}\0`));
}

function run(environment) {
  const variables = strings(environment);
  const written = [];
  let memory;
  const view = () => new DataView(memory.buffer);
  const wasi = {
    environ_sizes_get(count, size) {
      view().setUint32(count, variables.length, true);
      view().setUint32(size, variables.reduce((sum, v) => sum + v.length, 0), true);
      return OK;
    },
    environ_get(pointers, bytes) {
      for (const variable of variables) {
        view().setUint32(pointers, bytes, true);
        new Uint8Array(memory.buffer).set(variable, bytes);
        pointers += 4;
        bytes += variable.length;
      }
      return OK;
    },
    fd_write(_, slices, count, total) {
      let sum = 0;
      for (let i = 0; i < count; i++, slices += 8) {
        const length = view().getUint32(slices + 4, true);
        written.push(new Uint8Array(memory.buffer, view().getUint32(slices, true), length).slice());
        sum += length;
      }
      view().setUint32(total, sum, true);
      return OK;
    },
    fd_close: () => OK,
    fd_fdstat_get: (fd, to) => {
      new Uint8Array(memory.buffer, to, 24).fill(0);
      view().setUint8(to, fd < 3 ? 2 : 0);
      return fd < 3 ? OK : NOT_A_FILE;
    },
    fd_seek: () => 70,
    proc_exit: (code) => {
      throw new Error(`exit ${code}`);
    },
  };
  const instance = new WebAssembly.Instance(module, { wasi_snapshot_preview1: wasi });
  memory = instance.exports.memory;
  instance.exports._start();
  return written.map((bytes) => new TextDecoder().decode(bytes)).join('');
}

export default {
  fetch(request) {
    const answer = run({
      REQUEST_METHOD: request.method,
      SCRIPT_NAME: '',
      PATH_INFO: new URL(request.url).pathname,
      REMOTE_ADDR: '127.0.0.1',
    });
    const end = answer.indexOf('\n\n');
    const headers = answer.slice(0, end).split('\n').map((line) => line.split(': '));
    return new Response(answer.slice(end + 2), { headers });
  },
};
