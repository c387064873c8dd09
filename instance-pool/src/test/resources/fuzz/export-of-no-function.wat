;; The parser lets an export name a function that does not exist. No assembler writes this: the
;; binary is this text with the index 1 in place of 0.
(module
  (func (export "_start")))
