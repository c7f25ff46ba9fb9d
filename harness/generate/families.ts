import type { Family } from './family.ts';
import { controlPlaneBound } from './families/control-plane-bound.ts';
import { enterpriseSan } from './families/enterprise-san.ts';
import { fewSanProxies } from './families/few-san-proxies.ts';
import { flaky } from './families/flaky.ts';
import { hciLocal } from './families/hci-local.ts';
import { hotDatastore } from './families/hot-datastore.ts';
import { mixedHypervisor } from './families/mixed-hypervisor.ts';
import { multiSite } from './families/multi-site.ts';
import { nasLan } from './families/nas-lan.ts';
import { oneGiant } from './families/one-giant.ts';
import { sharedArray } from './families/shared-array.ts';
import { twoJobs } from './families/two-jobs.ts';

export const families: readonly Family[] = [
  enterpriseSan,
  hciLocal,
  nasLan,
  multiSite,
  hotDatastore,
  sharedArray,
  fewSanProxies,
  controlPlaneBound,
  flaky,
  twoJobs,
  mixedHypervisor,
  oneGiant,
];

/**
 * Raised whenever the bytes of an unchanged ask may change, as the golden hashes say: a cell of a family is known by
 * what was asked for and by this, not by its bytes.
 */
export const familiesVersion = 2;
