import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { CompanyId } from '@vaxel/base'
import type { RecordingId } from '@vaxel/core'
import { leaveTraces } from '../../packages/store/src/testing/person-traces.ts'
import { type ApiPlatform, startApi } from './api-platform.ts'
import type { CheckedClient } from './checked-client.ts'

interface Erasure {
  readonly erased: Readonly<Record<string, number>>
  readonly kept: Readonly<Record<string, number>>
  readonly next?: string
}

describe('what is kept of one person, over the API', () => {
  let platform: ApiPlatform
  let administrator: CheckedClient
  let companyId: CompanyId
  before(async () => {
    platform = await startApi()
    administrator = await platform.client.logIn('201@demo.vaxel.test', 'demo-201')
    companyId = await leaveTraces(platform.store, {
      key: 'kim',
      number: '+46701234567',
      address: 'kim@customer.test',
    })
    await leaveTraces(platform.store, { key: 'lea', number: '+46707654321', address: 'lea@customer.test' })
  })
  after(() => platform.close())

  const ask = (more: object, who = administrator) => {
    const wish = { numbers: ['070-123 45 67'], addresses: ['Kim@customer.test'], isTrial: false, ...more }
    return who.ask('POST', '/api/v1/erasures', wish)
  }
  const all = { calls: 3, recordings: 1, voiceMessages: 1, visits: 2, mails: 1, chats: 1 }
  const open = { calls: 1, recordings: 0, visits: 1, mails: 1, chats: 1 }
  const told = async () => {
    const { body } = await administrator.ask('GET', '/api/v1/audit?limit=200')
    return (body as { items: { kind: string; data: object }[] }).items.filter(({ kind }) => kind === 'person.erased')
  }

  it('is for administrators, about people of elsewhere, told by a number or an address', async () => {
    const user = await platform.client.logIn('204@demo.vaxel.test', 'demo-204')
    assert.equal((await ask({}, user)).status, 403)
    assert.equal((await ask({}, platform.client)).status, 401)
    const places = async (more: object): Promise<unknown> => {
      const { status, body } = await ask({ isTrial: true, ...more })
      assert.equal(status, 400, JSON.stringify(body))
      return (body as unknown as { mistakes: { path: string }[] }).mistakes.map(({ path }) => path)
    }
    assert.deepEqual(await places({ numbers: [], addresses: [] }), ['/numbers'])
    assert.deepEqual(await places({ numbers: ['201', 'Kim Kay', '+46 70 123 45 67'] }), ['/numbers/0', '/numbers/1'])
    assert.deepEqual(await places({ numbers: ['08-465 004 01'] }), ['/numbers/0'], 'of the company')
    assert.deepEqual(await places({ numbers: ['070 1', '112'] }), ['/numbers/1'], 'nobody’s')
    assert.deepEqual(await places({ addresses: ['kim'] }), ['/addresses/0'])
    assert.deepEqual(await places({ after: 'calls' }), ['/after'])
    assert.equal((await ask({ numbers: Array(21).fill('+46701234567') })).status, 400)
  })

  it('is counted first, and nothing is changed by that', async () => {
    for (let i = 0; i < 2; i++) {
      const { status, body } = await ask({ isTrial: true })
      assert.equal(status, 200, JSON.stringify(body))
      assert.deepEqual(body, { erased: all, kept: open })
    }
    const nobody = await ask({ isTrial: true, numbers: ['+46709999999'], addresses: [] })
    assert.ok(Object.values((nobody.body as unknown as Erasure).erased).every((count) => count === 0))
    assert.deepEqual(await told(), [])
  })

  it('goes, but what goes on and what somebody holds; the ledger says how much, and not of whom', async () => {
    const { recordingStore } = platform.store
    const recording = (await recordingStore.find(companyId, 'kim-recording' as RecordingId))!
    await recordingStore.put({ ...recording, hold: { atMs: 1, by: recording.other.userId!, reason: 'A claim' } })
    const { body } = await ask({})
    const held = { erased: { ...all, calls: 2, recordings: 0 }, kept: { ...open, calls: 2, recordings: 1 } }
    assert.deepEqual(body, held)
    const calls = await administrator.ask('GET', '/api/v1/calls?limit=100')
    const ids = (calls.body as { items: { id: string }[] }).items.map(({ id }) => id).sort()
    assert.deepEqual(ids, ['kim-c-open', 'kim-d-recorded', 'lea-a', 'lea-b', 'lea-c-open', 'lea-d-recorded'])
    const [entry, ...more] = await told()
    assert.deepEqual(more, [])
    assert.doesNotMatch(JSON.stringify(entry), /kim|\+4670/i)
    assert.deepEqual({ ...entry?.data, by: '' }, { by: '', ...held.erased })
  })

  it('goes later what was held; whoever asks once more finds nothing', async () => {
    const { recordingStore } = platform.store
    const { hold: _, ...released } = (await recordingStore.find(companyId, 'kim-recording' as RecordingId))!
    await recordingStore.put(released)
    const first = (await ask({})).body as unknown as Erasure
    assert.deepEqual([first.erased.calls, first.erased.recordings, first.kept.recordings], [1, 1, 0])
    const second = (await ask({})).body as unknown as Erasure
    assert.ok(Object.values(second.erased).every((count) => count === 0))
    assert.equal((await told()).length, 2)
    const again = (await ask({ after: 'calls.zzz' })).body as unknown as Erasure
    assert.equal(again.kept.calls, 0, 'the calls before were looked at')
  })
})
