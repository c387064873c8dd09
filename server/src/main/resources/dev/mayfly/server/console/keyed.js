/**
 * Keeps the children of `parent` equal to items that come anew each second. A child whose item is still there stays the same
 * node, so that focus, selection and scrolling stay where they are.
 */
export class Keyed {
  #parent;
  #key;
  #make;
  #parts = new Map();

  /** `key` tells an item's name; `make` a part for it: `{node, update(item)}`. */
  constructor(parent, key, make) {
    this.#parent = parent;
    this.#key = key;
    this.#make = make;
  }

  update(items) {
    const before = this.#parts;
    this.#parts = new Map();
    let place = this.#parent.firstChild;
    for (const item of items) {
      const key = this.#key(item);
      const part = before.get(key) ?? this.#make(item);
      before.delete(key);
      this.#parts.set(key, part);
      part.update(item);
      if (part.node === place) {
        place = place.nextSibling;
      } else {
        this.#parent.insertBefore(part.node, place);
      }
    }
    before.forEach((part) => part.node.remove());
  }
}
