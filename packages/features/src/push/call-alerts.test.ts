import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { CallId, CompanyId, UserId } from '@vaxel/base'
import type { Directory, NumberedEvent, UserSettings } from '@vaxel/core'
import { CallAlerts } from './call-alerts.ts'
import type { PushDesk } from './push-desk.ts'

/** What browsers are sent, as `who: title, body`, while calls are told as the ledger has them. */
function setUp() {
  const sent: string[] = []
  const desk = {
    of: () => [{}],
    send: (userId: UserId, _: CompanyId, { title, body }: { title: string; body: string }) =>
      void sent.push(`${userId}: ${title}, ${body}`),
  } as unknown as PushDesk
  const directory = { user: () => undefined } as unknown as Directory
  const userSettings = { get: () => undefined } as unknown as UserSettings
  const alerts = new CallAlerts({ directory, userSettings }, desk)
  const [callId, companyId] = ['call' as CallId, 'company' as CompanyId]
  const tell = (kind: string, data: Readonly<Record<string, unknown>> = {}): void =>
    alerts.see({ number: 1, kind, atMs: 0, companyId, callId, data } satisfies NumberedEvent)
  return { sent, tell }
}

/** Anna has called Bo and talks with him. */
function talking() {
  const { sent, tell } = setUp()
  tell('call.originated', { name: 'Anna' })
  tell('call.routed', { to: '202', userId: 'bo' })
  tell('call.established', { userId: 'bo' })
  assert.deepEqual(sent.splice(0), ['bo: Incoming call, Anna is calling'])
  return { sent, tell }
}

describe('alerts of calls in browsers', () => {
  it('tell of a call that comes, and that it was missed', () => {
    const { sent, tell } = setUp()
    tell('call.originated', { name: 'Anna' })
    tell('call.routed', { to: '202', userId: 'bo' })
    tell('call.ended')
    assert.deepEqual(sent, ['bo: Incoming call, Anna is calling', 'bo: Missed call, Anna'])
  })

  it('tell whoever transferred a call that it comes back, and that they missed it', () => {
    const { sent, tell } = talking()
    tell('call.routed', { to: '203', userId: 'cesar' })
    tell('service.noted', { code: 'transfer-recall', who: 'Anna', by: 'Bo' })
    tell('call.routed', { to: '202', userId: 'bo' })
    tell('call.ended')
    assert.deepEqual(sent, [
      'cesar: Incoming call, Anna is calling',
      'bo: Incoming call, Anna is calling',
      'bo: Missed call, Anna',
      'cesar: Missed call, Anna',
    ])
  })

  it('tell whoever called and then parked the call who comes back, and nothing more when they answer', () => {
    const { sent, tell } = talking()
    tell('service.noted', { code: 'park-recall', who: 'Bo', to: '201' })
    tell('call.routed', { to: '201', userId: 'anna' })
    tell('call.established', { userId: 'anna' })
    tell('call.ended')
    assert.deepEqual(sent, ['anna: Incoming call, Bo is calling'])
  })
})
