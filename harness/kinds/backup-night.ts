import { strategies } from '../../strategies/index.ts';
import { contentHash } from '../kit/canonical.ts';
import { formatStrategyText } from '../kit/strategy-text.ts';
import { bestPossible } from '../measure/against-best.ts';
import { caveatsOf } from '../measure/caveats.ts';
import { findings } from '../measure/findings.ts';
import { vmColumns } from '../measure/item-table.ts';
import { metrics } from '../measure/metrics/metrics.ts';
import type { Document } from '../model/document/document.ts';
import { parseDocument } from '../model/document/parse-document.ts';
import type { Kind, LoadedDocument } from '../model/kind.ts';
import type { TextLines } from '../model/text-lines.ts';
import { charts } from '../report/charts/index.ts';
import { backupFamilies } from './backup-families.ts';
import { backupVariation } from './backup-variation.ts';
import { computeNight, findStrategy, nightCell, prepare } from './night-cell.ts';
import { shakeDocument } from './shake-document.ts';

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

/** One night of VM backups through proxies, in virtual time. */
export const backupNight: Kind = {
  name: 'backup-night',
  engineVersion: 2,
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
  prepare,
  compute: (document, spec, clock) => computeNight(nightCell(document, spec), { clock }).result,
  headlineNotes: [{ name: 'bound_set_by', label: 'What binds' }],
  tableNotes: bestPossible,
  findings,
};
