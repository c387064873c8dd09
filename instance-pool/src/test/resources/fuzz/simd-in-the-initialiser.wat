;; Reached an instruction that the interpreter does not know, and showed the exception's name.
(module
  (memory 1)
  (func (export "_initialize") (drop (v128.load (i32.const 0))))
  (func (export "handle")))
