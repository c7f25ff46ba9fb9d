import type { Draws } from './draws.ts';
import type { Vm } from './family.ts';

// Sizes of VMs. Source of every number: domain.md section 7 (from a workbook of 805 VMs, 4.1); what is marked [P] is our choice.

const MBperGiB = 1073.741824;
export const tail = { share: 0.12, alpha: 1.15, fromGiB: 350 } as const;
export const body = { medianGiB: 115, sigma: 0.56 } as const;
/** of the share of allocated bytes that is used: uniform, mean 0.5 */
export const used = { least: 0.35, most: 0.65 } as const;
export const change = { ordinary: 0.02, database: 0.12, databaseShare: 0.08 } as const;
/** 1, 2, 3, 4 or more */
export const diskCounts = [0.37, 0.56, 0.03, 0.04] as const;
export const mostDisks = 14;

/** By arithmetic of the above at a cap of 4 TiB: what an average VM holds. 0.88 x 134.5 + 0.12 x 1070 GiB, half of it used. */
export const meanUsedMB = 132_000;

/** Allocated bytes of a VM, whole MB (night.md N23). */
export function allocatedMBOf(draws: Draws, key: string, capGiB: number): number {
  const inTail = draws.uniform('sizes', 'tail', key) < tail.share;
  const GiB = inTail
    ? tail.fromGiB * (1 - draws.uniform('sizes', 'pareto', key)) ** (-1 / tail.alpha)
    : body.medianGiB * Math.exp(body.sigma * draws.normal('sizes', 'body', key));
  return Math.round(Math.min(capGiB, GiB) * MBperGiB);
}

/** The disks of a VM, all with the daily change of its kind. */
export function disksOf(
  draws: Draws,
  key: string,
  at: { readonly capGiB: number; readonly stores: readonly string[] },
): Vm['disks'] {
  const totalMB = allocatedMBOf(draws, key, at.capGiB);
  const usedShare = used.least + (used.most - used.least) * draws.uniform('usage', 'used', key);
  const isDatabase = draws.uniform('change', 'database', key) < change.databaseShare;
  const count = diskCountOf(draws, key);
  const parts = sharesOf(draws, key, count);
  let leftMB = totalMB;
  return parts.map((part, n) => {
    const allocatedMB = n === count - 1 ? leftMB : Math.min(leftMB, Math.round(totalMB * part));
    leftMB -= allocatedMB;
    return {
      store: at.stores[Math.min(n, at.stores.length - 1)]!,
      allocatedMB,
      usedMB: Math.round(allocatedMB * usedShare),
      ...(isDatabase ? { dailyChange: change.database } : {}),
    };
  });
}

export function diskCountOf(draws: Draws, key: string): number {
  const u = draws.uniform('disks', 'count', key);
  let below = 0;
  for (const [place, share] of diskCounts.slice(0, -1).entries()) {
    below += share;
    if (u < below) return place + 1;
  }
  // 4 to 14, about 8 on average, so that a VM has 1.9 disks as counted
  const rest = (u - below) / diskCounts[3];
  return diskCounts.length + Math.floor((mostDisks - diskCounts.length + 1) * rest * Math.sqrt(rest));
}

/** No source says how bytes split over disks: shares between 1 and 5 of each other [P]. */
function sharesOf(draws: Draws, key: string, count: number): number[] {
  if (count === 1) return [1];
  const weights = Array.from({ length: count }, (_, n) => 0.25 + draws.uniform('disks', `share ${n}`, key));
  const sum = weights.reduce((total, w) => total + w, 0);
  return weights.map((w) => w / sum);
}
