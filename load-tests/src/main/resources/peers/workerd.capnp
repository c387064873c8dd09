using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [(name = "main", worker = .hello)],
  sockets = [(name = "http", address = "127.0.0.1:@PORT@", http = (), service = "main")]
);

const hello :Workerd.Worker = (
  modules = [
    (name = "worker.js", esModule = embed "workerd.js"),
    (name = "hello.wasm", wasm = embed "hello.wasm")
  ],
  compatibilityDate = "2025-01-01"
);
