import type { Chart } from '../../model/kind.ts';
import { chartWidth } from '../theme.ts';
import { byStrategy, numbersOf, spreadOf, type Spread, type StrategyRows } from './cells.ts';
import { spreadText, strategyColour } from './encodings.ts';

const maxRounds = 6;

export const strandedByRound: Chart = {
  name: 'stranded-by-round',
  title: 'Stranded by round',
  question: 'How many VMs does each strategy strand, round by round?',
  spec(rows, colours) {
    const shown = byStrategy(rows, colours, 'rounds');
    if (shown.length === 0) return null;
    const longest = Math.max(
      ...shown.flatMap((one) =>
        one.rows.map((row) => numbersOf(row.outcome.series['rounds'], 'round').length),
      ),
    );
    const bars = barsOf(shown, Math.min(longest, maxRounds));
    const y = (field: string) => ({
      field,
      type: 'quantitative',
      axis: { title: 'VMs', tickMinStep: 1, format: 'd' },
      scale: { domainMax: Math.max(1, ...bars.map((bar) => bar.high ?? 0)) * 1.08 },
    });
    return {
      description: [
        spreadText(rows, 'bar = median, line = least to most'),
        'stranded = failed or not assigned; unfinished = the window closed first',
        'a strategy that is through keeps its last count',
      ].join('\n'),
      width: chartWidth - 70,
      height: 320,
      data: { values: bars },
      encoding: {
        x: {
          field: 'when',
          type: 'nominal',
          sort: null,
          axis: { title: null, labelAngle: 0 },
          scale: { paddingInner: 0.25 },
        },
        xOffset: { field: 'strategy', type: 'nominal', sort: shown.map((one) => one.strategy) },
      },
      layer: [
        { mark: 'bar', encoding: { y: y('mid'), color: strategyColour(shown, colours) } },
        { mark: { type: 'rule', stroke: '#222222' }, encoding: { y: y('low'), y2: { field: 'high' } } },
        // numbers only where the bars are broad enough for them
        ...(chartWidth / bars.length < 20
          ? []
          : [
              {
                mark: { type: 'text', dy: -7, fontSize: 11 },
                encoding: { y: y('high'), text: { field: 'text' } },
              },
            ]),
      ],
    };
  },
};

function barsOf(shown: readonly StrategyRows[], roundCount: number) {
  const rounds = Array.from({ length: roundCount }, (_, i) => ({
    when: `after round ${i + 1}`,
    counts: (one: StrategyRows) =>
      one.rows.map((row) => {
        const stranded = numbersOf(row.outcome.series['rounds'], 'stranded');
        return stranded[Math.min(i, stranded.length - 1)]!;
      }),
  }));
  const groups = [...rounds, countsOf('at the end', 'stranded'), countsOf('unfinished', 'unfinished')];
  return groups
    .map(({ when, counts }) =>
      shown.map((one) => ({ when, strategy: one.strategy, ...labelled(spreadOf(counts(one))) })),
    )
    .filter((bars, place) => place <= roundCount || bars.some((bar) => bar.high !== 0))
    .flat();
}

const countsOf = (when: string, metric: string) => ({
  when,
  counts: (one: StrategyRows) => one.rows.map((row) => row.outcome.metrics[metric] ?? 0),
});

/** The median; a range where a lone 0 over a line would puzzle. */
const labelled = (spread: Spread) => ({
  ...spread,
  text: spread.mid === 0 && spread.high !== 0 ? `0–${spread.high}` : String(spread.mid),
});
