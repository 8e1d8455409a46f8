import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ReplyOf } from '../api/api.ts'
import { deskCallsOf } from './own-desk-calls.ts'

type LiveCall = ReplyOf<'readLiveCall'>
type State = LiveCall['connections'][number]['state']

const anna = { number: '201', name: 'Anna', userId: 'u1' }
const eva = { number: '+46701740605', name: 'Eva' }

function call(id: string, options: { own: State; caller?: 'anna' | 'eva'; device?: string }): LiveCall {
  const { own, caller = 'eva', device = 'desk' } = options
  const [from, to] = caller === 'anna' ? [anna, eva] : [eva, anna]
  return {
    id,
    direction: 'inbound',
    startedAt: '2026-01-01T08:00:00.000Z',
    caller: from,
    called: to,
    dialled: to.number,
    connections: [
      { legId: `${id}-own`, party: anna, deviceId: device, state: own },
      { legId: `${id}-far`, party: eva, state: 'connected' },
    ],
  } as unknown as LiveCall
}

describe('calls of a desk phone', () => {
  it('are those of its person at it, with who is at the other end; what rings comes first', () => {
    const calls = deskCallsOf(
      [
        call('held', { own: 'hold' }),
        call('talk', { own: 'connected' }),
        call('ring', { own: 'alerting' }),
        call('elsewhere', { own: 'connected', device: 'browser' }),
      ],
      'u1',
      'desk',
    )
    assert.deepEqual(
      calls.map(({ callId, who, isIncoming }) => [callId, who, isIncoming]),
      [
        ['ring', 'Eva', true],
        ['talk', 'Eva', false],
        ['held', 'Eva', false],
      ],
    )
  })

  it('are not incoming where their person has begun them', () => {
    const [own] = deskCallsOf([call('out', { own: 'alerting', caller: 'anna' })], 'u1', 'desk')
    assert.equal(own?.isIncoming, false)
    assert.deepEqual(deskCallsOf([call('x', { own: 'hold' })], 'u2', undefined), [])
  })
})
