import { type Command, Option } from 'commander';
import { importInventory } from '../../inventory/import-inventory.ts';
import type { PlacementRule } from '../../inventory/placement-rules.ts';
import { type DiskSplit, diskSplits } from '../../inventory/vm-disks.ts';
import { UserError } from '../../model/errors.ts';
import { say } from '../terminal.ts';

interface Flags {
  readonly out: string;
  readonly overlay?: string;
  readonly placement?: string;
  readonly diskSplit: DiskSplit;
  readonly anonymise?: string;
  readonly clusterSeed: string;
}

export function importCommand(program: Command): void {
  program
    .command('import')
    .summary('make a document of an RVTools export')
    .description(
      'Makes a document of an RVTools export: a workbook (.xlsx), or a folder with one CSV file per sheet.\n' +
        'What the export does not say comes from the overlay, else from named assumptions; the ledger in the document says which.',
    )
    .argument('<export>', 'workbook, or folder of CSV files')
    .requiredOption('-o, --out <file>', 'the document to write (.yaml or .json)')
    .option('--overlay <file>', 'what the export does not say: devices, proxies, SAN zones, policies, jobs')
    .option(
      '--placement <rule>',
      'where VMs lie whose data store is not known: per-host, per-cluster, or stores per cluster',
    )
    .addOption(
      new Option(
        '--disk-split <rule>',
        'how the bytes of a VM split over its disks where only the total is known',
      )
        .choices(diskSplits)
        .default('even'),
    )
    .option('--anonymise <keyfile>', 'hash all names; the key file keeps the names, for you alone')
    .option('--cluster-seed <n>', 'draws what is drawn of the placement', '1')
    .action(async (source: string, flags: Flags) => {
      const lines = await importInventory({
        source,
        out: flags.out,
        overlay: flags.overlay ?? null,
        placement: flags.placement === undefined ? null : parsePlacement(flags.placement),
        diskSplit: flags.diskSplit,
        keyFile: flags.anonymise ?? null,
        clusterSeed: parseWhole('--cluster-seed', flags.clusterSeed, [0, 2 ** 31 - 1]),
      });
      say(lines.join('\n'));
    });
}

function parsePlacement(text: string): PlacementRule {
  if (text === 'per-host' || text === 'per-cluster') return text;
  return parseWhole('--placement per-host, per-cluster or a number', text, [1, 1000]);
}

function parseWhole(what: string, text: string, [least, most]: readonly [number, number]): number {
  const value = Number(text);
  if (/^\d+$/u.test(text) && value >= least && value <= most) return value;
  throw new UserError(`${what}: expected a whole number from ${least} to ${most}, got "${text}"`);
}
