;; Initialises, counts, and has a start function, passive segments and bulk operations.
(module
  (import "wasi_snapshot_preview1" "environ_sizes_get"
    (func $sizes (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "clock_time_get"
    (func $clock (param i32 i64 i32) (result i32)))
  (memory 1)
  (table $t 2 funcref)
  (elem $e func $count)
  (data $d "passive")
  (func $count (i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (i32.const 1))))
  (func $begin (drop (call $clock (i32.const 0) (i64.const 1) (i32.const 64))))
  (start $begin)
  (func (export "_initialize")
    (memory.init $d (i32.const 100) (i32.const 0) (i32.const 7))
    (data.drop $d)
    (table.init $t $e (i32.const 0) (i32.const 0) (i32.const 1))
    (elem.drop $e)
    (memory.fill (i32.const 200) (i32.const 42) (i32.const 100))
    (memory.copy (i32.const 300) (i32.const 200) (i32.const 50)))
  (func (export "handle")
    (drop (call $sizes (i32.const 16) (i32.const 20)))
    (call_indirect $t (i32.const 0))))
