;; Its start function makes an object and counts; its command traps unless that came first, once.
(module
  (type $void (func))
  (type $object (struct))
  (global $made (mut (ref null $object)) (ref.null $object))
  (global $starts (mut i32) (i32.const 0))
  (func (export "_start")
    (if (ref.is_null (global.get $made)) (then (unreachable)))
    (if (i32.ne (global.get $starts) (i32.const 1)) (then (unreachable))))
  (func $first
    (global.set $made (struct.new_default $object))
    (global.set $starts (i32.add (global.get $starts) (i32.const 1))))
  (start $first))
