import { join } from 'node:path';
import type { Command } from 'commander';
import { backupNight } from '../../kinds/backup-night.ts';
import { compareNight } from '../../kinds/wall/compare-night.ts';
import { summaryOf, type ComparedCell } from '../../measure/agreement/summary.ts';
import type { Row } from '../../model/kind.ts';
import { chartsOfTwoNights } from '../../report/charts/two-nights/index.ts';
import { compareCells } from '../../report/csv.ts';
import { findCells } from '../../run/find-cell.ts';
import { pairCells, type CellPair } from '../../run/pair-cells.ts';
import { checkSameOutcome } from '../../run/same-outcome.ts';
import { chartsFolder, writeCharts } from '../../run/write-charts.ts';
import { compareText } from '../compare-text.ts';
import { successJson } from '../json.ts';
import { kindsUrl } from '../kinds-url.ts';
import { say } from '../terminal.ts';

interface Options {
  readonly json?: boolean;
}

/** below the emulated folder */
const comparisonFolder = 'compare';

export function compareCommand(program: Command): void {
  program
    .command('compare')
    .summary('lay emulated nights beside simulated ones')
    .description(
      'Pairs the cells of a folder of `run` and of one of `emulate` by document, seeds and strategy: makespan, time to 95 %, VMs protected over time, stranded by round, end times, streams per device, the first decision that differs and why. Draws both timelines into the emulated folder. An emulated outcome is not the same bytes twice.',
    )
    .argument('<dir-a>', 'folder that `run` or `emulate` wrote')
    .argument('<dir-b>', 'folder that the other of them wrote')
    .option('--json', 'one JSON document instead of the tables')
    .action(compareVerb);
}

async function compareVerb(a: string, b: string, { json }: Options): Promise<void> {
  const options = { kindsUrl: kindsUrl(), document: null };
  const found = [await findCells(a, options), await findCells(b, options)] as const;
  const { pairs, emulatedFolder } = pairCells([a, b], found);
  const cells = pairs.map(compared).toSorted(compareCells);
  const folder = join(emulatedFolder, comparisonFolder);
  await writeCharts(
    folder,
    { kind: { ...backupNight, charts: chartsOfTwoNights }, documents: [] },
    pairs.map(rowOf),
    { stage() {} },
  );
  const summary = summaryOf(cells);
  const charts = join(folder, chartsFolder);
  say(
    json === true
      ? successJson(0, { cells, summary, charts, deterministic: false })
      : `${compareText(cells, summary)}\nCharts: ${charts}/`,
  );
}

function compared({ simulated, emulated }: CellPair): ComparedCell {
  const { document, entry } = simulated;
  const { agreement, result } = compareNight({
    document,
    spec: entry.spec,
    simulated: entry.outcome,
    emulated: emulated.entry.outcome,
  });
  checkSameOutcome(simulated, result, kindsUrl());
  const { strategy, clusterSeed, nightSeed } = entry.spec;
  return { document: entry.document, strategy, clusterSeed, nightSeed, ...agreement };
}

/** Both sides' series in one row, see `two-nights/sides.ts`. */
function rowOf({ simulated: { entry }, emulated }: CellPair): Row {
  const theirs = Object.entries(emulated.entry.outcome.series).map(
    ([name, series]) => [`emulated.${name}`, series] as const,
  );
  const { document, documentHash, spec, outcome } = entry;
  return {
    document,
    documentHash,
    ...spec,
    outcome: { ...outcome, series: { ...outcome.series, ...Object.fromEntries(theirs) } },
  };
}
