import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Api } from '../api/api.ts'
import { type EmergencyCall, EmergencyModel } from './emergency-model.ts'

const callOf = (callId: string, more: object = {}): EmergencyCall =>
  ({ callId, caller: { number: '205', userId: 'eva' }, dialled: '112', at: '', ...more }) as EmergencyCall
const seen = { at: '', userId: 'bo', name: 'Bo' }

function page() {
  let items: readonly EmergencyCall[] | Error = []
  const asked: unknown[] = []
  const taken: string[] = []
  const listeners: (() => void)[] = []
  const listen = (listener: () => void) => {
    listeners.push(listener)
    return () => void listeners.splice(listeners.indexOf(listener), 1)
  }
  const model = new EmergencyModel({
    api: {
      call: (async (id: string, request: { params?: unknown }) => {
        if (id !== 'listEmergencyCalls') return void asked.push(request.params)
        if (items instanceof Error) throw items
        return { items }
      }) as unknown as Api['call'],
    },
    userId: 'anna',
    onTaken: ({ callId, seen: by }) => taken.push(`${callId} ${by?.name}`),
  })
  const stop = model.follow({ onNotice: (_, listener) => listen(() => listener({} as never)), onLive: listen })
  const now = async (calls: readonly EmergencyCall[] | Error) => {
    items = calls
    listeners[0]?.()
    await new Promise((resolve) => setImmediate(resolve))
    return model.open.get().map(({ callId }) => callId)
  }
  return { model, now, asked, taken, stop, listeners }
}

describe('emergency calls on the pages of the staff', () => {
  it('are those of others that nobody looks after', async () => {
    const { now } = page()
    const own = callOf('own', { caller: { number: '201', userId: 'anna' } })
    assert.deepEqual(await now([callOf('b'), callOf('taken', { seen }), own, callOf('a')]), ['b', 'a'])
  })

  it('go when a colleague takes one, and it is said who', async () => {
    const { now, taken } = page()
    await now([callOf('a')])
    assert.deepEqual(await now([callOf('a', { seen })]), [])
    await now([callOf('a', { seen })])
    assert.deepEqual(taken, ['a Bo'])
  })

  it('go when they are taken or put aside here', async () => {
    const { model, now, asked } = page()
    await now([callOf('a'), callOf('b')])
    await model.take('a')
    assert.deepEqual(asked, [{ callId: 'a' }])
    model.hide('b')
    assert.deepEqual(await now([callOf('a'), callOf('b'), callOf('c')]), ['c'])
  })

  it('stay while the server does not answer', async () => {
    const { now, stop, listeners } = page()
    await now([callOf('a')])
    assert.deepEqual(await now(new Error('away')), ['a'])
    stop()
    assert.equal(listeners.length, 0)
  })
})
