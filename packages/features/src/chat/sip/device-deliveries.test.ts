import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type DeviceId, silentLogger, type UserId } from '@vaxel/base'
import type { Binding, ChatDelivery } from '@vaxel/core'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { DeviceDeliveries, type DeviceDeliveriesOptions } from './device-deliveries.ts'

const bo = 'bo' as UserId
const phone = 'phone' as DeviceId

/** A user with a phone, some messages that wait for it, and answers that the phone gives. */
function bench(answers: (number | 'timeout')[], { protocol = 'udp', read = 0 } = {}) {
  const clock = new VirtualClock()
  const waiting = [1, 2].map((number) => ({
    deviceId: phone,
    conversationId: 'c',
    companyId: 'x',
    number,
    atMs: number,
  }))
  let left = waiting as unknown as ChatDelivery[]
  const sent: string[] = []
  let looked = 0
  const user = (id: string) => ({ id, name: id, domain: 'demo.test', displayName: id, language: 'en' })
  const binding = { deviceId: phone, userId: bo, contact: 'sip:bo@1', path: [], flow: { protocol } }
  const bindings = { ofUser: () => [{ ...binding, expiresAtMs: clock.now() + 3_600_000 }] }
  const chat = {
    deliveriesOf: async () => {
      looked++
      return left
    },
    removeDeliveries: async (gone: readonly ChatDelivery[]) => {
      left = left.filter((one) => !gone.includes(one))
    },
    message: async (_: string, number: number) => ({ number, senderId: 'anna', text: `text ${number}`, more: {} }),
    conversation: () => ({ members: [{ userId: bo, readNumber: read }] }),
    files: async () => [],
  }
  const stack = {
    request: async ({ body }: { body: { bytes: Uint8Array } }) => {
      sent.push(new TextDecoder().decode(body.bytes))
      const answer = answers.shift() ?? 200
      return answer === 'timeout' ? { kind: 'timeout' } : { kind: 'response', response: { status: answer } }
    },
  }
  const parts = { chat, clock, log: silentLogger, directory: { user, devicesOf: () => [{ id: phone }] } }
  const options = { parts, bindings, stack, flowOf: async () => undefined } as unknown as DeviceDeliveriesOptions
  const deliveries = new DeviceDeliveries(options)
  const settled = () => clock.advanceAsync(1)
  const add = (...more: number[]) => {
    left = [...left, ...more.map((number) => ({ ...waiting[0]!, number }))] as unknown as ChatDelivery[]
  }
  const shown = { left: () => left.length, looked: () => looked }
  return { deliveries, clock, sent, settled, add, ...shown, binding: binding as unknown as Binding }
}

describe('what phones are given of chat', () => {
  it('goes one after another, oldest first, once', async () => {
    const { deliveries, sent, settled, left } = bench([])
    deliveries.start(bo, [phone])
    deliveries.start(bo, [phone])
    await settled()
    assert.deepEqual([sent, left()], [['text 1', 'text 2'], 0])
  })

  it('is tried again after 30 seconds, then ever more rarely, and when the phone registers', async () => {
    const { deliveries, clock, sent, settled, left, binding } = bench(['timeout', 503, 480])
    deliveries.start(bo, [phone])
    await settled()
    assert.equal(sent.length, 1, 'the second does not overtake the first')
    await clock.advanceAsync(30_000)
    assert.equal(sent.length, 2)
    await clock.advanceAsync(30_000)
    assert.equal(sent.length, 2)
    await clock.advanceAsync(30_000)
    assert.equal(sent.length, 3)
    deliveries.bindingsChanged([binding])
    await settled()
    assert.deepEqual([sent.slice(3), left()], [['text 1', 'text 2'], 0])
    deliveries.close()
  })

  it('is not looked up for every registration of a phone that has nothing waiting, but for the first after an hour', async () => {
    const { deliveries, clock, sent, settled, add, looked, binding } = bench([])
    deliveries.bindingsChanged([binding])
    await settled()
    assert.equal(looked(), 2)
    for (let i = 0; i < 5; i++) deliveries.bindingsChanged([binding])
    await settled()
    assert.equal(looked(), 2)
    add(3)
    deliveries.start(bo, [phone])
    await settled()
    assert.deepEqual([sent.at(-1), looked()], ['text 3', 4])
    await clock.advanceAsync(3_600_000)
    deliveries.bindingsChanged([binding])
    await settled()
    assert.equal(looked(), 5)
  })

  it('is looked up at each registration while something waits', async () => {
    const { deliveries, sent, settled, add, left, binding } = bench([200, 200, 503])
    deliveries.bindingsChanged([binding])
    await settled()
    add(3)
    deliveries.start(bo, [phone])
    await settled()
    assert.deepEqual([sent.length, left()], [3, 1])
    deliveries.bindingsChanged([binding])
    await settled()
    assert.deepEqual([sent.length, left()], [4, 0])
    deliveries.close()
  })

  it('is not asked of a phone again that takes no messages (405)', async () => {
    const { deliveries, sent, settled, left } = bench([405])
    deliveries.start(bo, [phone])
    await settled()
    assert.deepEqual([sent.length, left(), deliveries.devicesOf(bo, undefined)], [1, 0, []])
  })

  it('leaves out browsers, the phone that it came from, and what was read elsewhere', async () => {
    assert.deepEqual(bench([], { protocol: 'wss' }).deliveries.devicesOf(bo, undefined), [])
    assert.deepEqual(bench([]).deliveries.devicesOf(bo, phone), [])
    const { deliveries, sent, settled, left } = bench([], { read: 1 })
    deliveries.start(bo, [phone])
    await settled()
    assert.deepEqual([sent, left()], [['text 2'], 0])
  })
})
