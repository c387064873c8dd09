/** Numbers and times as people read them. */

const DASH = "–";

function rounded(value) {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? trimmed(value, 1) : trimmed(value, 2);
}

function trimmed(value, places) {
  return String(Number(value.toFixed(places)));
}

/** Events per second: 0, 0.4, 12, 3,480. */
export function rate(perSecond) {
  return perSecond >= 100
    ? count(Math.round(perSecond))
    : perSecond >= 10
      ? perSecond.toFixed(0)
      : perSecond.toFixed(perSecond === 0 ? 0 : 1);
}

export function count(number) {
  return number.toLocaleString("en");
}

/** Microseconds, in the unit that fits. */
export function micros(us) {
  if (us === undefined) {
    return DASH;
  }
  return us < 1000
    ? `${us} µs`
    : us < 1_000_000
      ? `${rounded(us / 1000)} ms`
      : `${rounded(us / 1_000_000)} s`;
}

export function bytes(number) {
  const units = ["B", "KiB", "MiB", "GiB"];
  let unit = 0;
  let value = number;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${rounded(value)} ${units[unit]}`;
}

/** How long ago, by the server's clock. */
export function ago(instant, now) {
  const seconds = Math.max(0, Math.round((now - Date.parse(instant)) / 1000));
  if (seconds < 60) {
    return `${seconds} s ago`;
  }
  if (seconds < 3600) {
    return `${Math.floor(seconds / 60)} min ago`;
  }
  return seconds < 86_400 ? `${Math.floor(seconds / 3600)} h ago` : new Date(instant).toLocaleDateString("en-CA");
}

/** To the millisecond, in the reader's zone. */
export function moment(instant) {
  const at = new Date(instant);
  const two = (number) => String(number).padStart(2, "0");
  const clock = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(":");
  return `${clock}.${String(at.getMilliseconds()).padStart(3, "0")}`;
}

/** With its day. */
export function date(instant) {
  return `${new Date(instant).toLocaleDateString("en-CA")} ${moment(instant).slice(0, 8)}`;
}

/** One of two words. */
export function plural(number, one, many) {
  return `${count(number)} ${number === 1 ? one : many}`;
}

export function mean(numbers) {
  return numbers.length === 0 ? 0 : numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
}
