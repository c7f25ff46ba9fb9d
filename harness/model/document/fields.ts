import { z } from 'zod';

// The kinds of field that the document is made of. Every number carries its unit in its field's name.

const idForm = /^[^\s"'](.*[^\s"'])?$/u;
const longestId = 200;
export const id = z
  .string()
  .min(1)
  .max(longestId)
  .regex(idForm, 'an id has no quotes and no blanks at its ends')
  .describe('a name, unique among its kind');
/** What the schema above accepts. */
export const isId = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= longestId && idForm.test(value);
export const count = z.int().min(1);
export const share = z.number().min(0).max(1);
export const MB = z.number().min(0).max(1e12);
export const MBps = z.number().positive().max(1e9);
export const seconds = z.number().min(0).max(1e7);
export const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/u, 'a time of day reads "HH:MM", from "00:00" to "23:59"')
  .describe('time of day, "HH:MM"');

/** One value for every hour of the day, or 24 of them from 00:00 on. */
export const byHour = (value: z.ZodNumber) => z.union([value, z.array(value).length(24)]);

/** How a capacity falls with n concurrent streams: x max(efficiencyFloor, 1 / (1 + lossPerStream * (n - 1))). */
export const streamLoss = {
  lossPerStream: z.number().min(0).max(10),
  efficiencyFloor: z.number().positive().max(1),
};
