import { dirname, relative, resolve } from 'node:path';
import type { Sweep } from '../kit/sweep.ts';
import { UserError } from '../model/errors.ts';
import type { Kind, LoadedDocument } from '../model/kind.ts';
import { casesOf } from './claims.ts';
import { assumeRequests } from './assume-inputs.ts';
import { findKind } from './kinds.ts';
import { madeDocuments } from './made-documents.ts';
import { parseYaml } from './parse-yaml.ts';
import type { Request } from './plan.ts';
import { Problems } from './problems.ts';
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
 * @throws {UserError} with the problems of all files
 */
export function readInputs(files: readonly string[], kinds: readonly Kind[], overrides: Overrides): Inputs {
  const problems = new Problems();
  const read = files.map((file) => problems.try(() => readFile(file, kinds)));
  problems.throwIfAny();
  const asked = read.filter((one) => one !== undefined);
  const kind = oneKind(kinds, asked);
  const given = overrides.strategies?.map((text) => problems.try(() => kind.parseStrategy(text)));
  const parse = documentReader(kind, problems);
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

function varied(
  requests: readonly Request[],
  kind: Kind,
  { vary, strategies }: Overrides,
): Omit<Inputs, 'kind'> {
  if (vary === undefined || isNothing(vary)) return { requests, sweep: null };
  const ask = readAsk(vary, kind);
  if (vary.assumptions !== undefined) return assumeRequests(requests, { kind, ask, how: vary.assumptions });
  const named = strategies?.map((text) => kind.parseStrategy(text)) ?? null;
  const each = requests.map((request) => varyRequest(request, { kind, ask, strategies: named }));
  return {
    requests: each.flatMap((one) => one.requests),
    sweep: { axes: axesOf(ask), points: each.flatMap((one) => one.points) },
  };
}

const isNothing = ({ vary, faults, assume = [], assumptions }: VaryAsk): boolean =>
  vary.length + faults.length + assume.length === 0 && assumptions === undefined;

interface Asked {
  /** of documents */
  readonly paths: readonly string[];
  /** null = a document was named itself */
  readonly suite: Suite | null;
}

/** A suite says so at its head; anything else is left to the kind. */
const suiteForm = /^(?:\{\s*)?["']?suite["']?\s*:/mu;

function readFile(path: string, kinds: readonly Kind[]): Asked {
  const text = readText(path);
  if (typeof text !== 'string' || !suiteForm.test(text)) return { paths: [path], suite: null };
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
function documentReader(kind: Kind, problems: Problems): (path: string) => LoadedDocument | undefined {
  const read = new Map<string, LoadedDocument | undefined>();
  return (path) => {
    if (!read.has(path))
      read.set(
        path,
        problems.try(() => ({ ...kind.parseDocument(readText(path), path), path })),
      );
    return read.get(path);
  };
}
