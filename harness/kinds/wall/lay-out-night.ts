import { measureMachine } from '../../emulate/measure-machine.ts';
import {
  planEmulation,
  planUnshaped,
  preparedBlockMB,
  type EmulationPlan,
} from '../../emulate/plan-emulation.ts';
import { prepareImages, readImages } from '../../emulate/prepare-images.ts';
import { contentHash } from '../../kit/canonical.ts';
import { maxOf } from '../../measure/sum.ts';
import type { LiveSetup } from '../../model/kind.ts';
import { computeNight, type NightCell } from '../night-cell.ts';

/** real bytes of a block; of files that nothing is held back for, as large as reads are fast with */
const blockBytesOf = (isShaped: boolean): number => (isShaped ? 4096 : 1 << 20);

export interface LaidOut {
  readonly plan: EmulationPlan;
  /** null = in memory */
  readonly dataFolder: string | null;
}

/** How the night is to be scaled to this machine, and where its data is; makes the data where that is asked. */
export async function layOutNight(
  cell: NightCell,
  { options, threads, note, signal }: Pick<LiveSetup, 'options' | 'threads' | 'note' | 'signal'>,
): Promise<LaidOut> {
  const { night } = cell;
  const isShaped = options['unshaped'] !== true;
  const blockBytes = blockBytesOf(isShaped);
  const asked = typeof options['scale'] === 'number' ? options['scale'] : null;
  const dataFolder = typeof options['data'] === 'string' ? options['data'] : null;
  const name = contentHash({ document: cell.document, ...cell.seeds });
  if (dataFolder !== null && options['prepare'] === true) {
    const blockMB = isShaped ? preparedBlockMB(night) : blockBytes / 1e6;
    await prepareImages(dataFolder, night, { night: name, blockBytes, blockMB }, signal);
  }
  const blockMB = dataFolder === null ? null : readImages(dataFolder, name, blockBytes).blockMB;
  if (!isShaped) return { plan: planUnshaped(night, blockBytes), dataFolder };
  const machine = measureMachine(threads, blockBytes);
  const plan = planEmulation(
    night,
    machine,
    { blockBytes, blockMB, peakMBps: expectedPeakMBps(cell) },
    asked,
  );
  note({
    scale: plan.scale,
    scaleSetBy: plan.scaleSetBy,
    blockMB: plan.size.blockMB,
    blockBytes,
    ...machine,
  });
  return { plan, dataFolder };
}

/** Of the night as it is simulated: this chooses the scale and nothing else. null = it cannot be simulated */
function expectedPeakMBps(cell: NightCell): number | null {
  const { record } = computeNight(cell, {});
  const steps = (record?.attempts ?? []).flatMap(({ transferS, endS, movedMB }) => {
    if (transferS === null || endS === null || endS <= transferS) return [];
    const MBps = movedMB / (endS - transferS);
    return [
      { atS: transferS, change: MBps },
      { atS: endS, change: -MBps },
    ];
  });
  let now = 0;
  const sums = steps.toSorted((a, b) => a.atS - b.atS).map(({ change }) => (now += change));
  return maxOf(sums, (MBps) => MBps);
}
