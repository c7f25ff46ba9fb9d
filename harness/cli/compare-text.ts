import type { FirstDecision, StartTold } from '../measure/agreement/first-decision.ts';
import {
  separation,
  type AgreementSummary,
  type ComparedCell,
  type ErrorSpread,
} from '../measure/agreement/summary.ts';
import { renderTable } from '../report/table.ts';

const percent = (share: number | null, digits = 2): string =>
  share === null ? '-' : `${(100 * share).toFixed(digits)} %`;
const signed = (share: number | null): string =>
  share === null ? '-' : `${share >= 0 ? '+' : ''}${percent(share)}`;
const seconds = (s: number | null): string => (s === null ? '-' : s.toFixed(1));

export const compareText = (cells: readonly ComparedCell[], summary: AgreementSummary): string =>
  [timesTable(cells), differencesTable(cells), ...cells.map(decisionLine), '', ...summaryLines(summary)].join(
    '\n',
  );

const table = (cells: readonly ComparedCell[], columns: Columns): string =>
  renderTable({
    columns: ['document', 'strategy', ...Object.keys(columns)],
    align: ['left', 'left', ...Object.keys(columns).map(() => 'right' as const)],
    rows: cells.map((cell) => [
      cell.document,
      cell.strategy,
      ...Object.values(columns).map((text) => text(cell)),
    ]),
  });

type Columns = Readonly<Record<string, (cell: ComparedCell) => string>>;

const timesTable = (cells: readonly ComparedCell[]): string =>
  table(cells, {
    'makespan\nsimulated [s]': (c) => seconds(c.simulatedMakespanS),
    'emulated\n[s]': (c) => seconds(c.emulatedMakespanS),
    error: (c) => signed(c.makespanError),
    '95 % of VMs\nsimulated [s]': (c) => seconds(c.simulatedT95S),
    'emulated\n[s] ': (c) => seconds(c.emulatedT95S),
    'error ': (c) => signed(c.t95Error),
    'VMs finished\nand verified': (c) => `${c.vmsFinished}, ${c.vmsVerified}`,
  });

const differencesTable = (cells: readonly ComparedCell[]): string =>
  table(cells, {
    'protected\napart, most': (c) => percent(c.protectedShareDifference, 1),
    'VM ends apart [s]\nmedian, 95 %': (c) =>
      `${seconds(c.vmEndDifferenceS?.median ?? null)}, ${seconds(c.vmEndDifferenceS?.p95 ?? null)}`,
    'streams per device\napart, of mean': (c) =>
      `${c.deviceStreamsDifference.toFixed(2)} of ${c.deviceStreamsMean.toFixed(1)}`,
    'stranded by round\nsimulated | emulated': (c) =>
      `${c.simulatedStrandedByRound.join(' ')} | ${c.emulatedStrandedByRound.join(' ')}`,
  });

const decisionLine = ({ document, strategy, firstDecision }: ComparedCell): string =>
  `${document}, ${strategy}: ${firstDecision === null ? 'every decision is the same.' : decisionText(firstDecision)}`;

const decisionText = ({ afterStarts, simulated, emulated, why }: FirstDecision): string =>
  `the first ${afterStarts} starts are the same, then ${startText(simulated)} (simulated), ${startText(emulated)} (emulated): ${why}.`;

const startText = (start: StartTold | null): string =>
  start === null ? 'none' : `${start.vm} to ${start.proxy} at ${start.atS.toFixed(2)} s`;

function summaryLines(summary: AgreementSummary): string[] {
  const { makespan, t95, pairs, pairsAlike, strandedDiffers } = summary;
  const apart = `${((separation - 1) * 100).toFixed(0)} %`;
  const wrong = pairs.filter((pair) => !pair.isSame);
  return [
    spreadLine('Makespan', makespan),
    spreadLine('Time to 95 % of VMs', t95),
    `Stranded by round: ${strandedDiffers.length === 0 ? 'the same in every cell' : `differs in ${strandedDiffers.join(', ')}`}.`,
    `Ranking: ${pairsAlike} of ${pairs.length} pairs of strategies that the simulation separates by more than ${apart} are in the same order.`,
    ...wrong.map(
      (p) => `  not ${p.document}: ${p.better} before ${p.worse}, ${p.emulatedRatio.toFixed(3)} emulated`,
    ),
    `VMs: ${summary.vmsFinished} finished, ${summary.vmsVerified} restored and verified. An emulated night is not the same bytes twice.`,
  ];
}

const spreadLine = (what: string, spread: ErrorSpread | null): string =>
  spread === null
    ? `${what}: no cell has it in both nights.`
    : `${what}: median error ${percent(spread.median)}, worst ${percent(spread.worst)} (${spread.worstCell}), ${spread.cells} cells.`;
