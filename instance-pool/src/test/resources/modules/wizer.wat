;; Wizer style with sub-routes, printed by _routes.
(module
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "random_get" (func $random (param i32 i32) (result i32)))
  (memory 1)
  (data (i32.const 0) "\10\00\00\00\0f\00\00\00")
  (data (i32.const 16) "/a one\n/b/... b\n")
  (func (export "wizer.initialize") (drop (call $random (i32.const 64) (i32.const 8))))
  (func (export "wizer.resume"))
  (func (export "one"))
  (func (export "b"))
  (func (export "_routes")
    (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))
