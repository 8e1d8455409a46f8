import { Counter, Gauge, Histogram, Registry } from 'prom-client'

/** What the metrics read from the running platform. */
export interface Gauges {
  callsNow(): number
  bindings(): number
  openTransactions(): number
  ledgerQueued(): number
  trunks(): Readonly<Record<'up' | 'down' | 'unknown' | 'registered' | 'unregistered', number>>
}

/** Prometheus metrics; labels of few values only. The only file that knows the library. */
export class Metrics {
  readonly #registry = new Registry()
  readonly #ended: Counter<'reason' | 'blame' | 'direction'>
  /** By `direction protocol`; told to the library when somebody reads: its own counting costs as much as parsing a line. */
  readonly #messages = new Map<string, number>()
  readonly #talk: Histogram

  constructor(gauges: Gauges) {
    const registers = [this.#registry]
    new Gauge({
      name: 'vaxel_calls',
      help: 'Calls that go on now.',
      registers,
      collect() {
        this.set(gauges.callsNow())
      },
    })
    new Gauge({
      name: 'vaxel_bindings',
      help: 'Registered contacts.',
      registers,
      collect() {
        this.set(gauges.bindings())
      },
    })
    new Gauge({
      name: 'vaxel_sip_transactions',
      help: 'Open SIP transactions.',
      registers,
      collect() {
        this.set(gauges.openTransactions())
      },
    })
    new Gauge({
      name: 'vaxel_ledger_queued',
      help: 'Ledger entries that are not yet durable.',
      registers,
      collect() {
        this.set(gauges.ledgerQueued())
      },
    })
    new Gauge({
      name: 'vaxel_trunk_targets',
      help: 'Targets of trunks, by what OPTIONS and calls have shown.',
      labelNames: ['state'],
      registers,
      collect() {
        const { up, down, unknown } = gauges.trunks()
        for (const [state, count] of Object.entries({ up, down, unknown })) this.set({ state }, count)
      },
    })
    new Gauge({
      name: 'vaxel_trunk_registrations',
      help: 'Registrations of trunks at carriers.',
      labelNames: ['state'],
      registers,
      collect() {
        const { registered, unregistered } = gauges.trunks()
        for (const [state, count] of Object.entries({ registered, unregistered })) this.set({ state }, count)
      },
    })
    new Gauge({
      name: 'vaxel_process_memory_bytes',
      help: 'Resident memory.',
      registers,
      collect() {
        this.set(process.memoryUsage.rss())
      },
    })
    new Gauge({
      name: 'vaxel_process_heap_bytes',
      help: 'Used heap of the main thread, garbage that is not yet collected included.',
      registers,
      collect() {
        this.set(process.memoryUsage().heapUsed)
      },
    })
    new Gauge({
      name: 'vaxel_process_cpu_seconds',
      help: 'Processor time of all threads since start.',
      registers,
      collect() {
        const { user, system } = process.cpuUsage()
        this.set((user + system) / 1e6)
      },
    })
    this.#ended = new Counter({
      name: 'vaxel_calls_ended_total',
      help: 'Calls that have ended.',
      labelNames: ['reason', 'blame', 'direction'],
      registers,
    })
    const messages = this.#messages
    new Counter({
      name: 'vaxel_sip_messages_total',
      help: 'SIP messages on the wire.',
      labelNames: ['direction', 'protocol'],
      registers,
      collect() {
        this.reset()
        for (const [key, count] of messages) {
          const [direction = '', protocol = ''] = key.split(' ')
          this.inc({ direction, protocol }, count)
        }
      },
    })
    this.#talk = new Histogram({
      name: 'vaxel_call_talk_seconds',
      help: 'Talk time of answered calls.',
      buckets: [1, 10, 30, 60, 180, 600, 1800, 3600],
      registers,
    })
  }

  messageSeen(direction: 'in' | 'out', protocol: string): void {
    const key = `${direction} ${protocol}`
    this.#messages.set(key, (this.#messages.get(key) ?? 0) + 1)
  }

  callEnded(labels: { reason: string; blame: string; direction: string }, talkSeconds: number | undefined): void {
    this.#ended.inc(labels)
    if (talkSeconds !== undefined) this.#talk.observe(talkSeconds)
  }

  text(): Promise<string> {
    return this.#registry.metrics()
  }
}
