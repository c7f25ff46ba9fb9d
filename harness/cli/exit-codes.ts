/** night.md N25. 20 and 21 are the gate's. */
export const exitCodes = {
  done: 0,
  crash: 1,
  usage: 2,
  notComputed: 22,
  unusable: 23,
  SIGINT: 130,
  SIGTERM: 143,
} as const;
