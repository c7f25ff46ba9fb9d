/** night.md N25. */
export const exitCodes = {
  done: 0,
  crash: 1,
  usage: 2,
  gateFailed: 20,
  inconclusive: 21,
  notComputed: 22,
  unusable: 23,
  SIGINT: 130,
  SIGTERM: 143,
} as const;
