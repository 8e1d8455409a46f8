import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { CallId } from '@vaxel/base'
import { type ApiPlatform, startApi } from './api-platform.ts'
import type { CheckedClient } from './checked-client.ts'

describe('telephone features over the API', () => {
  let api: ApiPlatform
  let admin: CheckedClient
  let anna: CheckedClient
  const path = '/api/v1/telephone-features'
  const userOf = (name: string) => api.store.directory.userByAddress('demo.vaxel.test', name)!
  before(async () => {
    api = await startApi()
    admin = await api.client.logIn('201@demo.vaxel.test', 'demo-201')
    anna = await api.client.logIn('210@demo.vaxel.test', 'demo-210')
  })
  after(() => api.close())

  it('lists all codes to everybody, and lets administrators alone change them', async () => {
    const { body } = await anna.ask('GET', path)
    const park = body.codes.find(({ feature }: { feature: string }) => feature === 'park')
    assert.deepEqual(park, { feature: 'park', code: '*68', delivered: '*68', argument: 'optional' })
    assert.deepEqual(body.parking, { first: '701', count: 10, recallSeconds: 60 })
    assert.equal((await anna.ask('PATCH', path, { codes: [] })).status, 403)
    const changed = await admin.ask('PATCH', path, {
      codes: [
        { feature: 'park', code: '#1' },
        { feature: 'intercom', code: '' },
      ],
      parking: { first: '711', count: 3, recallSeconds: 90, fallback: '201' },
      pickupGroups: [{ name: 'Sales', userIds: [userOf('210').id, userOf('211').id] }],
      deskLogoutHour: 3,
    })
    assert.equal(changed.status, 200)
    const codeOf = (feature: string) =>
      changed.body.codes.find((code: { feature: string }) => code.feature === feature).code
    assert.deepEqual([codeOf('park'), codeOf('intercom'), codeOf('retrieve')], ['#1', '', '*69'])
    assert.equal(changed.body.deskLogoutHour, 3)
    const company = await admin.ask('GET', `/api/v1/companies/${userOf('210').companyId}`)
    assert.equal('featureCodes' in company.body, false, 'the company is told without them')
  })

  it('tells every mistake at its own path', async () => {
    const { status, body } = await admin.ask('PATCH', path, {
      codes: [
        { feature: 'flip', code: '40' },
        { feature: 'retrieve', code: '*8' },
      ],
      parking: { first: '201', count: 2, recallSeconds: 90 },
      pickupGroups: [{ name: 'Nobody', userIds: ['x'] }],
    })
    assert.equal(status, 422)
    assert.equal(body.code, 'FEATURE_CODES_WRONG')
    const paths = body.mistakes.map((mistake: { path: string }) => mistake.path)
    for (const at of ['/codes/0/code', '/codes/1/code', '/parking', '/pickupGroups/0/userIds/0'])
      assert.ok(paths.includes(at), `${at} in ${paths.join(' ')}`)
  })

  it('parks in the name of who asks, and fetches by a device of theirs', async () => {
    const parked = await anna.ask('POST', '/api/v1/live-calls/c1/park', { place: '711' })
    assert.deepEqual([parked.status, parked.body], [202, { place: '701' }])
    assert.deepEqual(api.calls.features.asked.at(-1), {
      commander: { companyId: userOf('210').companyId, userId: userOf('210').id },
      callId: 'c1',
      legId: undefined,
      wanted: '711',
    })
    assert.equal((await anna.ask('POST', '/api/v1/parked-calls/711/fetch', {})).status, 404)
    api.calls.features.parkedCalls = [
      {
        companyId: userOf('210').companyId,
        place: '711',
        callId: 'c1' as CallId,
        who: 'Eva',
        number: '+46701740605',
        byUserId: userOf('211').id,
        byName: 'Bo',
        sinceMs: 0,
        isRecalling: false,
      },
    ]
    const { body } = await anna.ask('GET', '/api/v1/parked-calls')
    assert.deepEqual([body.items[0].who, body.items[0].by, body.items[0].place], ['Eva', 'Bo', '711'])
    assert.equal((await anna.ask('POST', '/api/v1/parked-calls/711/fetch', {})).status, 202)
    const asked = api.calls.commands.at(-1) as { to: string; fromUserId: string }
    assert.deepEqual([asked.to, asked.fromUserId], ['711', userOf('210').id])
    const strange = await anna.ask('POST', '/api/v1/parked-calls/711/fetch', { deviceId: 'd1' })
    assert.equal(strange.status, 404, 'a device of somebody else does not ring')
  })

  it('picks up by the code of the company, and says where it is switched off', async () => {
    api.calls.features.ringing = [
      { callId: 'c2' as CallId, caller: { number: '+46701740605' }, called: { number: '211', name: 'Bo' }, sinceMs: 0 },
    ]
    const { body } = await anna.ask('GET', '/api/v1/calls-to-pick-up')
    assert.deepEqual([body.items[0].from, body.items[0].at], ['+46701740605', 'Bo'])
    assert.equal((await anna.ask('POST', '/api/v1/calls-to-pick-up/c9', {})).status, 404)
    assert.equal((await anna.ask('POST', '/api/v1/calls-to-pick-up/c2', {})).status, 202)
    assert.equal((api.calls.commands.at(-1) as { to: string }).to, '**211')
    await admin.ask('PATCH', path, { codes: [{ feature: 'flip', code: '' }] })
    const [device] = api.store.directory.devicesOf(userOf('210').id)
    const refused = await anna.ask('POST', '/api/v1/live-calls/continue', { deviceId: device!.id })
    assert.deepEqual([refused.status, refused.body.code], [409, 'FEATURE_SWITCHED_OFF'])
    await admin.ask('PATCH', path, { codes: [{ feature: 'flip', code: '*40' }] })
    assert.equal((await anna.ask('POST', '/api/v1/live-calls/continue', { deviceId: device!.id })).status, 202)
    const asked = api.calls.commands.at(-1) as { to: string; fromDeviceId: string }
    assert.deepEqual([asked.to, asked.fromDeviceId], ['*40', device!.id])
  })

  it('waits for colleagues, for nobody else, and no longer when told so', async () => {
    assert.equal((await anna.ask('POST', '/api/v1/me/call-backs', { to: '0701740605' })).status, 404)
    const set = await anna.ask('POST', '/api/v1/me/call-backs', { to: '211' })
    assert.deepEqual([set.status, set.body.number, set.body.isCalling], [201, '211', false])
    assert.equal((await anna.ask('GET', '/api/v1/me/call-backs')).body.items.length, 1)
    assert.equal((await admin.ask('DELETE', `/api/v1/me/call-backs/${set.body.id}`)).status, 404)
    assert.equal((await anna.ask('DELETE', `/api/v1/me/call-backs/${set.body.id}`)).status, 204)
    assert.equal((await anna.ask('GET', '/api/v1/me/call-backs')).body.items.length, 0)
  })
})
