// @ts-check
// A second kind of experiment, queues of parcels, that knows nothing of the first: it proves that running, journal and report
// are generic. Plain JavaScript, since threads import it as it is. Its strategies are orders in which one clerk serves a queue;
// some of them misbehave, for the tests of the run.
import { createHash } from 'node:crypto';
import { parse } from 'yaml';
import { UserError } from '../../dist/harness/model/errors.js';

/**
 * @typedef {{ name: string, parcels: { id: string, minutes: number }[], slowMs?: number }} Queue
 * @typedef {import('../../harness/model/kind.ts').Kind} Kind
 * @typedef {import('../../harness/model/kind.ts').Outcome} Outcome
 */

/** @param {string} name @param {string} summary @param {Record<string, unknown>} [defaults] */
const strategy = (name, summary, defaults = {}) => ({
  name,
  summary,
  source: 'none',
  additions: '',
  defaults,
});

const rules = [
  strategy('first-come', 'In order of arrival.'),
  strategy('shortest-first', 'The quickest parcel first.'),
  strategy('shuffled', 'In an order that the seeds draw.', { seed: 0 }),
];

/** Not in the table, so that no run takes them by itself. */
const misbehaving = [
  'loops',
  'dies',
  'bug',
  'crashes',
  'breaks-the-rules',
  'cannot',
  'differs',
  'not-a-number',
];

/** @param {string} text @returns {{ name: string, seed: number }} */
function parseText(text) {
  const match = /^([\w-]+)(?:\[seed=(\d+)\])?$/u.exec(text);
  const known = [...rules.map((rule) => rule.name), ...misbehaving];
  if (match === null || !known.includes(match[1] ?? ''))
    throw new UserError(`no strategy "${text}"; known: ${rules.map((rule) => rule.name).join(', ')}`);
  return { name: match[1] ?? '', seed: Number(match[2] ?? 0) };
}

/** @param {string} path @param {unknown} content @returns {Queue} */
function checked(path, content) {
  const queue = /** @type {Queue} */ (content);
  if (typeof queue?.name !== 'string' || !Array.isArray(queue.parcels))
    throw new UserError(`${path}:1:1 a queue has a name and parcels`);
  const wrong = queue.parcels.filter(({ minutes }) => !(minutes > 0)).map(({ id }) => id);
  if (wrong.length > 0) throw new UserError(wrong.map((id) => `${path}:1:1 ${id}: minutes must be above 0`));
  return queue;
}

/** @param {...unknown} parts @returns {number} in [0, 1) */
const draw = (...parts) =>
  createHash('sha256').update(JSON.stringify(parts)).digest().readUInt32BE() / 2 ** 32;

/** @param {number} ms */
function busy(ms) {
  for (const end = performance.now() + ms; performance.now() < end;);
}

/** @param {Outcome['status']} status @returns {Outcome} */
const failed = (status) => ({
  status,
  message: `the strategy says ${status}`,
  metrics: {},
  notes: {},
  series: {},
});

/** @type {Record<string, () => Outcome | void>} */
const misbehaviour = {
  loops: () => {
    for (;;);
  },
  dies: () => process.exit(7),
  bug: () => {
    throw new RangeError('a bug in the toy');
  },
  crashes: () => failed('crashed'),
  'breaks-the-rules': () => failed('decision-invalid'),
  cannot: () => failed('unsupported'),
};

const itemColumns = ['parcel', 'handed_out_min'];

/** @type {Kind} */
const parcels = {
  name: 'parcels',
  engineVersion: 1,
  executor: 'clerk',
  shake: (document, { clusterSeed, nightSeed, shake }) => {
    const queue = /** @type {Queue} */ (document.content);
    const longer = (/** @type {string} */ id) => 1 + 0.01 * draw(id, clusterSeed, nightSeed, shake);
    const shaken = queue.parcels.map(({ id, minutes }) => ({ id, minutes: minutes * longer(id) }));
    return { ...document, content: { ...queue, parcels: shaken } };
  },
  strategies: rules,
  metrics: [
    {
      name: 'mean_wait',
      label: 'Mean wait',
      unit: 'min',
      better: 'lower',
      definition: 'mean time from opening until a parcel is handed out',
      version: 1,
      headline: true,
    },
    {
      name: 'total',
      label: 'Total',
      unit: 's',
      better: 'lower',
      definition: 'when the last parcel is handed out',
      version: 1,
      headline: true,
    },
    {
      name: 'parcels',
      label: 'Parcels',
      unit: '1',
      better: 'neither',
      definition: 'how many',
      version: 1,
    },
  ],
  charts: [
    {
      name: 'handed-out',
      title: 'Handed out over time',
      question: 'How quickly does the queue shrink?',
      spec: (rows, colours) =>
        rows.length === 0
          ? null
          : {
              data: {
                values: rows.flatMap(({ strategy: by, outcome }) =>
                  (outcome.series['done']?.['minute'] ?? []).map((minute, i) => ({
                    by,
                    minute,
                    count: i + 1,
                  })),
                ),
              },
              mark: { type: 'line', interpolate: 'step-after' },
              encoding: {
                x: { field: 'minute', type: 'quantitative', title: 'minute' },
                y: { field: 'count', type: 'quantitative', title: 'parcels' },
                color: {
                  field: 'by',
                  type: 'nominal',
                  scale: { domain: [...colours.strategies], range: [...colours.range] },
                },
              },
            },
    },
  ],
  msPerItem: 100,
  itemTable: 'parcels',
  itemColumns,
  parseDocument(text, path) {
    const content = checked(path, parse(text));
    const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex');
    const caveats = content.slowMs ? ['the clerk is slow'] : [];
    return { name: content.name, hash, content, caveats, size: content.parcels.length };
  },
  generation: {
    families: [
      {
        name: 'rush',
        question: 'how does a queue of many grow?',
        parameters: 'parcels (1 to 99), mood (calm, hasty)',
      },
    ],
    parse(family, { parcels: count, mood = 'calm' }) {
      if (family !== 'rush') throw new UserError(`no family "${family}"; known: rush`);
      if (!(Number(count) > 0 && Number(count) < 100)) throw new UserError(`parcels: 1 to 99, got ${count}`);
      const name = `rush-${count}-${mood}`;
      return {
        name,
        hash: createHash('sha256').update(name).digest('hex'),
        caveats: [],
        ref: { family, parameters: { parcels: Number(count), mood: String(mood) } },
        size: Number(count),
      };
    },
    make({ name, hash, caveats, ref }, clusterSeed) {
      const minutes = (/** @type {number} */ n) => 1 + Math.floor(9 * draw('rush', clusterSeed, n));
      const count = Number(ref.parameters['parcels']);
      const list = Array.from({ length: count }, (_, n) => ({ id: `p${n + 1}`, minutes: minutes(n) }));
      return { name, hash, caveats, content: { name, parcels: list }, size: count };
    },
  },
  parseStrategy(text) {
    const { name, seed } = parseText(text);
    return seed === 0 ? name : `${name}[seed=${seed}]`;
  },
  compute(document, { strategy: text, clusterSeed, nightSeed }) {
    const queue = /** @type {Queue} */ (document.content);
    const { name, seed } = parseText(text);
    const outcome = misbehaviour[name]?.();
    if (outcome) return { outcome, items: { columns: itemColumns, rows: [] } };
    busy(queue.slowMs ?? 0);
    const order = queue.parcels
      .map((parcel, place) => ({
        ...parcel,
        minutes: Math.ceil(parcel.minutes * (1 + draw('night', nightSeed, parcel.id))),
        place: name === 'shuffled' ? draw('order', seed, clusterSeed, nightSeed, parcel.id) : place,
      }))
      .toSorted((a, b) => (name === 'shortest-first' && a.minutes - b.minutes) || a.place - b.place);
    let at = name === 'differs' ? performance.now() : 0;
    const done = order.map(({ id, minutes }) => ({ id, minute: (at += minutes) }));
    const sum = done.reduce((total, { minute }) => total + minute, 0);
    return {
      outcome: {
        status: 'ok',
        message: null,
        metrics: {
          mean_wait: name === 'not-a-number' ? Number.NaN : sum / done.length,
          total: at * 60,
          parcels: done.length,
        },
        notes: { last: done.at(-1)?.id ?? null },
        series: { done: { minute: done.map(({ minute }) => minute) } },
      },
      items: { columns: itemColumns, rows: done.map(({ id, minute }) => [id, minute]) },
    };
  },
  findings: (rows) => {
    const ok = rows.filter(({ outcome }) => outcome.status === 'ok');
    const best = ok.toSorted(
      (a, b) => (a.outcome.metrics['mean_wait'] ?? 0) - (b.outcome.metrics['mean_wait'] ?? 0),
    );
    return best[0] === undefined ? [] : [`${best[0].strategy} has the shortest mean wait.`];
  },
};

export const kinds = [parcels];
