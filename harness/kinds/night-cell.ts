import { strategies } from '../../strategies/index.ts';
import { solversBySharing } from '../engine/fluid/sharing/solvers.ts';
import type { FluidSolver } from '../engine/fluid/solver.ts';
import { parseStrategyText, resolveParams } from '../kit/strategy-text.ts';
import { bestNightOf, type BestNight } from '../measure/best-night.ts';
import type { SolveProgram } from '../measure/bounds.ts';
import { vmColumns } from '../measure/item-table.ts';
import { measureNight } from '../measure/measure-night.ts';
import type { Document } from '../model/document/document.ts';
import { UserError } from '../model/errors.ts';
import type { CellResult, CellSpec, CellStatus, LoadedDocument } from '../model/kind.ts';
import type { NightListener } from '../model/listener.ts';
import { didYouMean } from '../model/nearest.ts';
import type { Night } from '../model/night.ts';
import type { Params } from '../model/params.ts';
import type { NightRecord } from '../model/record.ts';
import type { Strategy } from '../model/strategy.ts';
import { compileNight, type Seeds } from '../night/compile-night.ts';
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

type Loaded = Pick<LoadedDocument, 'content' | 'letGo'>;

/** null until `prepare`, and where the package is not installed */
let solver: SolveProgram | null = null;

/** Loads what bounds are solved with, where it is installed. */
export async function prepare(): Promise<void> {
  solver = await loadSolver();
}

/** Bounds hold for every strategy: those of a document that is at hand are worked out once for each of its nights. */
const knownBounds = new WeakMap<Loaded, Map<string, BestNight>>();

export function boundsFor(document: Loaded, night: Night, { clusterSeed, nightSeed }: Seeds): BestNight {
  const ofDocument = knownBounds.get(document) ?? new Map<string, BestNight>();
  knownBounds.set(document, ofDocument);
  const key = `${clusterSeed} ${nightSeed} ${solver === null}`;
  const bounds = ofDocument.get(key) ?? bestNightOf(night, solver);
  ofDocument.set(key, bounds);
  return bounds;
}

/** A cell with what it takes to simulate it. */
export interface NightCell {
  /** its content may be gone, see `letGo` */
  readonly document: Loaded;
  readonly seeds: Seeds;
  readonly night: Night;
  readonly strategy: Strategy;
  readonly params: Params;
  readonly seedText: string;
}

/** @throws {UserError} for an unknown strategy or parameter */
export function nightCell(document: Loaded, { strategy: text, clusterSeed, nightSeed }: CellSpec): NightCell {
  const seeds = { clusterSeed, nightSeed };
  const night = compileNight(document.content as Document, seeds);
  document.letGo?.();
  return { document, seeds, night, ...findStrategy(text), seedText: `${nightSeed}|${text}` };
}

/** What a strategy did wrong is a status of its cell; anything else thrown is a bug of ours. By name: it may come from another thread. */
const faults: Readonly<Record<string, CellStatus>> = {
  DecisionInvalid: 'decision-invalid',
  StrategyCrashed: 'crashed',
  Unsupported: 'unsupported',
};

export const statusOf = ({ name }: Error): CellStatus | null => faults[name] ?? null;

/** What somebody listens with; it changes no outcome. */
export interface Ears {
  readonly listener?: NightListener;
  readonly tap?: (solver: FluidSolver) => FluidSolver;
  /** ms; what the strategy takes of the time is measured with it */
  readonly clock?: (() => number) | undefined;
}

/** @returns `record` null = the strategy did something wrong, which the outcome says */
export function computeNight(
  cell: NightCell,
  { listener, tap = (inner) => inner, clock = () => 0 }: Ears,
  signal?: AbortSignal,
): { readonly result: CellResult; readonly record: NightRecord | null } {
  const { document, seeds, night, params, seedText } = cell;
  const { strategy, ms } = timeStrategy(cell.strategy, clock);
  try {
    const createSolver = () => tap(solversBySharing[night.sharing]());
    const record = simulateNight({ night, strategy, params, seedText, listener, createSolver }, signal);
    const { items, ...measured } = measureNight(night, record, boundsFor(document, night, seeds));
    const outcome = { status: 'ok', message: null, ...measured } as const;
    return { result: { outcome, items, cost: { strategy_ms: ms() } }, record };
  } catch (error) {
    const status = statusOf(error as Error);
    if (status === null) throw error;
    const outcome = { status, message: (error as Error).message, metrics: {}, notes: {}, series: {} };
    return { result: { outcome, items: { columns: vmColumns, rows: [] } }, record: null };
  }
}
