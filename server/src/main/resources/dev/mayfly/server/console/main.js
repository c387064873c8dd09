import { ActivationView } from "./activation-view.js";
import { ActivationsView } from "./activations-view.js";
import { Api } from "./api.js";
import { AppView } from "./app-view.js";
import { AppsView } from "./apps-view.js";
import { EventsView } from "./events-view.js";
import { Frame } from "./frame.js";
import { LoginView } from "./login-view.js";
import { Poller } from "./poller.js";
import { Session } from "./session.js";

/** The wiring: which address shows which view, and who asks for it. */
const session = new Session();
const api = new Api(session);
const frame = new Frame(() => leave());
let poller;

const context = { api, session, frame, pulse, again: () => poller?.again() };

/** How the server is, for views that do not ask about functions anyway. */
async function pulse(signal) {
  frame.pulse(await api.get("v1/functions?limit=1", signal));
}

function viewOf(place) {
  const [path, query] = place.slice(1).split("?");
  const [, name, ...rest] = path.split("/");
  const argument = decoded(rest.join("/"));
  const wanted = new URLSearchParams(query);
  switch (`${name}${argument === "" ? "" : "/…"}`) {
    case "apps/…":
      return new AppView(context, argument);
    case "activations":
      return new ActivationsView(context, wanted);
    case "activations/…":
      return new ActivationView(context, argument);
    case "events":
      return new EventsView(context);
    default:
      return new AppsView(context);
  }
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function show(focused = true) {
  poller?.stop();
  if (session.caller === undefined) {
    return login();
  }
  const place = location.hash.startsWith("#/") ? location.hash : "#/apps";
  const view = viewOf(place);
  frame.fine();
  frame.show(view, place, focused);
  poller = new Poller(view.questions, {
    fine: () => frame.fine(),
    trouble: (refused, pause) => frame.trouble(refused, pause, () => poller.again()),
    refused: (refused) => (refused.status === 401 ? leave(refused.message) : frame.refused(refused)),
  });
  poller.start();
}

/** A token that was never good is not kept; one that was is, while the server is away. */
async function enter(token) {
  const known = session.token === token;
  session.begin(token);
  try {
    session.meet(await api.get("v1/whoami"));
  } catch (refused) {
    if (!known || !refused.passing) {
      session.end();
    }
    throw refused;
  }
  frame.greet(session.caller);
  show();
}

function leave(reason) {
  poller?.stop();
  session.end();
  frame.greet(undefined);
  login(reason);
}

function login(reason) {
  const view = new LoginView(enter, reason);
  frame.show(view, "", false);
  view.node.querySelector("input").focus();
}

/** A tab that is loaded anew goes on where it was, as soon as there is a server. */
async function begin(failures = 0) {
  if (session.token === "") {
    return login();
  }
  try {
    await enter(session.token);
  } catch (refused) {
    if (!refused.passing) {
      return leave(refused.status === 401 ? "The token is no longer good." : refused.message);
    }
    const pause = Math.min(30_000, 1000 * 2 ** failures);
    const timer = setTimeout(() => begin(failures + 1), pause);
    frame.trouble(refused, pause, () => {
      clearTimeout(timer);
      begin(failures);
    });
  }
}

window.addEventListener("hashchange", () => session.caller && show());
begin();
