import { modeOf } from '../model/access.ts';
import type { EndCause, Order } from '../model/executor.ts';
import type { Id } from '../model/facts.ts';
import type { AttemptFault } from '../model/night.ts';
import type { OrderPlaces } from './order-places.ts';
import { givingCount } from './phases.ts';
import { nothing, type Want } from './tokens.ts';

/** Bytes of an attempt under way: a read of one of its lanes, or a snapshot that is written back. */
export interface Moving {
  readonly attempt: Attempt;
  readonly flow: number;
  readonly sizeMB: number;
  /** null = of its present phase */
  readonly read: LaneRead | null;
}

/** One read of a lane. */
export interface LaneRead {
  readonly lane: number;
  /** in the lane */
  readonly place: number;
  readonly device: Id;
  /** what is read of it: less than is there where the attempt fails on the way */
  readonly sizeMB: number;
  /** the attempt fails when it ends */
  readonly fails: boolean;
}

/** How it begins, known when it is ordered. */
export interface Beginning {
  readonly places: OrderPlaces;
  /** the fault that it meets; null = none */
  readonly fault: AttemptFault | null;
  /** why it fails, if one of its phases does */
  readonly cause: EndCause | null;
  /** its proxy is gone, which is not noticed yet */
  readonly isFrozen: boolean;
  /** seconds until its proxy is up */
  readonly bootS: number;
  /** the delay that its phase lasts is over */
  readonly onTimer: (attempt: Attempt) => void;
}

/** An attempt under way. One object for all that changes: there are thousands at a time, and each lives for hours. */
export class Attempt {
  readonly id: number;
  readonly order: Order;
  /** its disks are attached to the proxy */
  readonly isLocal: boolean;
  readonly places: OrderPlaces;
  readonly fault: AttemptFault | null;
  readonly cause: EndCause | null;
  readonly bootS: number;
  /** when the snapshot was opened that it is to remove; null = it has none to remove */
  removesSinceS: number | null = null;
  isFrozen: boolean;
  isTransferring = false;
  isOver = false;
  movedMB = 0;
  /** its place in the table of phases */
  phase = 0;
  /** of the delay that its phase lasts; null = it lasts for something else */
  timer: number | null = null;
  /** in order of start */
  moving: Moving[] = [];
  /** lanes that have not read all */
  lanesLeft: number;
  /** what it has asked for, by what ends it: see phases.ts */
  readonly held: (readonly Want[])[] = Array(givingCount).fill(nothing);
  /** ends its delay; made once */
  readonly onTimer: () => void;

  constructor(order: Order, beginning: Beginning) {
    this.id = order.attempt;
    this.order = order;
    this.isLocal = modeOf(order.tier) === 'local';
    this.places = beginning.places;
    this.fault = beginning.fault;
    this.cause = beginning.cause;
    this.bootS = beginning.bootS;
    this.isFrozen = beginning.isFrozen;
    this.lanesLeft = order.lanes.length;
    const { onTimer } = beginning;
    this.onTimer = () => onTimer(this);
  }
}
