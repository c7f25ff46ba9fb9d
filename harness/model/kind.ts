// A kind of experiment: where an engine, strategies, metrics and charts of one sort meet. Running, journal,
// report and statistics are generic over it: none of them knows what is simulated.

import type { TextLines } from './text-lines.ts';

/** A number that a cell yields, and how to read it. */
export interface Metric {
  readonly name: string;
  readonly label: string;
  readonly unit: string;
  readonly better: 'lower' | 'higher' | 'neither';
  readonly definition: string;
  /** version of the definition: values of two versions are not compared */
  readonly version: number;
  /** in the table that `run` prints */
  readonly headline?: boolean;
}

export type CellStatus =
  | 'ok'
  | 'decision-invalid' // the strategy broke the contract or a promise
  | 'unsupported' // the strategy needs what the executor does not offer
  | 'crashed' // the strategy threw
  | 'timeout'
  | 'lost'; // its thread died

/** Steps, bins or bars that charts are drawn from; columns of equal length. */
export type Series = Readonly<Record<string, readonly (number | string)[]>>;

/** Deterministic: the same bytes for the same cell key, on any machine, for any number of threads. */
export interface Outcome {
  readonly status: CellStatus;
  /** why the status is not ok; null where it is */
  readonly message: string | null;
  /** by metric name; null = has no value here */
  readonly metrics: Readonly<Record<string, number | null>>;
  /** words beside the numbers, as "what set the makespan" */
  readonly notes: Readonly<Record<string, string | null>>;
  readonly series: Readonly<Record<string, Series>>;
}

export type CsvValue = string | number | boolean | null;

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly CsvValue[])[];
}

/** The per-item table of a cell (its side file): too long for the journal. */
export interface ItemTable {
  readonly columns: readonly string[];
  /** may be made as they are asked for: a cell of a million items has no list of them */
  readonly rows: Iterable<readonly CsvValue[]>;
}

export interface CellResult {
  readonly outcome: Outcome;
  readonly items: ItemTable;
  /** what of the cell's time went where, by name with unit, as strategy_ms: kept apart from the outcome */
  readonly cost?: Readonly<Record<string, number>>;
}

/** What a cell on the wall clock is given. */
export interface LiveSetup {
  readonly options: Readonly<Record<string, string | number | boolean | null>>;
  readonly threads: number;
  /** as it happens, before the cell is done; plain data */
  readonly note: (row: object) => void;
  /** a folder for files of the cell, not there yet: what a run that was cut off has left is removed */
  readonly folder: string;
  readonly signal: AbortSignal;
}

export interface LiveResult extends Omit<CellResult, 'cost'> {
  /** by the clock: kept apart from the outcome */
  readonly cost: Readonly<Record<string, number | string | null>>;
}

/** One (document, seeds, strategy). */
export interface CellSpec {
  /** canonical text form: name or name[key=value,...] */
  readonly strategy: string;
  readonly clusterSeed: number;
  readonly nightSeed: number;
  /** from 1: a copy with changes that mean nothing, another for each number; left out = as it is */
  readonly shake?: number;
}

/** A document that a kind has accepted: plain data that may cross a thread. */
export interface LoadedDocument {
  readonly name: string;
  /** SHA-256 of the canonical content */
  readonly hash: string;
  readonly content: unknown;
  /** what readers of the results must know, as "placement is assumed" */
  readonly caveats: readonly string[];
  /** number of its items: what the time of a cell grows with */
  readonly size: number;
  /** where it was read; left out: from no file */
  readonly path?: string;
  /** said by who has made of the content what it needs: it may be gone afterwards */
  readonly letGo?: () => void;
}

/** A document that stays in its file: who needs what is in it reads it there. */
export interface StoredDocument extends Omit<LoadedDocument, 'content'> {
  readonly path: string;
}

/** What is asked of a family of documents. Plain data that may cross a thread. */
export interface FamilyRef {
  readonly family: string;
  readonly parameters: Readonly<Record<string, string | number>>;
}

/** A document that is made where it is needed, from a family: every cluster seed makes another one of it. */
export interface MadeDocument {
  /** without the seed */
  readonly name: string;
  /** of what was asked for, and of the version of the families that answer it */
  readonly hash: string;
  readonly caveats: readonly string[];
  readonly size: number;
  readonly ref: FamilyRef;
}

/** One thing that is other than the document says. Plain data that may cross a thread. */
export type Change = { readonly knob: string; readonly value: number | string } | { readonly fault: string };

/** A document with changes laid over it, where it is needed: a sweep has thousands of them. */
export interface VariedDocument {
  readonly name: string;
  /** of the hash of its base and of the changes */
  readonly hash: string;
  readonly caveats: readonly string[];
  readonly size: number;
  readonly base: LoadedDocument | MadeDocument;
  readonly changes: readonly Change[];
}

export type PlanDocument = LoadedDocument | StoredDocument | MadeDocument | VariedDocument;

/** Something of a document that has values to choose from. */
export interface KnobInfo {
  readonly name: string;
  readonly unit: string;
  /** in words: which values it takes */
  readonly values: string;
  readonly summary: string;
}

export interface NumberRange {
  readonly least: number;
  readonly most: number;
  readonly whole: boolean;
}

/** Something that outcomes rest on and nobody has measured, and what else it may be. */
export interface AssumptionInfo {
  /** of a knob */
  readonly name: string;
  readonly unit: string;
  readonly summary: string;
  readonly range: NumberRange | readonly string[];
  /** where the range comes from */
  readonly source: string;
}

/** What of a kind's documents can be varied. */
export interface Variation {
  readonly knobs: readonly KnobInfo[];
  /** @throws {UserError} for an unknown knob, or a value that it does not take */
  readonly parseKnob: (knob: string, value: number | string) => Change;
  /** @throws {UserError} where the text has not the form of a fault */
  readonly parseFault: (text: string) => Change;
  /**
   * The same name and hash; what had to be done beside what was asked is added to the caveats.
   *
   * @throws {UserError} for a fault of something that the document does not have
   */
  readonly apply: (document: LoadedDocument, changes: readonly Change[]) => LoadedDocument;
  /** left out: the kind names none */
  readonly assumptions?: readonly AssumptionInfo[];
  /**
   * What a document has of each assumption that it makes; null = several values, or none. Of documents of one family it is the
   * same assumptions.
   */
  readonly assumedBy?: (document: LoadedDocument) => Readonly<Record<string, number | string | null>>;
  /** names of two metrics that are bought with each other */
  readonly tradeOffs: readonly (readonly [x: string, y: string])[];
}

export interface FamilyInfo {
  readonly name: string;
  /** what it asks of strategies */
  readonly question: string;
  /** in words: names and values */
  readonly parameters: string;
}

/** A kind's families of documents. */
export interface Generation {
  readonly families: readonly FamilyInfo[];
  /** @throws {UserError} for an unknown family, and for each parameter that is wrong */
  readonly parse: (family: string, parameters: Readonly<Record<string, unknown>>) => MadeDocument;
  /** the same content for the same arguments, on any machine */
  readonly make: (document: MadeDocument, clusterSeed: number) => LoadedDocument;
}

/** One row of results, as journal and charts see it. */
export interface Row extends CellSpec {
  readonly document: string;
  readonly documentHash: string;
  readonly outcome: Outcome;
}

/** A chart answers one question. */
export interface Chart {
  readonly name: string;
  readonly title: string;
  readonly question: string;
  /** vega-lite spec of the rows of one document; null = the rows have nothing to draw. `colours`: by strategy, the same in every chart. */
  readonly spec: (rows: readonly Row[], colours: Colours) => object | null;
}

export interface Colours {
  readonly strategies: readonly string[];
  readonly range: readonly string[];
  /** stroke dashes: where lines coincide, or are printed grey, colour alone does not tell them apart */
  readonly dashes: readonly (readonly number[])[];
}

export interface StrategyInfo {
  readonly name: string;
  readonly summary: string;
  readonly source: string;
  readonly additions: string;
  readonly defaults: Readonly<Record<string, unknown>>;
  /** parameters that take one of a few values */
  readonly choices?: Readonly<Record<string, readonly unknown[] | undefined>>;
  /** parameters that are true, and false switches one consideration off */
  readonly considerations?: readonly Consideration[];
}

export interface Consideration {
  readonly parameter: string;
  /** in words */
  readonly what: string;
  readonly source: string;
}

export interface Kind {
  readonly name: string;
  /** part of the cell key: raised whenever outcomes of an unchanged cell may change */
  readonly engineVersion: number;
  readonly executor: string;
  /** the metric that strategies are compared by where none is named */
  readonly primaryMetric?: string;
  readonly strategies: readonly StrategyInfo[];
  readonly metrics: readonly Metric[];
  readonly charts: readonly Chart[];
  /** what a cell takes for each item of its document, roughly, on a usual machine: for estimates where nothing is known */
  readonly msPerItem: number;
  /** the name of the per-item table, as "parcels" */
  readonly itemTable: string;
  readonly itemColumns: readonly string[];
  /** @throws {UserError} with every problem and its place */
  readonly parseDocument: (text: string | TextLines, path: string) => LoadedDocument;
  readonly generation?: Generation;
  readonly variation?: Variation;
  /** the canonical text form. @throws {UserError} for an unknown strategy or parameter */
  readonly parseStrategy: (text: string) => string;
  /**
   * The document with changes that mean nothing, drawn by the cell's seeds and `shake`, never by its strategy: what they do
   * to an outcome is noise. Left out = the kind has none.
   */
  readonly shake?: (document: LoadedDocument, cell: Required<Omit<CellSpec, 'strategy'>>) => LoadedDocument;
  /** loads what `compute` needs; awaited by each thread before its first cell */
  readonly prepare?: () => Promise<void>;
  /** Computes one cell. Throws only where the harness itself has a bug. @param clock milliseconds, for the cost alone */
  readonly compute: (document: LoadedDocument, cell: CellSpec, clock?: () => number) => CellResult;
  /**
   * Where the executor is the wall clock: computes one cell on threads of its own, and `compute` is not asked. The outcome is
   * not the same bytes twice. @throws what the signal was aborted with, and {UserError} for options that do not fit
   */
  readonly live?: (document: LoadedDocument, cell: CellSpec, setup: LiveSetup) => Promise<LiveResult>;
  /** asked once for each document, before anything is written. @throws {UserError} for options that do not fit */
  readonly checkLive?: (
    document: LoadedDocument,
    cell: CellSpec,
    setup: Pick<LiveSetup, 'options' | 'threads'>,
  ) => void;
  /** notes of cells that stand beside the metrics in tables of many points */
  readonly headlineNotes?: readonly { readonly name: string; readonly label: string }[];
  /** lines under the table of one document */
  readonly tableNotes?: (rows: readonly Row[]) => readonly string[];
  /** sentences in plain words about what a set of rows shows, best first; for the end of `run` */
  readonly findings: (rows: readonly Row[]) => readonly string[];
}
