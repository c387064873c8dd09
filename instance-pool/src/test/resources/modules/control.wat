;; Every kind of control flow: blocks with values, loops, tables of branches, recursion.
(module
  (memory 1)
  (func $fib (param i32) (result i32)
    (if (result i32) (i32.lt_u (local.get 0) (i32.const 2))
      (then (local.get 0))
      (else (i32.add
        (call $fib (i32.sub (local.get 0) (i32.const 1)))
        (call $fib (i32.sub (local.get 0) (i32.const 2)))))))
  (func $pick (param i32) (result i64)
    (block $c (result i64)
      (block $b
        (block $a
          (br_table $a $b 0 (local.get 0)))
        (br $c (i64.const 10)))
      (i64.const 20)))
  (func $pair (result i32 i64) (i32.const 1) (i64.const 2))
  (func (export "_start") (local $i i32)
    (loop $again
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (drop (call $pick (local.get $i)))
      (br_if $again (i32.lt_u (local.get $i) (i32.const 5))))
    (call $pair) (drop) (drop)
    (i32.store (i32.const 0) (call $fib (i32.const 8)))
    (i32.store8 offset=70000 (i32.const 0) (i32.const 1))))
