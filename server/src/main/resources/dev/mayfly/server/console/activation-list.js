import { el, setText } from "./dom.js";
import { ago, micros } from "./format.js";
import { Keyed } from "./keyed.js";

/** How a status feels. */
function mood(status) {
  return status >= 500 ? "bad" : status >= 400 ? "warn" : undefined;
}

/** The status of a request; a run for a record has none. */
export function statusOf(item) {
  return item.status === 0
    ? el("span", { class: "status quiet" }, "–")
    : el("span", { class: "status", "data-mood": mood(item.status) }, String(item.status));
}

/** Requests to functions, and runs for records, a line each that leads to all that is known of it. */
export class ActivationList {
  #rows;

  /** `now` tells the server's clock. `named`: whether each line names its app. */
  constructor(now, named) {
    this.node = el("ol", { class: named ? "activations named" : "activations" });
    this.#rows = new Keyed(this.node, (item) => `${item.id} ${item.at}`, (item) => new Row(item, now, named));
  }

  update(items) {
    this.#rows.update(items);
  }
}

/** Nothing of it changes but its age. */
class Row {
  #age = el("time", {});
  #now;

  constructor(item, now, named) {
    this.#now = now;
    this.#age.dateTime = item.at;
    this.node = el(
      "li",
      {},
      el(
        "a",
        { class: "activation", href: `#/activations/${encodeURIComponent(item.id)}` },
        statusOf(item),
        el("span", { class: "request" }, el("span", { class: "method" }, item.method), " ", item.path),
        named && el("span", { class: "place quiet" }, `${item.app} · ${item.function}`),
        item.outcome !== "succeeded" && el("span", { class: "outcome", "data-mood": "bad" }, words(item.outcome)),
        el("span", { class: "took" }, micros(item.total_us)),
        this.#age,
      ),
    );
  }

  update(item) {
    setText(this.#age, ago(item.at, this.#now()));
  }
}

/** An outcome as a person says it. */
export function words(outcome) {
  return outcome.replaceAll("_", " ");
}
