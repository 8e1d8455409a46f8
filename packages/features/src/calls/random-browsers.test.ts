import { describe, it } from 'node:test'
import { SeededRandom } from '@vaxel/testkit'
import { CallWorld } from '@vaxel/testkit/calls/call-world'
import type { PhoneCall, ServicePhone } from '@vaxel/testkit/calls/service-phone'

const numbers = ['201', '202', '203', '204', '400', '600', '+46701740610']

/** Pages that are loaded anew, lose their connections, fall silent and come back, in calls with each other and with phones, as a seed says. */
class Pages {
  readonly #world = new CallWorld({ reconnectMs: 8000 })
  readonly #random: SeededRandom
  readonly #pages: ServicePhone[]
  readonly #others: ServicePhone[]
  readonly #made: PhoneCall[] = []

  constructor(seed: number) {
    const world = this.#world
    this.#random = new SeededRandom(seed)
    world.directory.addNumber(world.acme, '400', { kind: 'service', service: 'conference' })
    world.directory.addNumber(world.acme, '600', { kind: 'service', service: 'echo' })
    this.#pages = ['201', '202', '203'].map((name) => world.browser(name))
    this.#others = [world.phone('202'), world.phone('204'), world.trunk().carrier]
    for (const phone of [...this.#pages, ...this.#others]) phone.onCall = (call) => this.#receive(call)
    world.ledger.delayMs = this.#pick([0, 5, 300])
  }

  async run(): Promise<void> {
    const world = this.#world
    for (let step = 0; step < 60; step++) {
      this.#act()
      await world.pass(this.#pick([0, 1, 5, 20, 200, 900, 3000]))
    }
    for (const call of this.#live()) call.hangUp()
    // Whoever is away by then is waited for once more.
    await world.pass(60_000)
    for (const call of this.#live()) call.hangUp()
    // What a lost page has left behind ends by its media, as no packet of it comes any more.
    for (const leg of world.engine.legs.keys()) world.engine.tell({ kind: 'quiet', leg, sinceMs: 3000 })
    await world.pass(60_000)
    await world.finish()
  }

  #act(): void {
    const world = this.#world
    const live = this.#live()
    const call = live.length > 0 ? this.#pick(live) : undefined
    const at = this.#random.between(0, this.#pages.length - 1)
    const page = this.#pages[at]!
    switch (this.#random.between(0, 9)) {
      case 0:
      case 1:
        this.#made.push(this.#pick([...this.#pages, ...this.#others]).call(this.#pick(numbers)))
        return
      case 2:
        return this.#random.between(0, 2) === 0 ? call?.hangUp() : undefined
      case 3:
        if (call?.isUp) void call.offer(this.#pick(['sendonly', 'sendrecv', 'inactive']))
        return
      case 4:
        if (call?.isUp) void call.transferTo(`sip:${this.#pick(numbers)}@acme.test`)
        return
      case 5: {
        const fresh = world.reload(page)
        fresh.onCall = (incoming) => this.#receive(incoming)
        this.#pages[at] = fresh
        if (this.#random.between(0, 3) > 0) this.#takeBack(fresh)
        return
      }
      case 6:
        return this.#takeBack(page)
      case 7:
        world.disconnect(page)
        return this.#random.between(0, 1) === 0 ? world.reconnect(page) : undefined
      default: {
        const legs = [...world.engine.legs.keys()]
        if (legs.length === 0) return
        const leg = this.#pick(legs)
        const sinceMs = this.#pick([0, 1000, 3000])
        return world.engine.tell(sinceMs === 0 ? { kind: 'heard', leg } : { kind: 'quiet', leg, sinceMs })
      }
    }
  }

  /** As a page does that knows nothing: by what the API tells it of its person's calls. */
  #takeBack(page: ServicePhone): void {
    const own = this.#world.commands
      .liveCalls(this.#world.acme.id)
      .flatMap(({ connections }) => connections)
      .filter((connection) => connection.party.number === page.name && connection.own)
    if (own.length === 0) return
    const replaces = this.#pick(own).own!.replaces
    this.#made.push(page.call(page.name, { headers: [['Replaces', replaces]] }))
  }

  #receive(call: PhoneCall): void {
    this.#made.push(call)
    const later = (act: () => void): void =>
      void this.#world.clock.startTimer(this.#random.between(0, 400), () => {
        if (!call.isOver) act()
      })
    const how = this.#random.between(0, 4)
    if (how === 0) return call.refuse(486)
    if (how === 1) return call.ring()
    call.ring()
    later(() => call.answer())
  }

  #live(): PhoneCall[] {
    return this.#made.filter((call) => !call.isOver)
  }

  #pick<T>(from: readonly T[]): T {
    return from[this.#random.between(0, from.length - 1)]!
  }
}

describe('browsers that come and go at random', () => {
  for (let seed = 1; seed <= 40; seed++)
    it(`leave nothing behind, and their calls end once each (seed ${seed})`, () => new Pages(seed).run())
})
