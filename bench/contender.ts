// What a benchmark is made of: a question, our answer, and the peers that answer the same one.

export interface Figures {
  /** In the bench's unit. */
  value: number;
  /** Further figures of the same run by name, such as `p99Ms`; their medians are reported. */
  more?: Record<string, number>;
}

export interface Contender {
  name: string;
  /** Starts what it needs. A text says why it cannot run here; it is then reported as absent. */
  start(): Promise<string | null>;
  /** `run` counts from 0, so that no two runs send the same claims. */
  run(run: number): Promise<Figures>;
  stop(): Promise<void>;
}

export interface Bench {
  name: string;
  unit: string;
  /** One paragraph: what is measured, and how. */
  method: string;
  ours: Contender;
  peers: Contender[];
}
