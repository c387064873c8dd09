import { Refused } from "./api.js";

const PULSE = 1000;
const LONGEST = 30_000;

/**
 * Asks the questions of a view while somebody looks at it: each once at first, then one a second, the one that waits longest.
 * A tab that is hidden asks nothing. When the server is away the pauses grow, and the listener is told.
 */
export class Poller {
  #questions;
  #listener;
  #stopping = new AbortController();
  #timer;
  #failures = 0;
  #round = 0;
  #asking = false;

  /**
   * `questions`: `{every, due, ask(signal)}`, in seconds; one is due at once whose `due` is set to 0. `listener`: `fine()` when all
   * are answered, `trouble(refused, pause)`, and `refused(refused)` for what asking again would hardly mend.
   */
  constructor(questions, listener) {
    this.#questions = questions;
    this.#listener = listener;
  }

  start() {
    document.addEventListener("visibilitychange", () => this.now(), { signal: this.#stopping.signal });
    this.now();
  }

  stop() {
    clearTimeout(this.#timer);
    this.#stopping.abort();
  }

  /** Asks all of them again at once. */
  again() {
    this.#round += 1;
    this.#questions.forEach((each) => (each.due = 0));
    this.now();
  }

  /** Does not wait for the next second. */
  now() {
    clearTimeout(this.#timer);
    if (!this.#asking && !this.#stopping.signal.aborted && document.visibilityState === "visible") {
      this.#turn();
    }
  }

  async #turn() {
    this.#asking = true;
    const began = performance.now();
    const pause = await this.#askNext();
    this.#asking = false;
    if (!this.#stopping.signal.aborted) {
      this.#timer = setTimeout(() => this.now(), Math.max(0, pause - (performance.now() - began)));
    }
  }

  /** Tells how long to wait. */
  async #askNext() {
    const next = this.#questions.reduce((first, each) => (each.due < first.due ? each : first));
    if (next.due > performance.now()) {
      return PULSE;
    }
    const round = this.#round;
    try {
      await next.ask(this.#stopping.signal);
      next.due = round === this.#round ? performance.now() + next.every * PULSE - PULSE / 2 : 0;
      next.failing = false;
      this.#failures = 0;
      if (!this.#questions.some((each) => each.failing)) {
        this.#listener.fine();
      }
      return this.#questions.some((each) => each.due === 0) ? 0 : PULSE;
    } catch (refused) {
      return this.#failed(next, refused);
    }
  }

  /** What the server does not answer now waits, and the others go on; without a server all wait. */
  #failed(question, refused) {
    if (this.#stopping.signal.aborted) {
      return PULSE;
    }
    if (!(refused instanceof Refused)) {
      reportError(refused); // a mistake of this page
    }
    const pause = refused.passing ? Math.min(LONGEST, PULSE * 2 ** this.#failures) : LONGEST;
    this.#failures += 1;
    question.failing = true;
    question.due = performance.now() + pause;
    if (refused.passing) {
      this.#listener.trouble(refused, pause);
    } else {
      this.#listener.refused(refused);
    }
    return refused.status === 0 ? pause : PULSE;
  }
}
