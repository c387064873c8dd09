import { el, setText } from "./dom.js";
import { count, plural, rate } from "./format.js";
import { FunctionList, liveRate } from "./function-list.js";
import { heading, say, waiting } from "./heading.js";
import { Keyed } from "./keyed.js";
import { TrafficBar } from "./traffic-bar.js";

/** All apps, and what their functions do now. */
export class AppsView {
  title = "Apps";
  #context;
  #figures = new Figures();
  #rest = waiting();
  #list = el("div", { class: "apps" });
  #apps = new Keyed(this.#list, (app) => app.name, (app) => new AppPart(app));
  #known;
  #lines = [];
  #number;

  constructor(context) {
    this.#context = context;
    this.node = el("div", { class: "view" }, heading("Apps"), this.#figures.node, this.#list, this.#rest);
    this.appsQuestion = { every: 30, due: 0, ask: (signal) => this.#askApps(signal) };
    this.questions = [this.appsQuestion, { every: 1, due: 0, ask: (signal) => this.#askFunctions(signal) }];
  }

  async #askApps(signal) {
    this.#known = (await this.#context.api.get("v1/apps", signal)).apps;
    this.#draw();
  }

  async #askFunctions(signal) {
    const page = await this.#context.api.get("v1/functions?limit=500", signal);
    this.#context.frame.pulse(page);
    if (this.#number !== undefined && this.#number !== page.number) {
      this.appsQuestion.due = 0;
    }
    this.#number = page.number;
    this.#lines = page.functions;
    this.#figures.update(page.functions);
    this.#draw(page.more);
  }

  #draw(more = 0) {
    if (this.#known === undefined) {
      return;
    }
    const byApp = Map.groupBy(this.#lines, (line) => line.app);
    this.#apps.update(this.#known.map((app) => ({ ...app, lines: byApp.get(app.name) ?? [] })));
    this.#say(more);
  }

  #say(more) {
    if (this.#known.length > 0) {
      say(this.#rest, more > 0 ? `and ${plural(more, "function", "functions")} more that run less` : "");
    } else if (!this.#rest.classList.contains("empty")) {
      this.#rest.className = "empty";
      this.#rest.hidden = false;
      this.#rest.replaceChildren(
        "Nothing is deployed here that this token may read. ",
        el("code", {}, "mayfly deploy FOLDER"),
        " puts an app on this page within a second.",
      );
    }
  }
}

/** What all functions do together. */
class Figures {
  #rate = el("dd", {});
  #running = el("dd", {});
  #waiting = el("dd", {});
  #failed = el("dd", {});

  constructor() {
    const pair = (term, value) => el("div", {}, el("dt", {}, term), value);
    this.node = el(
      "dl",
      { class: "figures" },
      pair("runs a second", this.#rate),
      pair("running", this.#running),
      pair("waiting", this.#waiting),
      pair("failed lately", this.#failed),
    );
    [this.#rate, this.#running, this.#waiting, this.#failed].forEach((each) => setText(each, "–"));
  }

  update(lines) {
    const sum = (of) => lines.reduce((all, line) => all + of(line), 0);
    setText(this.#rate, rate(sum(liveRate)));
    setText(this.#running, count(sum((line) => line.running)));
    setText(this.#waiting, count(sum((line) => line.queued)));
    const failed = sum((line) => line.recent.failures);
    setText(this.#failed, count(failed));
    this.#failed.dataset.mood = failed > 0 ? "bad" : "";
  }
}

class AppPart {
  #traffic = new TrafficBar();
  #problems = el("p", { class: "problems" });
  #functions = new FunctionList();

  constructor(app) {
    const id = `app-${app.name}`;
    this.node = el(
      "section",
      { class: "app", "aria-labelledby": id },
      el(
        "div",
        { class: "app-head" },
        el("h2", { id }, el("a", { href: `#/apps/${app.name}` }, app.name)),
        this.#traffic.node,
      ),
      this.#problems,
      this.#functions.node,
    );
  }

  update(app) {
    this.#traffic.update(app.traffic);
    setText(this.#problems, app.problems.join("; "));
    this.#functions.update(app.lines);
  }
}
