import { countOf, listOf } from '../../measure/words.ts';
import { formatDuration, formatMB } from '../../model/units.ts';
import { renderTable } from '../../report/table.ts';
import { bestOf, type Fleet, type FleetNights, type SizeAnswer } from './size-fleet.ts';

/** What `size` prints: the answer first, then what it rests on. */
export const sizeText = (document: string, answer: SizeAnswer): string =>
  [
    `${document}: ${questionText(answer)}`,
    '',
    ...answerText(answer),
    '',
    ...triedText(answer),
    'What limits next',
    ...limiterText(answer).map(indent),
    '',
    'The sizing formula of vendors, beside it',
    ...vendorText(answer).map(indent),
    '',
    'This hangs on',
    ...assumptionsText(answer).map(indent),
  ].join('\n');

const indent = (line: string) => `  ${line}`;
const percent = (share: number): string => `${Number((100 * share).toFixed(1))} %`;
/** 99.96 % is not 100 %, and what just misses a target does not read as if it met it. */
const percentDown = (share: number): string => `${Math.floor(1000 * share + 1e-6) / 10} %`;

function questionText({ target }: SizeAnswer): string {
  const { protect, of, windowH, strategy } = target;
  return `the smallest fleet that protects ${percent(protect)} of the ${of === 'vms' ? 'VMs' : 'bytes'} in ${hours(windowH)} under ${strategy}`;
}

/** "8 h", "1 h 30 min" */
const hours = (h: number): string =>
  Number.isInteger(h) ? `${h} h` : h < 1 ? `${Math.round(h * 60)} min` : formatDuration(h * 3600);

function fleetText({ levels, proxies, cpus }: Fleet): string {
  const others = Object.entries(levels).filter(([name]) => name !== 'proxies' && name !== 'cores');
  const rest = others.map(([name, value]) => `, ${name} ${value}`).join('');
  const each = levels['cores'] === undefined ? '' : ` of ${countOf(Number(levels['cores']), 'CPU')} each`;
  return `${countOf(proxies, 'proxy').replace('proxys', 'proxies')}${each} (${cpus} CPUs together)${rest}`;
}

function answerText(answer: SizeAnswer): string[] {
  const { found, isRuledOut, tried, fleets, target } = answer;
  const what = target.of === 'vms' ? 'VMs' : 'bytes';
  if (found !== null)
    return [
      `${fleetText(found.candidate)}.`,
      `It protects ${percentDown(found.shares[0]!)} of the ${what} in its worst night of ${found.shares.length}, ${percentDown(median(found.shares))} in the median one. ${confidenceText(answer)}`,
    ];
  if (isRuledOut)
    return [`No fleet can: ${tooLongText(answer)}; what is left is less than ${percent(target.protect)}.`];
  const best = bestOf(tried)!;
  const vms = answer.tooLong.length > 0 ? ` ${capital(tooLongText(answer))}.` : '';
  return [
    `None of the ${countOf(fleets.length, 'fleet')} that were asked about does. The nearest, ${fleetText(best.candidate)}, does in ${best.met} of the ${best.met + best.missed} nights that it was tried in, and protects ${percentDown(best.shares[0]!)} of the ${what} in the worst of them.${vms}`,
  ];
}

const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);
const median = (sorted: readonly number[]): number => sorted[Math.floor((sorted.length - 1) / 2)]!;

function confidenceText({ varies, found, shown, target, nights, enough }: SizeAnswer): string {
  if (varies.length === 0)
    return 'Nothing in the document differs from night to night: one night says all, and no confidence can be claimed.';
  const { met, missed } = found!;
  const nightsMet = missed === 0 ? `all ${met} nights` : `${met} of ${met + missed} nights`;
  const claim = `at least ${percentDown(shown)} of such nights meet it`;
  const confidence = `with ${percent(target.confidence)} confidence`;
  return shown >= target.ofNights - 1e-9
    ? `It meets the target in ${nightsMet}: ${confidence}, ${claim}.`
    : `It meets the target in ${nightsMet}, which shows no more, ${confidence}, than that ${claim}; ${percent(target.ofNights)} needs ${enough} nights that all meet it, not ${nights}.`;
}

const mostTried = 12;

function triedText({ tried, target }: SizeAnswer): string[] {
  if (tried.length === 0) return [];
  const first = tried.slice(0, 3);
  const last = tried.slice(Math.max(3, tried.length - (mostTried - 3)));
  const hidden = tried.length - first.length - last.length;
  const row = (t: FleetNights) => [
    fleetText(t.candidate),
    `${t.met} of ${t.met + t.missed}`,
    percentDown(t.shares[0]!),
    percentDown(median(t.shares)),
  ];
  const table = renderTable({
    columns: ['fleet, smallest first', 'nights that meet it', 'worst night', 'median'],
    rows: [
      ...first.map(row),
      ...(hidden > 0 ? [[`${hidden} more, none of which meets it`, '', '', '']] : []),
      ...last.map(row),
    ],
    align: ['left', 'right', 'right', 'right'],
  });
  return [
    `Tried, each until it had missed once too often; protected when the window of ${hours(target.windowH)} ends:`,
    table,
  ];
}

function tooLongText({ tooLong, target }: SizeAnswer): string {
  const [longest] = tooLong;
  if (longest === undefined) return '';
  const more = tooLong.length - 1;
  const rest = more > 0 ? `, and ${countOf(more, 'more VM')} longer than the window too` : '';
  return `VM ${longest.vm} alone needs ${(longest.aloneS / 3600).toFixed(1)} h (${formatMB(longest.toMoveMB)}), and the window has ${hours(target.windowH)}${rest}`;
}

function limiterText({ found, tried, tooLong, held, ...answer }: SizeAnswer): string[] {
  const looked = found ?? bestOf(tried);
  const bounds = looked?.worst?.series['bounds'];
  const names = new Set<string>();
  const lines = (bounds?.['what'] ?? []).flatMap((what, i) => {
    const name = String(bounds!['name']![i]);
    if (names.has(name) || name === 'vm') return [];
    names.add(name);
    return [`${what}: ${formatDuration(Number(bounds!['seconds']![i]))} at the least`];
  });
  return [
    ...(held === null
      ? []
      : [
          `In the worst night, streams were held back longest by ${held.what} (${Math.round(100 * held.share)} % of their time).`,
        ]),
    ...(tooLong.length > 0
      ? [
          `${tooLongText({ tooLong, ...answer } as SizeAnswer)}; only more streams per VM or another window help it.`,
        ]
      : []),
    ...(lines.length > 0 ? [`For all VMs: ${lines.slice(0, 3).join('; ')}.`] : []),
  ];
}

function vendorText({ vendor, found, tried, target }: SizeAnswer): string[] {
  const { toMoveMB, neededMBps, cores, olderCores, MBpsPerCore, olderMBpsPerCore } = vendor;
  const formula = `${formatMB(toMoveMB)} in ${hours(target.windowH)} is ${Math.round(neededMBps)} MB/s: ${Math.ceil(cores)} cores at ${Math.round(MBpsPerCore)} MB/s per core, ${Math.ceil(olderCores)} by the older rule of ${Math.round(olderMBpsPerCore)}.`;
  const looked = found ?? bestOf(tried);
  if (looked === null || looked.worst === null) return [formula];
  const { cpus } = looked.candidate;
  const times = cpus / cores;
  const difference =
    found === null
      ? `The formula knows no night: ${cpus} cores, ${times.toFixed(1)} times as many, do not do it here.`
      : `The simulation asks for ${cpus}, ${times.toFixed(1)} times as many.`;
  return [
    formula,
    difference,
    'The formula keeps every core busy from the first second to the last. In a night streams have a speed limit each, snapshots, attaching and queues take time in which nothing is read, data stores are shared, the longest VM ends last, and the strategy decides how evenly proxies are used.',
  ];
}

function assumptionsText({ caveats, varies, nights, target, fleets }: SizeAnswer): string[] {
  return [
    ...caveats.map((caveat) => `- ${caveat}`),
    '- more proxies are clones of the present ones in turn, on the same servers; RAM goes with the cores; job streams and media agents stay as the document has them, unless varied too',
    `- ${countOf(nights, 'night')}${varies.length > 0 ? `; nights differ in ${listOf(varies)}` : ''}; ${countOf(fleets.length, 'fleet')} in question, smallest first by CPUs, then by proxies`,
    `- what is protected counts when its VM ends inside the window of ${hours(target.windowH)}; stream caps, overheads and devices are the document's (see inspect)`,
  ];
}
