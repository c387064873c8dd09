;; Writes a response: memory, data, an import, a table call.
(module
  (type $void (func))
  (type $write (func (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (type $write)))
  (memory (export "memory") 1 4)
  (table 4 8 funcref)
  (elem (i32.const 1) $answer $nothing)
  (global $calls (mut i32) (i32.const 0))
  (data (i32.const 8) "\10\00\00\00\1d\00\00\00")
  (data (i32.const 16) "Content-Type: text/plain\n\nok\n")
  (func $nothing)
  (func $answer
    (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
    (drop (call $fd_write (i32.const 1) (i32.const 8) (i32.const 1) (i32.const 0))))
  (func (export "_start")
    (call_indirect (type $void) (i32.const 1))))
