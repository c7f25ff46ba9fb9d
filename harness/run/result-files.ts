/** One row per cell: what a comparison is made of. */
export const trialsFile = 'trials.csv';
/** The same of the shaken copies, where there are any. */
export const shakenFile = 'shaken.csv';
/** What a comparison leaves behind: of no use once the rows are others. */
export const judgeFolder = 'judge';
/** One row per point of a sweep. */
export const sweepFile = 'sweep.csv';
/** One row per assumption that was tried and pair of strategies. */
export const robustnessFile = 'robustness.csv';
