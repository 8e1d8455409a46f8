import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { SeededRandom } from '../seeded-random.ts'
import { VirtualClock } from '../virtual-clock.ts'
import type { Address, NatKind } from './nat.ts'
import { VirtualNet } from './virtual-net.ts'

const inside = { address: '10.0.0.2', port: 5060 }
const server = { address: '198.51.100.1', port: 5060 }
const stranger = { address: '198.51.100.9', port: 7000 }
const bytes = Uint8Array.of(1)

function behindNat(kind: NatKind) {
  const clock = new VirtualClock()
  const net = new VirtualNet({ clock, random: new SeededRandom(1) })
  net.addNat({ kind, publicAddress: '203.0.113.5', mappingMs: 30_000 }, [inside.address])
  const heard: Address[] = []
  const seenBy = { server: [] as Address[], stranger: [] as Address[] }
  const phone = net.bind(inside, (_, from) => heard.push(from))
  const s = net.bind(server, (_, from) => seenBy.server.push(from))
  const x = net.bind(stranger, (_, from) => seenBy.stranger.push(from))
  return { clock, phone, s, x, heard, seenBy }
}

describe('VirtualNet', () => {
  for (const [kind, strangerMay] of [
    ['full-cone', true],
    ['address-restricted', false],
    ['port-restricted', false],
    ['symmetric', false],
  ] as const) {
    it(`lets a stranger ${strangerMay ? 'in' : 'not in'} through a ${kind} NAT, and the one that was asked in`, () => {
      const { clock, phone, s, x, heard, seenBy } = behindNat(kind)
      phone.send(bytes, server)
      clock.advance(1)
      const mapped = seenBy.server[0]!
      assert.equal(mapped.address, '203.0.113.5')
      s.send(bytes, mapped)
      x.send(bytes, mapped)
      clock.advance(1)
      assert.deepEqual(heard, strangerMay ? [server, stranger] : [server])
    })
  }

  it('gives each destination its own port behind a symmetric NAT, and one port behind the others', () => {
    for (const [kind, same] of [
      ['symmetric', false],
      ['port-restricted', true],
    ] as const) {
      const { clock, phone, seenBy } = behindNat(kind)
      phone.send(bytes, server)
      phone.send(bytes, stranger)
      clock.advance(1)
      assert.equal(seenBy.server[0]!.port === seenBy.stranger[0]!.port, same)
    }
  })

  it('forgets a mapping that nobody used', () => {
    const { clock, phone, s, heard, seenBy } = behindNat('full-cone')
    phone.send(bytes, server)
    clock.advance(31_000)
    s.send(bytes, seenBy.server[0]!)
    clock.advance(1)
    assert.deepEqual(heard, [])
  })

  it('loses, delays and reorders the same packets in every run of one seed', () => {
    const run = () => {
      const clock = new VirtualClock()
      const net = new VirtualNet({
        clock,
        random: new SeededRandom(7),
        impairment: { lossRatio: 0.2, delayMs: 10, jitterMs: 50 },
      })
      const order: number[] = []
      net.bind(server, (datagram) => order.push(datagram[0]!))
      const from = net.bind(inside, () => {})
      for (let i = 0; i < 100; i++) from.send(Uint8Array.of(i), server)
      clock.advance(100)
      return order
    }
    const order = run()
    assert.deepEqual(order, run())
    assert.ok(order.length > 60 && order.length < 95, `${order.length} arrived`)
    assert.notDeepEqual(
      order,
      [...order].sort((a, b) => a - b),
    )
  })
})
