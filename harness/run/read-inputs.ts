import { dirname, relative, resolve } from 'node:path';
import type { Sweep } from '../kit/sweep.ts';
import { UserError } from '../model/errors.ts';
import type { Kind, PlanDocument } from '../model/kind.ts';
import { casesOf } from './claims.ts';
import { assumeRequests } from './assume-inputs.ts';
import { findKind } from './kinds.ts';
import { madeDocuments } from './made-documents.ts';
import { parseYaml } from './parse-yaml.ts';
import type { Request } from './plan.ts';
import { Problems } from './problems.ts';
import type { ReadApart } from './read-apart.ts';
import { readText } from './read-text.ts';
import { suiteSchemaFor, type Suite } from './suite.ts';
import { axesOf, readAsk, varyRequest, type VaryAsk } from './vary-inputs.ts';

/** What the command line says over what suites say. */
export interface Overrides {
  readonly strategies: readonly string[] | null;
  readonly clusters: number | null;
  readonly nights: number | null;
  /** left out: documents as they are written */
  readonly vary?: VaryAsk;
  /** shaken copies of every cell; left out: none */
  readonly shakes?: number;
  /** night seeds from here on; left out: from 1 */
  readonly firstNight?: number;
}

export interface Inputs {
  readonly kind: Kind;
  readonly requests: readonly Request[];
  /** null = nothing is varied */
  readonly sweep: Sweep | null;
}

/**
 * Reads and checks every file before anything is run.
 *
 * @param files paths of documents and suites
 * @param apart of them, what was read already
 * @throws {UserError} with the problems of all files
 */
export function readInputs(
  files: readonly string[],
  kinds: readonly Kind[],
  overrides: Overrides,
  apart: ReadApart = new Map(),
): Inputs {
  const problems = new Problems();
  const bare = (path: string) => ({ paths: [path], suite: null });
  const read = files.map((file) =>
    apart.has(file) ? bare(file) : problems.try(() => readFile(file, kinds) ?? bare(file)),
  );
  problems.throwIfAny();
  const asked = read.filter((one) => one !== undefined);
  const kind = oneKind(kinds, asked);
  const given = overrides.strategies?.map((text) => problems.try(() => kind.parseStrategy(text)));
  const parse = documentReader(kind, problems, apart);
  const requests = asked.map(({ paths, suite }) => ({
    documents: [
      ...paths.flatMap((path) => parse(path) ?? []),
      ...(suite?.families ?? []).flatMap((entry) => madeDocuments(kind, entry)),
    ],
    strategies: given?.flatMap((text) => text ?? []) ?? strategiesOf(suite, kind),
    ...(overrides.firstNight === undefined ? {} : { firstNight: overrides.firstNight }),
    clusters: overrides.clusters ?? suite?.clusters ?? 1,
    nights: overrides.nights ?? suite?.nights ?? 1,
    shakes: overrides.shakes ?? 0,
  }));
  if ((overrides.shakes ?? 0) > 0 && kind.shake === undefined)
    problems.add(`--shake: the kind ${kind.name} knows no changes that mean nothing`);
  problems.throwIfAny();
  return { kind, ...varied(requests, kind, overrides) };
}

function varied(requests: readonly Request[], kind: Kind, overrides: Overrides): Omit<Inputs, 'kind'> {
  const { vary, strategies } = overrides;
  if (vary === undefined || isAsWritten(overrides)) return { requests, sweep: null };
  const ask = readAsk(vary, kind);
  if (vary.assumptions !== undefined) return assumeRequests(requests, { kind, ask, how: vary.assumptions });
  const named = strategies?.map((text) => kind.parseStrategy(text)) ?? null;
  const each = requests.map((request) => varyRequest(request, { kind, ask, strategies: named }));
  return {
    requests: each.flatMap((one) => one.requests),
    sweep: { axes: axesOf(ask), points: each.flatMap((one) => one.points) },
  };
}

/** Nothing of the documents is varied. */
export const isAsWritten = ({ vary: ask }: Overrides): boolean =>
  ask === undefined ||
  (ask.vary.length + ask.faults.length + (ask.assume ?? []).length === 0 && ask.assumptions === undefined);

interface Asked {
  /** of documents */
  readonly paths: readonly string[];
  /** null = a document was named itself */
  readonly suite: Suite | null;
}

/** A suite says so at its head; anything else is left to the kind. */
const suiteForm = /^(?:\{\s*)?["']?suite["']?\s*:/mu;

/** @returns null = it is no suite */
function readFile(path: string, kinds: readonly Kind[]): Asked | null {
  const text = readText(path);
  if (typeof text !== 'string' || !suiteForm.test(text)) return null;
  const suite = parseYaml(suiteSchemaFor(kinds), text, path);
  const paths = suite.documents.map((name) => relative('', resolve(dirname(path), name)));
  return { paths, suite };
}

function oneKind(kinds: readonly Kind[], asked: readonly Asked[]): Kind {
  const found = new Set(asked.map(({ suite }) => findKind(kinds, suite?.kind ?? null)));
  const [kind] = found;
  if (kind !== undefined && found.size === 1) return kind;
  const names = [...found].map((each) => each?.name).join(', ');
  throw new UserError(`one run is of one kind of experiment; these files are of several: ${names}`);
}

/** Those that a suite names and those of its claims; of one that names none, all of the table. */
function strategiesOf(suite: Suite | null, kind: Kind): string[] {
  const ofClaims = (suite?.claims ?? [])
    .flatMap((claim) => casesOf(claim, suite!.readings, kind))
    .flatMap(({ more, than }) => [more, than]);
  const named = [...(suite?.strategies ?? []).map((text) => kind.parseStrategy(text)), ...ofClaims];
  return named.length > 0 ? [...new Set(named)] : kind.strategies.map(({ name }) => kind.parseStrategy(name));
}

/** Reads a document once, however many suites name it. */
function documentReader(
  kind: Kind,
  problems: Problems,
  apart: ReadApart,
): (path: string) => PlanDocument | undefined {
  const read = new Map<string, PlanDocument | undefined>();
  const readOne = (path: string): PlanDocument => {
    const known = apart.get(path);
    if (known instanceof UserError) throw known;
    return known ?? { ...kind.parseDocument(readText(path), path), path };
  };
  return (path) => {
    if (!read.has(path))
      read.set(
        path,
        problems.try(() => readOne(path)),
      );
    return read.get(path);
  };
}
