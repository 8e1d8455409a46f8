import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { CallVerb } from '@vaxel/core'
import { SeededRandom } from '@vaxel/testkit'
import { CallWorld } from '@vaxel/testkit/calls/call-world'
import type { PhoneCall, ServicePhone } from '@vaxel/testkit/calls/service-phone'
import { createCallFeatures } from './codes/call-features.ts'

const verbs: readonly CallVerb[] = ['hold', 'retrieve', 'deflect', 'consult', 'transfer', 'clear', 'sendDigits']
const numbers = [
  '201',
  '202',
  '203',
  '204',
  '230',
  '240',
  '250',
  '*0100',
  '299',
  '400',
  '+46701740610',
  '112',
  '+46846500402',
]

/** People, a carrier, commands, a slow disk and a slow engine do what a seed says. */
class Chaos {
  readonly #world = new CallWorld()
  readonly #random: SeededRandom
  readonly #phones: ServicePhone[]
  readonly #made: PhoneCall[] = []

  constructor(seed: number) {
    const world = this.#world
    createCallFeatures(world.service)
    this.#random = new SeededRandom(seed)
    if (this.#random.between(0, 1)) Object.assign(world.acme, { directAudioNetworks: ['10.0.0.0/24'] })
    const userIds = [world.user('202').id, world.user('203').id]
    world.directory.addNumber(world.acme, '230', { kind: 'group', userIds, name: 'Sales' })
    world.directory.addNumber(world.acme, '240', { kind: 'shared', userIds, name: 'Line', overflow: { busy: '204' } })
    world.directory.addNumber(world.acme, '250', {
      kind: 'group',
      userIds: [...userIds, world.user('204').id],
      name: 'Service',
      mode: this.#pick(['inOrder', 'longestIdle', 'random'] as const),
      memberSeconds: 5,
      overflow: { noAnswer: '+46701740610', busy: '230' },
    })
    world.directory.addNumber(world.acme, '*0100', { kind: 'short', to: '202' })
    world.handling.set(world.user('204').id, {
      callWaiting: false,
      rules: [{ name: 'on', moment: 'busy', action: { kind: 'forward', to: '250' } }],
    })
    world.directory.addNumber(world.acme, '400', { kind: 'service', service: 'conference' })
    world.directory.addNumber(world.acme, '+46846500402', { kind: 'user', userId: world.user('202').id })
    const { carrier } = world.trunk({ pricePerMinuteMicros: { '': 60_000 }, channels: 3 })
    this.#phones = [...['201', '201', '202', '203', '204'].map((name) => world.phone(name)), carrier]
    for (const phone of this.#phones) phone.onCall = (call) => this.#receive(call)
    world.ledger.delayMs = this.#pick([0, 0, 5, 300])
    const engineDelayMs = this.#pick([0, 0, 3, 40])
    if (engineDelayMs > 0)
      world.engine.before = () =>
        new Promise((resolve) => void world.clock.startTimer(this.#random.between(0, engineDelayMs), resolve))
  }

  async run(): Promise<void> {
    const world = this.#world
    // A phone that is called to nothing by a race is answered by the stack; the log may say that a closed leg found nothing.
    for (let step = 0; step < 60; step++) {
      this.#act()
      await world.pass(this.#pick([0, 1, 2, 5, 20, 200, 3000]))
    }
    await world.pass(15_000)
    this.#assertBothOrNeither()
    for (const call of this.#live()) call.hangUp()
    await world.pass(40_000)
    for (const call of this.#live()) call.hangUp()
    await world.pass(5000)
    await world.finish()
  }

  /** Who was told to send sound to another telephone is sent that one's, by a call of both. */
  #assertBothOrNeither(): void {
    const ways = this.#live()
      .filter(({ isUp }) => isUp)
      .map(({ phone, sdp }) => ({ from: phone.address, to: /^c=IN IP4 (\S+)/m.exec(sdp ?? '')?.[1] }))
      .filter(({ to }) => to !== undefined && to !== '10.0.0.100')
    for (const { from, to } of ways)
      assert.ok(
        ways.some((back) => back.from === to && back.to === from),
        `${from} sends to ${to}, and is not sent to: ${JSON.stringify(ways)}`,
      )
  }

  #act(): void {
    const world = this.#world
    const live = this.#live()
    const call = live.length > 0 ? this.#pick(live) : undefined
    switch (this.#random.between(0, 9)) {
      case 0:
      case 1: {
        const phone = this.#pick(this.#phones)
        const offer = this.#random.between(0, 9) === 0 ? { offer: undefined } : {}
        this.#made.push(phone.call(this.#pick(numbers), offer))
        return
      }
      case 2:
        return call?.hangUp()
      case 3:
        if (call?.isUp) void call.offer(this.#pick(['sendonly', 'sendrecv', 'inactive']))
        return
      case 4:
        if (call?.isUp) void call.transferTo(`sip:${this.#pick(numbers)}@acme.test`)
        return
      case 5: {
        const other = live.find((c) => c !== call && c.phone === call?.phone)
        if (call?.isUp && other) void call.joinWith(other, this.#pick(numbers))
        return
      }
      case 6: {
        const { usage } = call ?? {}
        if (!usage) return
        const value = `${usage.sipCallId};to-tag=${usage.remoteTag};from-tag=${usage.localTag}`
        this.#made.push(this.#pick(this.#phones).call('201', { headers: [['Replaces', value]] }))
        return
      }
      case 7: {
        const [state] = [...world.service.states()]
        if (!state) return
        const legId = this.#pick([undefined, ...state.call.legs.keys()])
        const other = this.#pick([...world.service.states()]).call.id
        void world.commands.command({ companyId: world.acme.id }, state.call.id, this.#pick(verbs), {
          to: this.#pick(numbers),
          digits: '1',
          ...(legId ? { legId } : {}),
          ...(this.#random.between(0, 1) ? { otherCallId: other } : {}),
        })
        return
      }
      case 8: {
        const user = world.user(this.#pick(['201', '202', '204']))
        void world.commands.makeCall({ companyId: user.companyId, fromUserId: user.id, to: this.#pick(numbers) })
        return
      }
      case 9: {
        const legs = [...world.engine.legs.keys()]
        if (legs.length > 0 && this.#random.between(0, 3) === 0)
          world.engine.tell({ kind: 'failed', leg: this.#pick(legs), reason: 'by chance' })
      }
    }
  }

  #receive(call: PhoneCall): void {
    this.#made.push(call)
    const later = (act: () => void): void =>
      void this.#world.clock.startTimer(this.#random.between(0, 400), () => {
        if (!call.isOver) act()
      })
    switch (this.#random.between(0, 7)) {
      case 0:
        return call.refuse(486)
      case 1:
        return call.refuse(302, [['Contact', `<sip:${this.#pick(numbers)}@acme.test>`]])
      case 2:
        call.ringWithAudio()
        return later(() => call.answer())
      case 3:
        return call.ring()
      case 4:
        return call.answer()
      default:
        call.ring()
        return later(() => call.answer())
    }
  }

  #live(): PhoneCall[] {
    return this.#made.filter((call) => !call.isOver)
  }

  #pick<T>(from: readonly T[]): T {
    return from[this.#random.between(0, from.length - 1)]!
  }
}

describe('calls at random', () => {
  for (let seed = 1; seed <= 40; seed++)
    it(`leave nothing behind, and end once each (seed ${seed})`, () => new Chaos(seed).run())
})
