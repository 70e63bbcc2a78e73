// Every bound of the system, each with its reason. What is not bounded will be filled by somebody.

export const LIMITS = {
  /** Ids come from callers' databases; UUIDs, ULIDs and URNs fit. */
  idBytes: 128,
  /** A chat message with an invite in it; longer ones are cut by the app that passes them on. */
  inviteTextBytes: 1000,
  /** Kinds of invites of one campaign; each keeps three columns of users. */
  invites: 20,
  /** A caller's own mark on a grant; enough for a UUID, too small for a person's data. */
  refBytes: 32,
  /** Why a manager did something: a sentence or two. */
  whyBytes: 500,
  /** A claim carries a device, an address, a shop; not a profile. */
  attributes: 16,
  /** Facts that claims of a campaign may carry; more is a profile. */
  facts: 32,
  /** A text among the facts: a city, a tariff, an address; not a document. */
  factBytes: 256,
  /** Entries of a list among the facts: conditions walk through all of them. */
  factItems: 64,
  /** A condition that people can still read. */
  conditionBytes: 2000,
  /** Steps that a condition may take at worst, each some tens of nanoseconds. */
  conditionSteps: 1000,
  /** Parts within parts of a condition. */
  conditionDepth: 24,
  /** One claim is below 1 KiB; more is a mistake or an attack. */
  bodyBytes: 65_536,
  /** About 40,000 claims; a batch is answered in a second or two. */
  batchBytes: 8_388_608,
  /** One cap ordinal is 8 bits in the journal, and so is the number of cells of an event. */
  caps: 200,
  offers: 1000,
  waves: 200,
  audiences: 200,
  /** Lists of users that are imported; each takes 8 bytes a user in memory. */
  lists: 200,
  variants: 100,
  /** Two months by the hour; the opening event holds every point. */
  curvePoints: 1500,
  /** Amounts of a table reward. */
  tableEntries: 1000,
  /** Packets of a split pot; each is a grant. */
  packets: 100_000_000,
  /** A draw's winners: a prize is a grant. */
  draws: 50,
  prizes: 50,
  /** Entries and wins of one user in one draw; both are counted in bytes and words. */
  entriesPerUser: 1_000_000,
  winsPerUser: 255,
  /** Places of a draw that are drawn at a time; the first ones touch memory never used before. */
  drawPlaces: 8,
  /** A draw's luck waits for a public round that comes so long after entries closed. */
  drawBeaconMs: 600_000,
  /** Campaign ordinals are 16 bits in the journal. */
  campaigns: 65_000,
  /** Grant ordinals are 32 bits in the journal. */
  grants: 4_000_000_000,
  /** A campaign of more than three years should be two. */
  campaignDays: 1200,
  /** What one record holds before it is sealed; one sync then serves thousands of claims. */
  recordCommands: 4000,
  recordBytes: 921_600,
  /** Lines of one import of exposures, and surfaces that a campaign can name. */
  exposureLines: 10_000,
  surfaces: 16,
  /** The writer yields to the event loop after this long, so that I/O goes on. */
  sliceMs: 1,
  /** Requests waiting for the writer; beyond it the answer is 503. About 50 ms of work. */
  queue: 20_000,
  /** Users of one audience.assign call. */
  assignUsers: 10_000,
  /** Users or values of one call that blocks, and how many of them one decision takes. */
  blockedAtOnce: 10_000,
  blocksInLine: 500,
  /** Grants that one search for suspects may find: 24 MB while its preview is kept. */
  suspects: 1_000_000,
  suspectPreviews: 4,
  /** Grants that a search looks at in one turn of the writer, and about a millisecond of it. */
  suspectsInSlice: 20_000,
  /** Grants of one call that acts on a preview, and of one decision, which is in one record. */
  suspectsAtOnce: 2500,
  suspectsInLine: 250,
  /** Users of one part of a list's import: some milliseconds of hashing. */
  listPartUsers: 10_000,
  /** Lines of compensation in one request: some milliseconds of the writer's time. */
  compensationLines: 1000,
  /** Users of one list: 800 MB in memory. */
  listUsers: 100_000_000,
  /** Imports of lists under way, each with its users in memory; an idle one is given up. */
  listImports: 2,
  listImportMs: 600_000,
  /** Expiries and releases of settled money per internal command. */
  sweepGrants: 500,
  /** Grants that user.grants and lists return in one page. */
  page: 1000,
  /** Every so many records the journal carries totals, which replay asserts. */
  totalsEveryRecords: 1000,
  /** A wall-clock step beyond this while running stops the writer. */
  clockStepMs: 60_000,
  /** Two machines' clocks differ by seconds; a round a minute ahead is unknown beyond doubt. */
  beaconAheadMs: 60_000,
  /** A claim that waits for a round is told to come back this long after it is due. */
  beaconLagMs: 10_000,
  /** A start with a clock further behind the journal than this needs a flag. */
  clockBehindMs: 300_000,
  /** A start with a clock further ahead of the journal than this needs a flag. */
  clockAheadMs: 604_800_000,

  // The server
  /**
   * Single requests being read or decided; about a second of work and 50 MB. Beyond it the answer
   * is 503, which costs nearly as much as a claim: refusing early would be refusing most of the
   * time.
   */
  requestsInFlight: 16_384,
  /** Batches held in memory at once, each of up to `batchBytes`. */
  batchesInFlight: 8,
  /** A batch of empty lines must not be answered by a thousand times its size. */
  batchLines: 100_000,
  /** Lines of a batch that are parsed and submitted at a time: less than 2 ms of the event loop. */
  batchChunkLines: 500,
  /** Chunks of one batch that wait for the journal at a time. */
  batchChunksInFlight: 4,
  /** A campaign file of hundreds of offers; its opening event holds at most 256 KiB. */
  campaignBytes: 1_048_576,
  /** Each costs some 20 KiB; more callers than that need a gateway before the server. */
  connections: 10_000,
  /** How long a request may wait for the writer before it is dropped undecided. */
  requestTimeoutMs: 5000,
  /** A body that takes longer to arrive holds its memory for nothing. */
  bodyTimeoutMs: 30_000,
  headersTimeoutMs: 10_000,
  /** Who takes none of an answer that is too large for the connection's buffers is dropped. */
  readerMs: 30_000,
  /** Answers of a batch, 30 MB at most, hold one of few places until they are read. */
  batchReadMs: 600_000,
  /** Longer than the idle time of the usual load balancers (60 s), so that they close first. */
  keepAliveMs: 65_000,
  /** Streams of events; each reads the journal on its own. */
  eventStreams: 32,
  /** Listeners of live snapshots, which are made once for all of a campaign; and how often. */
  liveStreams: 64,
  liveMs: 250,
  /** Steps of a campaign's history, and rows that one turn of the writer adds up: about 1 ms. */
  historySteps: 512,
  historyRows: 20_000,
  /** Unsent bytes of a stream before its client counts as too slow and is dropped. */
  eventStreamBytes: 1_048_576,
  /** Copies of the journal under way; each reads as fast as it is taken. */
  journalCopies: 2,
  /** 100 GB at 5 MB/s; a copy that takes longer is made on the machine itself. */
  journalCopyMs: 21_600_000,
  /** Proxies close what is silent for a minute. */
  heartbeatMs: 15_000,
  /** API keys of one server. */
  keys: 10_000,
  /** Verdicts of dozens of arms and metrics, and reports of the campaigns of some years. */
  reportBytes: 4_194_304,
  reports: 500,
  /** Files that a report was made from; a plan or a campaign file is some 10 KiB. */
  reportFiles: 8,
  reportFileBytes: 262_144,
  /** Sessions of AI assistants that the server keeps, and how long an idle one lives. */
  mcpSessions: 256,
  mcpSessionMs: 1_800_000,

  // Webhooks
  /** Each reads the journal on its own. */
  webhookEndpoints: 32,
  /** Messages of an endpoint that are sent or wait: beyond it, the rest waits in the journal. */
  webhooksPending: 10_000,
  webhookPendingBytes: 33_554_432,
  /** Requests to one endpoint at a time: receivers are smaller than senders. */
  webhooksInFlight: 16,
  /** The specification recommends 15 to 30 s. */
  webhookTimeoutMs: 15_000,
  /** What is read of an answer, so that its connection can be used again; nobody looks at it. */
  webhookAnswerBytes: 65_536,
  /** Dead letters of an endpoint; beyond it the last wait repeats, and nothing is given up. */
  webhooksDead: 10_000,
  /** Requests about dead letters that wait for the sender, who does them within a second. */
  webhookWishes: 100,
} as const;
