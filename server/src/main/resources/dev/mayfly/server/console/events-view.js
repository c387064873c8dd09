import { el } from "./dom.js";
import { heading, say, waiting } from "./heading.js";
import { TriggerList } from "./trigger-list.js";

const BROKERS = {
  none: "This server has no Kafka brokers: kafka.brokers names them.",
  away: "The Kafka brokers do not answer. Records wait there, none is lost.",
  ok: "No app that this token may read has a Kafka trigger.",
};

/** Every Kafka trigger. */
export class EventsView {
  title = "Events";
  #context;
  #said = waiting();
  #list;

  constructor(context) {
    this.#context = context;
    this.#list = new TriggerList(context.api, true);
    this.node = el("div", { class: "view" }, heading("Events"), this.#said, this.#list.node);
    this.questions = [
      { every: 1, due: 0, ask: (signal) => this.#ask(signal) },
      { every: 5, due: 0, ask: (signal) => context.pulse(signal) },
    ];
  }

  async #ask(signal) {
    const page = await this.#context.api.get("v1/triggers", signal);
    this.#list.update(page.triggers);
    say(this.#said, page.brokers === "ok" && page.triggers.length > 0 ? "" : BROKERS[page.brokers]);
  }
}
