// What an attempt asks of whoever moves its bytes: the fluid solver in virtual time, real transfers on the wall clock.
// A flow at source rate x takes perMB * x of each resource on its way. Rates are max-min fair in x (night.md N3), unless the
// document asks for another sharing model.

/** How a capacity falls with the n flows on it. The product never rises with n: the what-if relies on that. */
export type Efficiency =
  | { readonly kind: 'none' }
  /** x max(efficiencyFloor, 1 / (1 + lossPerStream * (n - 1))) */
  | { readonly kind: 'loss'; readonly lossPerStream: number; readonly efficiencyFloor: number }
  /** x max(floor, comfortable / n) beyond `comfortable` flows */
  | { readonly kind: 'comfort'; readonly comfortable: number; readonly floor: number };

export interface ResourceSpec {
  /** finite, in the resource's own unit: MB/s, or cores */
  readonly capacity: number;
  readonly efficiency: Efficiency;
  /** where streams begin: there is a sharing model that treats these apart */
  readonly isDevice?: boolean;
}

/** What a rate of 1 MB/s at the source takes of a resource; > 0. */
export interface Use {
  readonly resource: number;
  readonly perMB: number;
}

export interface FlowSpec {
  readonly sizeMB: number;
  /** Infinity = no cap; then `uses` must not be empty */
  readonly capMBps: number;
  /** A resource named twice is taken twice, and the flow counts once on it. */
  readonly uses: readonly Use[];
  /** which bytes of its VM it reads; left out: none, as where a snapshot is written back */
  readonly reads?: ReadPlace;
}

/** One read of an attempt. */
export interface ReadPlace {
  readonly lane: number;
  /** its place in the lane */
  readonly place: number;
  /** where its bytes end, the attempt fails */
  readonly fails: boolean;
}

/** Those who move bytes. Flow ids ascend in order of start and are never used again. */
export interface Flows {
  /** @returns its id, dense from 0 */
  addResource(spec: ResourceSpec): number;
  setCapacity(resource: number, capacity: number): void;
  /** A flow of no bytes completes at once, even where it would have no rate. */
  start(flow: FlowSpec, attempt: number): number;
  /** Takes an unfinished flow away. @returns MB moved so far */
  stop(flow: number): number;
  setCap(flow: number, capMBps: number): void;
  /** Those under way, ascending. Not to be iterated across a change. */
  flows(): Iterable<number>;
}
