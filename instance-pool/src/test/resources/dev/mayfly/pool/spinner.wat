;; Runs for as long as its input says: four bytes, little endian, how many rounds.
;; Built with: wat2wasm spinner.wat
(module
  (import "wasi_snapshot_preview1" "fd_read"
    (func $fd_read (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)

  (func $rounds (result i32)
    (i32.store (i32.const 0) (i32.const 16)) ;; the vector: where
    (i32.store (i32.const 4) (i32.const 4))  ;; and how long
    (drop (call $fd_read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)))
    (i32.load (i32.const 16)))

  ;; Computes.
  (func (export "_start") (local $left i32)
    (local.set $left (call $rounds))
    (loop $again
      (i32.store (i32.const 32) (local.get $left))
      (local.set $left (i32.sub (local.get $left) (i32.const 1)))
      (br_if $again (i32.gt_s (local.get $left) (i32.const 0)))))

  ;; Calls itself that deep.
  (func (export "dive")
    (drop (call $deeper (call $rounds))))
  (func $deeper (param $left i32) (result i32)
    (if (result i32) (i32.le_s (local.get $left) (i32.const 0))
      (then (i32.const 0))
      (else (i32.add (i32.const 1)
        (call $deeper (i32.sub (local.get $left) (i32.const 1)))))))

  ;; Grows its memory by that many pages; traps if it may not.
  (func (export "grow")
    (if (i32.lt_s (memory.grow (call $rounds)) (i32.const 0)) (then unreachable)))

  ;; Traps.
  (func (export "trap") unreachable))
