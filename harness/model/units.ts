// Inside everything is seconds, decimal MB and MB/s (night.md N1); these are for reading and for showing.

const dayS = 86_400;

/**
 * @param time "HH:MM"
 * @returns second of the day
 * @throws {RangeError} where it is no time of day
 */
export function parseTimeOfDay(time: string): number {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/u.exec(time);
  if (match === null) throw new RangeError(`"${time}" is no time of day; expected "HH:MM"`);
  return Number(match[1]) * 3600 + Number(match[2]) * 60;
}

/**
 * The clock on the wall: "23:05:09", and with the number of midnights before it "+1 02:10:00".
 *
 * @param originS second of the day at time 0
 * @param tS seconds since then
 */
export function formatClock(originS: number, tS: number): string {
  const seconds = Math.round(originS + tS);
  const day = Math.floor(seconds / dayS);
  const ofDay = seconds - day * dayS;
  const clock = [Math.floor(ofDay / 3600), Math.floor(ofDay / 60) % 60, ofDay % 60].map(twoDigits).join(':');
  return day === 0 ? clock : `${day > 0 ? '+' : ''}${day} ${clock}`;
}

const twoDigits = (n: number) => String(n).padStart(2, '0');

/** "45.2 s", "7 min 12 s", "7 h 12 min": two places of what matters. */
export function formatDuration(s: number): string {
  if (s < 0) return `-${formatDuration(-s)}`;
  if (Math.round(s * 10) < 600) return `${s.toFixed(1)} s`;
  const seconds = Math.round(s);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  const minutes = Math.round(s / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

const sizeUnits = ['MB', 'GB', 'TB', 'PB', 'EB'] as const;

/** "512 MB", "1.24 TB": decimal units, three digits. */
export function formatMB(mb: number): string {
  if (mb < 0) return `-${formatMB(-mb)}`;
  let value = mb;
  let unit = 0;
  for (; value >= 999.5 && unit < sizeUnits.length - 1; unit++) value /= 1000;
  return `${threeDigits(value)} ${sizeUnits[unit]}`;
}

function threeDigits(value: number): string {
  if (Number.isInteger(value) || value >= 99.95) return value.toFixed(0);
  return value.toFixed(value >= 9.995 ? 1 : 2);
}
