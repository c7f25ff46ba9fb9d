import { groupBy } from '../kit/group.ts';
import type { Row } from '../model/kind.ts';
import { limitGroups, type LimitGroup, type NightRecord } from '../model/record.ts';
import type { Night } from '../model/night.ts';
import { sumOf } from './sum.ts';
import { listOf } from './words.ts';

const causes: Readonly<Record<LimitGroup, string>> = {
  source: 'the data stores',
  proxy: 'the proxies',
  network: 'the network',
  target: 'media agents and secondary storage',
  'stream cap': 'what a single stream can do',
  'not transferring': 'waits for snapshots, attaching and queues',
};

interface Held {
  readonly strategy: string;
  readonly cause: LimitGroup;
  /** of the time of all streams, in (0, 1] */
  readonly share: number;
  readonly rows: readonly Row[];
}

/** One sentence: what held the streams of each strategy back longest; null where no stream ran. */
export function heldBack(rows: readonly Row[]): string | null {
  const held = [...groupBy(rows, (r) => r.strategy)].flatMap(
    ([strategy, own]) => mostOf(strategy, own) ?? [],
  );
  const byCause = [...groupBy(held, (h) => h.cause)];
  if (byCause.length === 0) return null;
  const parts = byCause.map(([cause, own]) => `by ${causes[cause]} under ${whoText(own, held.length)}`);
  return `Streams were held back longest, by share of their time, ${parts.join('; ')}.`;
}

/** What held streams back longest over all these rows; null where no stream ran. */
export function longestHeld(rows: readonly Row[]): { readonly what: string; readonly share: number } | null {
  const held = mostOf('', rows);
  return held === null ? null : { what: causes[held.cause], share: held.share };
}

/** So many are told one by one. */
const mostNamed = 4;

function whoText(held: readonly Held[], all: number): string {
  if (held.length === all && all > 1) return `every strategy (${percentsOf(held)})`;
  return held.length <= mostNamed
    ? listOf(held.map(oneText))
    : `${listOf(held.map((h) => h.strategy))} (${percentsOf(held)})`;
}

/** Ties go to the group nearest to the source. */
function mostOf(strategy: string, rows: readonly Row[]): Held | null {
  const streamS = limitGroups.map((group) => sumOf(rows, (row) => streamSOf(row, group)));
  const whole = sumOf(streamS, (s) => s);
  if (whole === 0) return null;
  const most = streamS.reduce((best, s, i) => (s > streamS[best]! ? i : best), 0);
  return { strategy, cause: limitGroups[most]!, share: streamS[most]! / whole, rows };
}

function streamSOf(row: Row, group: LimitGroup): number {
  const { group: groups = [], tS = [], streams = [] } = row.outcome.series['limited'] ?? {};
  const widthS = tS.map(Number).find((t) => t > 0) ?? 1;
  return widthS * sumOf(streams, (n, i) => (groups[i] === group ? Number(n) : 0));
}

const percentsOf = (held: readonly Held[]): string => {
  const percents = held.map((h) => Math.round(100 * h.share));
  const [low, high] = [Math.min(...percents), Math.max(...percents)];
  return low === high ? `${low} %` : `${low} to ${high} %`;
};

/** Where proxies hold the streams back: whether one of them had nearly everything to do, in every cell. */
function oneText(held: Held): string {
  const said = new Set(held.rows.map((row) => row.outcome.notes['overused_proxy'] ?? null));
  const [proxy] = said;
  const reason = held.cause === 'proxy' && said.size === 1 && proxy ? `: ${proxy}` : '';
  return `${held.strategy} (${percentsOf([held])}${reason})`;
}

/** More than this share of all bytes through one of several proxies is told. */
const tellingShare = 0.8;

/** "proxy-1 of 4 proxies moved 97 % of the bytes"; null where no proxy moved nearly everything. */
export function overusedProxy(night: Night, record: NightRecord): string | null {
  const { proxies } = record.load;
  const candidates = night.proxies.filter((p) => p.candidate);
  const whole = sumOf(proxies, (p) => p.movedMB);
  const most = candidates.find((p) => proxies[p.id]!.movedMB > tellingShare * whole);
  if (most === undefined || candidates.length < 2) return null;
  const percent = Math.floor((100 * proxies[most.id]!.movedMB) / whole);
  return `${most.name} of ${candidates.length} proxies moved ${percent} % of the bytes`;
}
