/** A time of day as milliseconds since midnight: "14:30:05.25"; the fraction where there is one. */
export function timeOfDayText(value: number): string {
  const whole = Math.min(DAY - 1, Math.max(0, Math.round(value)));
  const iso = new Date(whole).toISOString().slice(11, 23);
  return iso.endsWith('.000') ? iso.slice(0, 8) : iso.replace(/0+$/, '');
}

/** Milliseconds since midnight of "14:30", "14:30:05.25"; null = it is no time of day. */
export function parseTimeOfDay(text: string): number | null {
  const match = /^([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(\.\d+)?)?$/.exec(text.trim());
  if (!match) return null;
  const [, hours, minutes, seconds = '0', fraction = ''] = match;
  return Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Math.round(Number(seconds + fraction) * 1000);
}

const DAY = 86_400_000;
