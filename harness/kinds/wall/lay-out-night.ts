import { measureMachine, type Machine } from '../../emulate/measure-machine.ts';
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
import type { Night } from '../../model/night.ts';
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
  const { isShaped, blockBytes, dataFolder } = read(options);
  if (dataFolder !== null && options['prepare'] === true) {
    const blockMB = blockMBToPrepare(night, options);
    await prepareImages(dataFolder, night, { night: imagesName(cell), blockBytes, blockMB }, signal);
  }
  const { plan, machine } = planNight(cell, { options, threads });
  if (isShaped)
    note({
      scale: plan.scale,
      scaleSetBy: plan.scaleSetBy,
      blockMB: plan.size.blockMB,
      blockBytes,
      ...machine,
    });
  return { plan, dataFolder };
}

/**
 * Makes nothing.
 *
 * @throws {UserError} for a scale that does not fit, and for data that is not there
 */
export function planNight(
  cell: NightCell,
  { options, threads }: Pick<LiveSetup, 'options' | 'threads'>,
): { plan: EmulationPlan; machine: Machine | null } {
  const { night } = cell;
  const { isShaped, blockBytes, dataFolder } = read(options);
  const blockMB =
    dataFolder === null
      ? null
      : options['prepare'] === true
        ? blockMBToPrepare(night, options)
        : readImages(dataFolder, imagesName(cell), blockBytes).blockMB;
  if (!isShaped) return { plan: planUnshaped(night, blockBytes), machine: null };
  const asked = typeof options['scale'] === 'number' ? options['scale'] : null;
  const machine = measureMachine(threads, blockBytes);
  const blocks = { blockBytes, blockMB, peakMBps: expectedPeakMBps(cell) };
  return { plan: planEmulation(night, machine, blocks, asked), machine };
}

function read(options: LiveSetup['options']) {
  const isShaped = options['unshaped'] !== true;
  const dataFolder = typeof options['data'] === 'string' ? options['data'] : null;
  return { isShaped, blockBytes: blockBytesOf(isShaped), dataFolder };
}

const imagesName = (cell: NightCell): string =>
  contentHash({ document: cell.document.content, ...cell.seeds });

function blockMBToPrepare(night: Night, options: LiveSetup['options']): number {
  const { isShaped, blockBytes } = read(options);
  return isShaped ? preparedBlockMB(night) : blockBytes / 1e6;
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
