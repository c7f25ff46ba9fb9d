/** Waiting for slots is a phase of its own for the engine; for a reader it is part of what it comes before. */
export const phaseName = (phase: string): string => phase.replace(/: slots$/u, '');
