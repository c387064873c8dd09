import { el, setAttribute, setText } from "./dom.js";
import { count, mean, micros, rate } from "./format.js";
import { Keyed } from "./keyed.js";
import { Sparkline } from "./sparkline.js";
import { Tier } from "./tier.js";

/** Seconds that the shown rate is the mean of: live, and not nervous. */
const LIVE = 5;

/** Runs a second, as they are now. */
export function liveRate(line) {
  return mean(line.recent.per_second.slice(-LIVE));
}

/** Functions, a line each: tier, last minute, rate, p99, what runs and what waits. */
export class FunctionList {
  #rows;

  constructor() {
    this.node = el("ul", { class: "functions" });
    this.#rows = new Keyed(this.node, (line) => `${line.app}/${line.function}/${line.revision}`, () => new Row());
  }

  /** Lines of `/v1/functions`, in an order that stays. */
  update(lines) {
    const several = new Set(lines.map((line) => line.revision)).size > 1;
    const sorted = [...lines].sort(
      (one, other) => one.function.localeCompare(other.function) || other.revision - one.revision,
    );
    this.#rows.update(sorted.map((line) => ({ ...line, several })));
  }
}

/** A number, and what it is one of. */
class Figure {
  #value = el("b", {});
  #unit = el("small", {});

  constructor(kind) {
    this.node = el("span", { class: `figure ${kind}` }, this.#value, " ", this.#unit);
  }

  update(value, unit, mood) {
    setText(this.#value, value);
    setText(this.#unit, unit);
    setAttribute(this.node, "data-mood", mood);
  }
}

class Row {
  #name = el("span", { class: "name" });
  #revision = el("small", { class: "quiet" });
  #tier = new Tier();
  #spark = new Sparkline();
  #rate = new Figure("rate");
  #p99 = new Figure("p99");
  #load = new Figure("load");
  #failed = new Figure("failed");

  constructor() {
    this.node = el(
      "li",
      { class: "function" },
      el("span", { class: "who" }, this.#name, " ", this.#revision),
      this.#tier.node,
      this.#spark.node,
      this.#rate.node,
      this.#p99.node,
      this.#load.node,
      this.#failed.node,
    );
  }

  update(line) {
    setText(this.#name, line.function);
    setText(this.#revision, line.several ? `revision ${line.revision}` : "");
    this.#tier.update(line.tier);
    this.#spark.update(line.recent.per_second);
    const now = liveRate(line);
    this.#rate.update(rate(now), "/s", now === 0 ? "still" : undefined);
    this.#p99.update(micros(line.recent.p99_us), "p99", line.recent.p99_us === undefined ? "still" : undefined);
    if (line.queued > 0) {
      this.#load.update(count(line.queued), "waiting", "warn");
    } else {
      this.#load.update(count(line.running), "running", line.running === 0 ? "still" : undefined);
    }
    const failed = line.recent.failures;
    this.#failed.update(failed > 0 ? count(failed) : "", failed > 0 ? "failed" : "", failed > 0 ? "bad" : undefined);
  }
}
