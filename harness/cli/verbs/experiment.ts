import { join } from 'node:path';
import type { Command } from 'commander';
import picocolors from 'picocolors';
import { groupBy } from '../../kit/group.ts';
import { claimLines } from '../../measure/experiment/claim-text.ts';
import { claimTable } from '../../measure/experiment/claim-table.ts';
import { judgeCase, type JudgedClaim } from '../../measure/experiment/judge-claim.ts';
import { UserError } from '../../model/errors.ts';
import type { Kind, Row } from '../../model/kind.ts';
import { itemTableCsv } from '../../report/item-csv.ts';
import { writeAtomic } from '../../run/atomic-write.ts';
import { casesOf, type Claim } from '../../run/claims.ts';
import { findKind, loadKinds } from '../../run/kinds.ts';
import { readSuite } from '../../run/read-suites.ts';
import type { Suite } from '../../run/suite.ts';
import { kindsUrl } from '../kinds-url.ts';
import { parseCount } from '../options.ts';
import { addRunningOptions, runInto, type RunningOptions } from '../run-into.ts';

interface Options extends RunningOptions {
  readonly clusters?: number;
  readonly nights?: number;
}

export function experimentCommand(program: Command): void {
  const command = program
    .command('experiment')
    .summary('run a suite that says what it expects: confirmed, refuted or undecided')
    .description(
      'Runs a suite with claims, written down before, and judges each of them on every document: confirmed, refuted or undecided; where a source leaves parameters open, under each of the readings that the suite names.',
    )
    .argument('<suite>', 'a suite with claims')
    .option('--clusters <n>', 'cluster seeds 1 to n', parseCount(100_000))
    .option('--nights <m>', 'night seeds 1 to m', parseCount(100_000))
    .action(experimentVerb);
  addRunningOptions(command);
}

async function experimentVerb(file: string, options: Options): Promise<void> {
  const kinds = await loadKinds(kindsUrl());
  const suite = readSuite(file, kinds);
  if (suite.claims === undefined) throw new UserError(`${file}: has no claims; expected a suite with claims`);
  const kind = findKind(kinds, suite.kind ?? null)!;
  const judged = (rows: readonly Row[]) => suite.claims!.map((claim) => judge(claim, suite, kind, rows));
  await runInto(
    {
      what: {
        files: [file],
        strategies: null,
        clusters: options.clusters ?? null,
        nights: options.nights ?? null,
        shakes: 0,
      },
      json: ({ rows }) => ({ claims: judged(rows).map(({ claim, table }) => ({ ...claim, cases: table })) }),
      text({ rows }) {
        const all = judged(rows);
        const lines = all.flatMap(({ table }) => table.map((line) => Object.values(line)));
        const columns = Object.keys(all.flatMap(({ table }) => table)[0] ?? {});
        writeAtomic(join(options.out, 'claims.csv'), itemTableCsv(columns, lines));
        return all.map(claimText).join('\n\n');
      },
    },
    options,
  );
}

interface Judged {
  readonly claim: Claim;
  readonly documents: readonly JudgedClaim[];
  readonly table: ReturnType<typeof claimTable>;
}

function judge(claim: Claim, suite: Suite, kind: Kind, rows: readonly Row[]): Judged {
  const metric = kind.metrics.find(({ name }) => name === claim.metric)!;
  const cases = casesOf(claim, suite.readings, kind);
  const documents = [...groupBy(rows, (row) => row.document)].map(([document, own]) => ({
    document,
    cases: cases.flatMap(({ reading, more, than }) => {
      const one = judgeCase(own, { more, than, byAtLeast: claim.byAtLeast }, metric);
      return one === null ? [] : [{ reading, ...one }];
    }),
  }));
  return { claim, documents, table: claimTable(claim, documents) };
}

const claimText = ({ claim, documents }: Judged): string =>
  [
    picocolors.bold(claim.claim),
    picocolors.dim(`  expected: more ${claim.metric} under ${claim.more} than under ${claim.than}`),
    ...documents.flatMap((one) => {
      const [head, ...rest] = claimLines(one);
      return [`  ${one.document}: ${head}`, ...rest.map((line) => `    ${line}`)];
    }),
  ].join('\n');
