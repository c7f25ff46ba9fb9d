import type { Inspection, JobTotals, ProxyView } from '../measure/inspect/inspect.ts';
import { accessModes } from '../model/access.ts';
import { formatClock, formatDuration, formatMB } from '../model/units.ts';
import { renderTable } from '../report/table.ts';

/** So many names of VMs are shown; the rest is counted. */
const shownNames = 8;

/** What `inspect` prints: totals, tiers, stream limits, bounds, windows, and what will strand. */
export function inspectText(inspection: Inspection): string {
  const { document, caveats, seeds } = inspection;
  const head = [
    `${document} (cluster seed ${seeds.clusterSeed}, night seed ${seeds.nightSeed})`,
    ...caveats.map((caveat) => `  note: ${caveat}`),
    totalsText(inspection),
  ].join('\n');
  const blocks = [
    ['Jobs, and whether they can fit their window', jobsTable(inspection)],
    ['Best way to the VMs', tiersTable(inspection)],
    ['Proxies: VMs that they reach, and their stream limits', proxiesTable(inspection)],
    ['By VMs as a whole, the night cannot be shorter than', boundsTable(inspection)],
    ['What will strand, whatever is decided', strandedText(inspection)],
  ];
  return [`${head}\n`, ...blocks.map(([title, body]) => `${title}\n${body}`)].join('\n');
}

function totalsText({ totals }: Inspection): string {
  const selected = totals.vms - totals.unselected;
  const rest = totals.unselected > 0 ? `, ${totals.unselected} selected by no job` : '';
  return `${selected} VMs to back up${rest}: ${formatMB(totals.toMoveMB)} to move of ${formatMB(totals.allocatedMB)} allocated`;
}

function jobsTable({ jobs, originS }: Inspection): string {
  const table = renderTable({
    columns: ['job', 'kind', 'VMs', 'to move', 'streams', 'starts', 'window ends', 'done at the earliest'],
    rows: jobs.map((job) => [
      job.job,
      job.kind,
      String(job.vms),
      formatMB(job.toMoveMB),
      String(job.streams),
      formatClock(originS, job.startS),
      formatClock(originS, job.windowEndS),
      job.binding === null ? '-' : formatClock(originS, job.boundS),
    ]),
    align: ['left', 'left', 'right', 'right', 'right', 'left', 'left', 'left'],
  });
  return [table, ...jobs.map((job) => `  ${fitText(job)}\n`)].join('');
}

const fitText = ({ job, canFit, boundS, windowEndS, binding }: JobTotals): string =>
  canFit
    ? `${job} may fit its window`
    : `${job} does not fit its window: ${formatDuration(boundS - windowEndS)} over, by ${binding}`;

function tiersTable({ tiers }: Inspection): string {
  return renderTable({
    columns: ['tier', 'VMs', 'to move'],
    rows: tiers.map(({ mode, vms, toMoveMB }, i) => [
      mode === null ? 'no path' : `${i + 1} ${mode}`,
      String(vms),
      formatMB(toMoveMB),
    ]),
    align: ['left', 'right', 'right'],
  });
}

function proxiesTable({ proxies }: Inspection): string {
  return renderTable({
    columns: ['proxy', ...accessModes, 'stream limit', 'comfortable', ''],
    rows: proxies.map((p) => [
      p.proxy,
      ...accessModes.map((mode) => String(p.vms[mode])),
      String(p.limit),
      String(p.comfortable),
      remarkOf(p),
    ]),
    align: ['left', 'right', 'right', 'right', 'right', 'right', 'right', 'left'],
  });
}

function remarkOf({ isCandidate, isFarAbove, limit, comfortable, maxStreams }: ProxyView): string {
  if (!isCandidate) return 'no data agent that is installed and active';
  if (isFarAbove) return `${(limit / comfortable).toFixed(1)} x comfortable, by the rule`;
  return maxStreams === null ? '' : 'limit set by maxStreams';
}

function boundsTable({ bounds, best }: Inspection): string {
  if (bounds.length === 0) return '  nothing to move\n';
  const table = renderTable({
    columns: ['time', 'because of', ''],
    rows: bounds.map(({ seconds, what }, i) => [formatDuration(seconds), what, i === 0 ? 'binds' : '']),
    align: ['right', 'left', 'left'],
  });
  const { kept, program } = best;
  const longest = bounds[0]!.seconds;
  const notes = [
    ...(best.bestS < longest
      ? [`disks one by one: no strategy is below ${formatDuration(best.bestS)}, because of ${best.binding}`]
      : []),
    ...(kept.bestS > best.bestS
      ? [`stream limits of proxies kept: ${formatDuration(kept.bestS)}, because of ${kept.binding}`]
      : []),
    ...(program === 'solved'
      ? []
      : [`bounds of one resource each: the linear programme was left out (${program})`]),
  ];
  return [table, ...notes.map((note) => `  ${note}\n`)].join('');
}

function strandedText({ stranded }: Inspection): string {
  if (stranded.length === 0) return '  nothing that the document tells\n';
  return stranded
    .map(({ why, vms }) => {
      const more = vms.length - shownNames;
      const names = [...vms.slice(0, shownNames), ...(more > 0 ? [`and ${more} more`] : [])];
      return `  ${vms.length} ${vms.length === 1 ? 'VM' : 'VMs'}, ${why}: ${names.join(', ')}\n`;
    })
    .join('');
}
