import type { CsvValue } from '../../model/kind.ts';
import type { JudgedClaim } from './judge-claim.ts';

/** A line per document and reading. Medians and bounds: ln(ratio) or difference, as `scale` says; `inf`: one side never gets there. */
export const claimTable = (
  { claim, metric }: { readonly claim: string; readonly metric: string },
  documents: readonly JudgedClaim[],
): Readonly<Record<string, CsvValue>>[] =>
  documents.flatMap(({ document, cases }) =>
    cases.map(({ reading, verdict, pair, comparison }) => ({
      document,
      claim,
      metric,
      reading: Object.entries(reading)
        .map(([name, value]) => `${name}=${value}`)
        .join(' '),
      more: pair.a,
      than: pair.b,
      verdict,
      scale: comparison.scale,
      clusters: pair.clusters,
      median: pair.median,
      low: pair.interval?.low ?? null,
      high: pair.interval?.high ?? null,
      p: pair.p,
    })),
  );
