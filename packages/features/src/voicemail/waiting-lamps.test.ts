import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type DeviceId, silentLogger, type UserId } from '@vaxel/base'
import type { Binding } from '@vaxel/core'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { WaitingLamps, type WaitingLampsOptions } from './waiting-lamps.ts'

const bo = 'bo' as UserId

function bench(status = 200) {
  const clock = new VirtualClock()
  const sent: { uri: string; event: string | undefined; state: string | undefined; text: string }[] = []
  const counts = { newMessages: 1, savedMessages: 2 }
  let isSubscribed = false
  const binding = (id: string, more: Partial<Binding> = {}) =>
    ({
      id,
      userId: bo,
      deviceId: id as DeviceId,
      contact: `sip:bo@${id}`,
      callId: `call of ${id}`,
      path: [],
      expiresAtMs: clock.now() + 3_600_000,
      ...more,
    }) as unknown as Binding
  const bindings = [binding('phone'), binding('browser')]
  const lamps = new WaitingLamps({
    clock,
    log: silentLogger,
    directory: {
      user: () => ({ id: bo, name: '202', domain: 'demo.test' }),
      device: (id: string) => ({ id, ...(id === 'browser' ? { kind: 'browser' } : {}) }),
    },
    bindings: { ofUser: () => bindings },
    stack: {
      request: async ({
        uri,
        headers = [],
        body,
      }: {
        uri: string
        headers?: [string, string][]
        body: { bytes: Uint8Array }
      }) => {
        const of = (name: string) => headers.find(([one]) => one === name)?.[1]
        const text = new TextDecoder().decode(body.bytes)
        sent.push({ uri, event: of('Event'), state: of('Subscription-State'), text })
        return { kind: 'response', response: { status } }
      },
    },
    flowOf: async () => undefined,
    counts: () => counts,
    isSubscribed: () => isSubscribed,
  } as unknown as WaitingLampsOptions)
  const settled = () => clock.advanceAsync(1)
  return { lamps, clock, sent, settled, counts, binding, subscribe: () => void (isSubscribed = true) }
}

describe('lamps of telephones that never subscribe', () => {
  it('are told of each change, outside of a dialog; browsers and subscribers are not', async () => {
    const { lamps, sent, settled, subscribe } = bench()
    lamps.changed(bo)
    await settled()
    assert.deepEqual(sent, [
      {
        uri: 'sip:bo@phone',
        event: 'message-summary',
        state: 'terminated;reason=noresource',
        text: 'Messages-Waiting: yes\r\nMessage-Account: sip:202@demo.test\r\nVoice-Message: 1/2\r\n',
      },
    ])
    subscribe()
    lamps.changed(bo)
    await settled()
    assert.equal(sent.length, 1)
    lamps.close()
  })

  it('are told after a registration where something waits, once, and not at each refresh', async () => {
    const { lamps, clock, sent, counts, binding } = bench()
    lamps.bindingsChanged([binding('phone')])
    lamps.bindingsChanged([binding('phone')])
    await clock.advanceAsync(2000)
    assert.equal(sent.length, 1)
    counts.newMessages = 0
    lamps.bindingsChanged([binding('phone', { callId: 'anew' })])
    await clock.advanceAsync(2000)
    assert.equal(sent.length, 1)
    lamps.close()
    assert.equal(clock.waiting, 0)
  })

  it('that do not exist are not told again', async () => {
    const { lamps, sent, settled } = bench(489)
    lamps.changed(bo)
    await settled()
    lamps.changed(bo)
    await settled()
    assert.equal(sent.length, 1)
    lamps.close()
  })
})
