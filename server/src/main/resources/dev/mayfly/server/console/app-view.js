import { ActivationList } from "./activation-list.js";
import { confirm } from "./dialog.js";
import { el, outside, setText } from "./dom.js";
import { FunctionList } from "./function-list.js";
import { heading, section, waiting } from "./heading.js";
import { LogLines } from "./log-lines.js";
import { RevisionList } from "./revision-list.js";
import { TrafficBar } from "./traffic-bar.js";
import { TriggerList } from "./trigger-list.js";

/** One app: its functions, revisions, requests, events and log. */
export class AppView {
  #context;
  #app;
  #path;
  #version;
  #number;
  #after = 0;
  #waiting = waiting();
  #traffic = new TrafficBar();
  #urls = el("p", { class: "urls" });
  #problems = el("p", { class: "problems" });
  #canary = el("p", { class: "canary" });
  #functions = new FunctionList();
  #requests;
  #noRequests = el("p", { class: "quiet" }, "No request came lately.");
  #log = new LogLines("Log lines", "Nothing was logged lately.");
  #revisions;
  #routes = el("ul", { class: "routes" });
  #triggers;
  #events;

  constructor(context, app) {
    this.#context = context;
    this.#app = app;
    this.#path = `v1/apps/${encodeURIComponent(app)}`;
    this.title = app;
    const { api, session } = context;
    this.#requests = new ActivationList(() => api.now(), false);
    const choose = session.mayDeploy(app) ? (revision, back) => this.#choose(revision, back) : undefined;
    this.#revisions = new RevisionList(() => api.now(), choose);
    this.#triggers = new TriggerList(api, false);
    this.#noRequests.hidden = true; // until it is known
    this.node = this.#laidOut();
    this.appQuestion = { every: 15, due: 0, ask: (signal) => this.#askApp(signal) };
    this.revisionsQuestion = { every: 15, due: 0, ask: (signal) => this.#askRevisions(signal) };
    this.questions = [
      this.appQuestion,
      { every: 1, due: 0, ask: (signal) => this.#askFunctions(signal) },
      this.revisionsQuestion,
      { every: 3, due: 0, ask: (signal) => this.#askRequests(signal) },
      { every: 3, due: 0, ask: (signal) => this.#askLog(signal) },
      { every: 5, due: 0, ask: (signal) => this.#askTriggers(signal) },
    ];
  }

  #laidOut() {
    const app = encodeURIComponent(this.#app);
    const all = el("a", { class: "more", href: `#/activations?app=${app}` }, "All requests");
    this.#events = section("Events", "events", this.#triggers.node);
    this.#events.hidden = true;
    return el(
      "div",
      { class: "view" },
      el("p", { class: "crumbs" }, el("a", { href: "#/apps" }, "Apps")),
      el("div", { class: "app-head" }, heading(this.#app), this.#traffic.node),
      this.#waiting,
      this.#problems,
      this.#canary,
      this.#urls,
      section("Functions", "functions", this.#functions.node),
      el(
        "div",
        { class: "columns" },
        el("div", {}, section("Requests", "requests", this.#noRequests, this.#requests.node, all), this.#events),
        el("div", {}, section("Revisions", "revisions", this.#revisions.node), section("Routes", "routes", this.#routes)),
      ),
      section("Log", "log", this.#log.node),
    );
  }

  async #askApp(signal) {
    const app = await this.#context.api.get(this.#path, signal);
    this.#version = app.version;
    this.#waiting.hidden = true;
    this.#traffic.update(app.traffic);
    setText(this.#problems, app.problems.join("; "));
    const canary = app.canary;
    setText(
      this.#canary,
      canary?.state === "running"
        ? `Revision ${canary.revision} is rolled out: ${canary.percent} % now, more every ${canary.step} unless ${canary.abort_on}.`
        : "",
    );
    this.#urls.replaceChildren(...app.urls.flatMap((url, i) => [i > 0 ? " " : "", outside(url, url)]));
    this.#routes.replaceChildren(
      ...app.routes.map((route) =>
        el(
          "li",
          {},
          el("code", {}, `${route.methods} ${route.host === "*" ? "" : route.host}${route.route}`),
          el("span", { class: "quiet" }, ` ${route.target}`),
        ),
      ),
    );
  }

  async #askRevisions(signal) {
    this.#revisions.update((await this.#context.api.get(`${this.#path}/revisions`, signal)).revisions);
  }

  async #askFunctions(signal) {
    const app = encodeURIComponent(this.#app);
    const page = await this.#context.api.get(`v1/functions?app=${app}&limit=200`, signal);
    this.#context.frame.pulse(page);
    if (this.#number !== undefined && this.#number !== page.number) {
      this.appQuestion.due = this.revisionsQuestion.due = 0;
    }
    this.#number = page.number;
    this.#functions.update(page.functions);
  }

  async #askRequests(signal) {
    const app = encodeURIComponent(this.#app);
    const page = await this.#context.api.get(`v1/activations?app=${app}&limit=12`, signal);
    this.#noRequests.hidden = page.activations.length > 0;
    this.#requests.update(page.activations);
  }

  async #askLog(signal) {
    const from = this.#after === 0 ? "limit=100" : `after=${this.#after}&limit=500`;
    const page = await this.#context.api.get(`${this.#path}/logs?${from}`, signal);
    this.#after = page.next;
    this.#log.add(page.lines);
  }

  async #askTriggers(signal) {
    const page = await this.#context.api.get("v1/triggers", signal);
    const own = page.triggers.filter((trigger) => trigger.app === this.#app);
    this.#events.hidden = own.length === 0;
    this.#triggers.update(own);
  }

  async #choose(revision, back) {
    const { api, frame } = this.#context;
    const version = this.#version;
    const done = await confirm({
      title: back ? `Roll ${this.#app} back?` : `Give all traffic to revision ${revision}?`,
      text: `From the next request on revision ${revision} of ${this.#app} answers all of them. Requests that run now end where they are. Nothing is deleted.`,
      verb: back ? `Roll back to ${revision}` : `Give all to ${revision}`,
      doing: back ? "Rolling back…" : "Switching…",
      act: () => this.#change(api, back, revision, version),
    });
    if (done) {
      frame.tell(`Revision ${revision} of ${this.#app} has all traffic now.`);
    }
    this.#context.again();
  }

  async #change(api, back, revision, version) {
    try {
      await api.post(`${this.#path}/${back ? "rollback" : "activate"}`, { revision, wait: "5s" }, version);
    } catch (refused) {
      throw refused.status === 412
        ? new Error("The app changed since this page looked at it. Cancel, look again, then decide.")
        : refused;
    }
  }
}
