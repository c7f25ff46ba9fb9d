import { strategies } from '../../strategies/index.ts';
import { contentHash } from '../kit/canonical.ts';
import { formatStrategyText, parseStrategyText, resolveParams } from '../kit/strategy-text.ts';
import { bestPossible } from '../measure/against-best.ts';
import { bestNightOf, type BestNight } from '../measure/best-night.ts';
import type { SolveProgram } from '../measure/bounds.ts';
import { caveatsOf } from '../measure/caveats.ts';
import { findings } from '../measure/findings.ts';
import { vmColumns } from '../measure/item-table.ts';
import { measureNight } from '../measure/measure-night.ts';
import { metrics } from '../measure/metrics/metrics.ts';
import type { Document } from '../model/document/document.ts';
import { parseDocument } from '../model/document/parse-document.ts';
import { UserError } from '../model/errors.ts';
import type { CellResult, CellSpec, CellStatus, Kind, LoadedDocument } from '../model/kind.ts';
import { didYouMean } from '../model/nearest.ts';
import type { Night } from '../model/night.ts';
import type { Params } from '../model/params.ts';
import type { Strategy } from '../model/strategy.ts';
import type { TextLines } from '../model/text-lines.ts';
import { compileNight, type Seeds } from '../night/compile-night.ts';
import { charts } from '../report/charts/index.ts';
import { backupFamilies } from './backup-families.ts';
import { backupVariation } from './backup-variation.ts';
import { shakeDocument } from './shake-document.ts';
import { simulateNight } from './simulate-night.ts';
import { loadSolver } from './solve-program.ts';
import { timeStrategy } from './time-strategy.ts';

/** @throws {UserError} for an unknown strategy or parameter */
export function findStrategy(text: string): { strategy: Strategy; params: Params } {
  const { name, given } = parseStrategyText(text);
  const strategy = strategies.find((s) => s.name === name);
  if (strategy === undefined) {
    const names = strategies.map((s) => s.name);
    throw new UserError(`no strategy "${name}"${didYouMean(name, names)}; known: ${names.join(', ')}`);
  }
  return { strategy, params: resolveParams(strategy, given) };
}

function parse(text: string | TextLines, path: string): LoadedDocument {
  const document = parseDocument(text, path);
  return {
    name: document.name,
    hash: contentHash(document),
    content: document,
    caveats: caveatsOf(document),
    size: document.vms.length,
  };
}

/** null until `prepare`, and where the package is not installed */
let solver: SolveProgram | null = null;

/** Bounds hold for every strategy: those of a document that is at hand are worked out once for each of its nights. */
const known = new WeakMap<Document, Map<string, BestNight>>();

export function boundsFor(document: Document, night: Night, { clusterSeed, nightSeed }: Seeds): BestNight {
  const ofDocument = known.get(document) ?? new Map<string, BestNight>();
  known.set(document, ofDocument);
  const key = `${clusterSeed} ${nightSeed} ${solver === null}`;
  const bounds = ofDocument.get(key) ?? bestNightOf(night, solver);
  ofDocument.set(key, bounds);
  return bounds;
}

/** What a strategy did wrong is a status of its cell; anything else thrown is a bug of ours. By name: it may come from another thread. */
const faults: Readonly<Record<string, CellStatus>> = {
  DecisionInvalid: 'decision-invalid',
  StrategyCrashed: 'crashed',
  Unsupported: 'unsupported',
};

export const statusOf = ({ name }: Error): CellStatus | null => faults[name] ?? null;

function compute(
  { content }: LoadedDocument,
  { strategy: text, clusterSeed, nightSeed }: CellSpec,
  clock: () => number = () => 0,
): CellResult {
  const { strategy: untimed, params } = findStrategy(text);
  const { strategy, ms } = timeStrategy(untimed, clock);
  const night = compileNight(content as Document, { clusterSeed, nightSeed });
  try {
    const record = simulateNight({ night, strategy, params, seedText: `${nightSeed}|${text}` });
    const { items, ...measured } = measureNight(
      night,
      record,
      boundsFor(content as Document, night, { clusterSeed, nightSeed }),
    );
    return { outcome: { status: 'ok', message: null, ...measured }, items, cost: { strategy_ms: ms() } };
  } catch (error) {
    const status = statusOf(error as Error);
    if (status === null) throw error;
    const outcome = { status, message: (error as Error).message, metrics: {}, notes: {}, series: {} };
    return { outcome, items: { columns: vmColumns, rows: [] } };
  }
}

/** One night of VM backups through proxies, in virtual time. */
export const backupNight: Kind = {
  name: 'backup-night',
  engineVersion: 1,
  executor: 'virtual',
  primaryMetric: 't95_vms_s',
  strategies,
  metrics,
  charts,
  msPerItem: 0.8,
  itemTable: 'vms',
  itemColumns: vmColumns,
  parseDocument: parse,
  generation: backupFamilies,
  variation: backupVariation,
  parseStrategy(text) {
    const { strategy, params } = findStrategy(text);
    return formatStrategyText(strategy.name, params, strategy.defaults);
  },
  shake: (document, cell) => ({ ...document, content: shakeDocument(document.content as Document, cell) }),
  async prepare() {
    solver = await loadSolver();
  },
  compute,
  tableNotes: bestPossible,
  findings,
};
