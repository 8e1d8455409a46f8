import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { CallId, LegId } from '@vaxel/base'
import { type ApiPlatform, startApi } from './api-platform.ts'

describe('a browser’s live call', () => {
  let api: ApiPlatform
  before(async () => {
    api = await startApi()
    const anna = api.store.directory.userByAddress('demo.vaxel.test', '210')!
    const bo = api.store.directory.userByAddress('demo.vaxel.test', '211')!
    const own = (name: string) => ({
      sipCallId: name,
      replaces: `${name};to-tag=1;from-tag=2`,
      instanceId: '<urn:uuid:1>',
      isReachable: false,
    })
    const interruption = { sinceMs: api.clock.now() - 2000, untilMs: api.clock.now() + 28_000 }
    const [caller, called] = [anna, bo].map(({ id }, at) => ({ number: `21${at}`, userId: id }))
    api.calls.calls = [
      {
        id: 'live-1' as CallId,
        companyId: anna.companyId,
        direction: 'internal',
        startedAtMs: api.clock.now(),
        caller: caller!,
        dialled: '211',
        called: called!,
        connections: [
          { id: 'a' as LegId, party: caller!, state: 'connected', own: own('anna'), interruption },
          { id: 'b' as LegId, party: called!, state: 'hold', own: own('bo') },
        ],
      },
    ]
  })
  after(() => api.close())
  const ownOf = async (number: string): Promise<(string | undefined)[]> => {
    const client = await api.client.logIn(`${number}@demo.vaxel.test`, `demo-${number}`)
    const { body } = await client.ask('GET', '/api/v1/live-calls')
    return body.items[0].connections.map(({ own }: { own?: { replaces: string } }) => own?.replaces)
  }

  it('tells how it is taken back to its own person alone, not to the other one, a supervisor or an administrator', async () => {
    assert.deepEqual(await ownOf('210'), ['anna;to-tag=1;from-tag=2', undefined])
    assert.deepEqual(await ownOf('211'), [undefined, 'bo;to-tag=1;from-tag=2'])
    for (const number of ['201', '202']) assert.deepEqual(await ownOf(number), [undefined, undefined])
  })

  it('says since when it is interrupted and until when it is waited for', async () => {
    const client = await api.client.logIn('211@demo.vaxel.test', 'demo-211')
    const { body } = await client.ask('GET', '/api/v1/live-calls/live-1')
    const { since, until } = body.connections[0].interruption
    assert.equal(Date.parse(until) - Date.parse(since), 30_000)
    assert.equal(body.connections[1].interruption, undefined)
  })
})
