import { el, setAttribute, setText } from "./dom.js";
import { ago, count, plural } from "./format.js";
import { Keyed } from "./keyed.js";

/** Kafka triggers: how far each is behind, and the records it gave up. */
export class TriggerList {
  #rows;

  /** `named`: whether each names its app. */
  constructor(api, named) {
    this.node = el("div", { class: "triggers" });
    this.#rows = new Keyed(
      this.node,
      (trigger) => `${trigger.app}/${trigger.function}/${trigger.group}`,
      (trigger) => new TriggerPart(trigger, api, named),
    );
  }

  update(triggers) {
    this.#rows.update(triggers);
  }
}

class TriggerPart {
  #lag = el("b", {});
  #taken = el("span", {});
  #dead = el("span", { class: "dead" });
  #partitions = el("tbody", {});
  #rows = new Keyed(this.#partitions, (each) => `${each.topic}/${each.partition}`, (each) => new PartitionRow(each));
  #letters;

  constructor(trigger, api, named) {
    this.#letters = new DeadLetters(trigger.app, api);
    const columns = ["partition", "state", "lag", "in flight", "retrying", "failed", "dead letters"];
    this.node = el(
      "article",
      { class: "trigger" },
      el(
        "p",
        { class: "trigger-head" },
        named && el("a", { href: `#/apps/${trigger.app}` }, trigger.app),
        named && " · ",
        el("span", { class: "name" }, trigger.function),
        el("span", { class: "quiet" }, ` group ${trigger.group}`),
      ),
      el("p", { class: "trigger-sums" }, el("span", { class: "figure lag" }, this.#lag, " ", el("small", {}, "behind")), this.#taken, this.#dead),
      el(
        "div",
        { class: "scrolled", tabindex: 0, role: "region", "aria-label": `Partitions of ${trigger.group}` },
        el(
          "table",
          {},
          el("thead", {}, el("tr", {}, ...columns.map((column) => el("th", { scope: "col" }, column)))),
          this.#partitions,
        ),
      ),
      this.#letters.node,
    );
  }

  update(trigger) {
    const lag = trigger.partitions.reduce((sum, each) => sum + each.lag, 0);
    setText(this.#lag, count(lag));
    setText(this.#taken, `${plural(trigger.succeeded, "record", "records")} taken`);
    setText(
      this.#dead,
      trigger.dead_letters + trigger.skipped === 0
        ? "no dead letters"
        : [
            trigger.dead_letters > 0 && plural(trigger.dead_letters, "dead letter", "dead letters"),
            trigger.skipped > 0 && `${count(trigger.skipped)} skipped`,
          ]
            .filter(Boolean)
            .join(", "),
    );
    setAttribute(this.#dead, "data-mood", trigger.dead_letters + trigger.skipped > 0 && "bad");
    this.#rows.update(trigger.partitions);
  }
}

class PartitionRow {
  #cells = Array.from({ length: 6 }, () => el("td", {}));

  constructor(partition) {
    this.node = el(
      "tr",
      {},
      el("td", {}, el("code", {}, `${partition.topic}/${partition.partition}`)),
      ...this.#cells,
    );
    this.#cells.slice(1).forEach((cell) => cell.classList.add("number"));
  }

  update(partition) {
    const state = partition.reason === "" ? partition.state : `${partition.state}: ${partition.reason}`;
    const numbers = [
      partition.lag,
      partition.in_flight,
      partition.retrying,
      partition.failed_attempts,
      partition.dead_letters,
    ];
    [state, ...numbers.map(count)].forEach((value, i) => setText(this.#cells[i], value));
    setAttribute(this.#cells[0], "data-mood", partition.state === "stopped" && "bad");
  }
}

/** Asked for when somebody wants them: it reads a topic. */
class DeadLetters {
  #list = el("ol", { class: "letters" });
  #said = el("p", { class: "quiet", role: "status" });
  #app;
  #api;

  constructor(app, api) {
    this.#app = app;
    this.#api = api;
    const details = el(
      "details",
      { on: { toggle: () => details.open && this.#ask() } },
      el("summary", {}, "Newest dead letters"),
      this.#said,
      this.#list,
    );
    this.node = details;
  }

  async #ask() {
    setText(this.#said, "Asking the brokers…");
    try {
      const page = await this.#api.get(`v1/apps/${encodeURIComponent(this.#app)}/dead-letters?limit=20`);
      setText(this.#said, page.dead_letters.length === 0 ? "There are none." : "");
      this.#list.replaceChildren(...page.dead_letters.map((letter) => this.#letter(letter)));
    } catch (refused) {
      setText(this.#said, refused.message);
    }
  }

  #letter(letter) {
    return el(
      "li",
      {},
      el("code", {}, `${letter.topic}/${letter.partition}/${letter.offset}`),
      el("span", { class: "quiet" }, ` ${letter.key === undefined ? "no key" : `key ${letter.key}`}, ${ago(letter.at, this.#api.now())}`),
      el(
        "dl",
        { class: "evidence" },
        ...Object.entries(letter.evidence).map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))),
      ),
    );
  }
}
