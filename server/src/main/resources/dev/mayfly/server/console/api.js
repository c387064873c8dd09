/** The admin API, as this page asks it. */

/** What a server refused, or that there was none: then `status` is 0. */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem.detail ?? problem.title ?? "The server does not answer.");
    this.status = status;
    this.problem = problem;
  }

  /** Whether the same may go well a little later. */
  get passing() {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

const PATIENCE = 10_000;

export class Api {
  #session;
  #ahead = 0;

  constructor(session) {
    this.#session = session;
  }

  /** The server's clock, in milliseconds. */
  now() {
    return Date.now() + this.#ahead;
  }

  get(path, signal) {
    return this.#ask("GET", path, {}, undefined, signal);
  }

  /** A change, made only if the app is still at `version`. */
  post(path, body, version) {
    return this.#ask("POST", path, { "content-type": "application/json", "if-match": `"${version}"` }, body);
  }

  async #ask(method, path, fields, body, signal) {
    const answer = await this.#send(path, {
      method,
      headers: { ...fields, authorization: `Bearer ${this.#session.token}` },
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
      signal: AbortSignal.any([AbortSignal.timeout(PATIENCE), ...(signal ? [signal] : [])]),
    });
    this.#heed(answer.headers.get("date"));
    return this.#read(answer);
  }

  async #send(path, request) {
    try {
      return await fetch(path, request);
    } catch (cause) {
      throw request.signal.reason?.name === "AbortError" ? cause : new Refused(0, {});
    }
  }

  async #read(answer) {
    const json = await answer.json().catch(() => ({ title: `The server answered ${answer.status} without a word.` }));
    if (!answer.ok) {
      throw new Refused(answer.status, json);
    }
    return json;
  }

  #heed(date) {
    const theirs = Date.parse(date ?? "");
    if (!Number.isNaN(theirs) && Math.abs(theirs - this.now()) > 2000) {
      this.#ahead = theirs - Date.now();
    }
  }
}
