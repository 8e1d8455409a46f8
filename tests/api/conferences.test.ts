import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { CallId, CompanyId, LegId } from '@vaxel/base'
import { LineGone, type MediaLegId, type ServiceLine } from '@vaxel/core'
import { type ApiPlatform, startApi } from './api-platform.ts'
import type { CheckedClient } from './checked-client.ts'

const domain = 'demo.vaxel.test'

describe('conference rooms over the API', () => {
  let platform: ApiPlatform
  let administrator: CheckedClient
  let user: CheckedClient
  let owner: CheckedClient
  let companyId: CompanyId
  const idOf = (name: string): string => platform.store.directory.userByAddress(domain, name)!.id
  before(async () => {
    platform = await startApi()
    administrator = await platform.client.logIn(`201@${domain}`, 'demo-201')
    user = await platform.client.logIn(`204@${domain}`, 'demo-204')
    owner = await platform.client.logIn(`205@${domain}`, 'demo-205')
    companyId = platform.store.directory.userByAddress(domain, '201')!.companyId
  })
  after(() => platform.close())

  /** A call of a user's is in the conference. @returns what hangs it up */
  const enter = async (name: string, number: string): Promise<() => Promise<void>> => {
    const person = platform.store.directory.userByAddress(domain, name)!
    const gone = new AbortController()
    const line = {
      callId: `call-${name}` as CallId,
      companyId,
      legId: `leg-${name}` as LegId,
      media: `media-${name}` as MediaLegId,
      number,
      caller: { number: name, name: person.displayName, userId: person.id },
      user: person,
      language: 'en',
      signal: gone.signal,
      say: async () => {},
      readKeys: async () => ({ keys: '', end: 'silence' }),
      playOn: () => {},
      stopSound: () => {},
      onKey: () => () => {},
      joinMix: () => {},
      leaveMix: () => {},
      muteInMix: () => {},
      hangUp: async () => {
        gone.abort(new LineGone('hung up'))
        throw gone.signal.reason
      },
      note: () => {},
    } as unknown as ServiceLine
    const served = platform.conferences.serve(line).catch((error: unknown) => {
      if (!(error instanceof LineGone)) throw error
    })
    await Promise.resolve()
    return async () => {
      gone.abort(new LineGone('left'))
      await served
    }
  }

  it('lists the demo room as one that nobody has set', async () => {
    const { status, body } = await user.ask('GET', '/api/v1/conference-rooms')
    assert.equal(status, 200)
    const room = body.items.find(({ number }: { number: string }) => number === '400')
    assert.equal(room.hasPin, false)
    assert.equal(room.mayChange, false)
    assert.equal((await user.ask('GET', '/api/v1/conference-rooms?limit=1')).body.items.length, 1)
  })

  it('makes a personal room with its number; its owner sees and sets its PINs, nobody else does', async () => {
    const wish = { name: 'Room of 205', ownerId: idOf('205'), pin: '246810', moderatorPin: '13579' }
    assert.equal((await user.ask('PUT', '/api/v1/conference-rooms/455', wish)).status, 404)
    const made = await administrator.ask('PUT', '/api/v1/conference-rooms/455', wish)
    assert.equal(made.status, 200, JSON.stringify(made.body))
    assert.equal(made.body.pin, '246810')
    const target = platform.store.directory.number(companyId, '455')?.target
    assert.deepEqual(target, { kind: 'service', service: 'conference' })
    const seen = await user.ask('GET', '/api/v1/conference-rooms/455')
    assert.deepEqual([seen.body.pin, seen.body.hasPin, seen.body.mayModerate], [undefined, true, false])
    assert.equal((await user.ask('PUT', '/api/v1/conference-rooms/455', wish)).status, 403)
    const own = await owner.ask('PUT', '/api/v1/conference-rooms/455', { name: 'Mine', pin: '112233' })
    assert.equal(own.status, 200)
    assert.deepEqual([own.body.ownerId, own.body.pin, own.body.hasModeratorPin], [idOf('205'), '112233', false])
    const { body } = await administrator.ask('GET', '/api/v1/conference-rooms/455')
    assert.equal(body.name, 'Mine')
  })

  it('says all that is wrong with a room at once', async () => {
    const { status, body } = await administrator.ask('PUT', '/api/v1/conference-rooms/456', {
      name: 'Wrong',
      pin: '1234',
      moderatorPin: '1234',
      moderatorIds: ['nobody'],
    })
    assert.equal(status, 400)
    assert.deepEqual(
      body.mistakes.map(({ path }: { path: string }) => path),
      ['/moderatorIds/0', '/moderatorPin'],
    )
    const forever = await administrator.ask('PUT', '/api/v1/conference-rooms/456', {
      name: 'W',
      waitsForModerator: true,
    })
    assert.equal(forever.body.mistakes[0].path, '/waitsForModerator')
    assert.equal((await administrator.ask('PUT', '/api/v1/conference-rooms/456', { name: 'W', pin: '12' })).status, 400)
    assert.equal((await administrator.ask('PUT', '/api/v1/conference-rooms/201', { name: 'W' })).status, 409)
    assert.equal(platform.store.directory.number(companyId, '456'), undefined)
  })

  it('tells who is in a conference to those in it, and obeys members and moderators', async () => {
    const leave204 = await enter('204', '400')
    const leave205 = await enter('205', '400')
    const seen = await user.ask('GET', '/api/v1/conferences/400')
    assert.deepEqual(
      seen.body.members.map(({ number, phase }: { number: string; phase: string }) => [number, phase]),
      [
        ['204', 'in'],
        ['205', 'in'],
      ],
    )
    const stranger = await platform.client.logIn(`206@${domain}`, 'demo-206')
    const hidden = await stranger.ask('GET', '/api/v1/conferences/400')
    assert.deepEqual([hidden.body.isHidden, hidden.body.members], [true, []])
    assert.equal((await stranger.ask('GET', '/api/v1/conferences/ad-hoc-1')).status, 404)
    assert.equal((await stranger.ask('POST', '/api/v1/conferences/400/commands/lock', {})).status, 404)
    assert.deepEqual((await stranger.ask('GET', '/api/v1/conferences')).body.items, [])
    assert.equal((await user.ask('GET', '/api/v1/conferences')).body.items.length, 1)
    const hand = await user.ask('POST', '/api/v1/conferences/400/commands/raiseHand', {})
    assert.equal(hand.status, 202)
    assert.ok(hand.body.members[0].handRaisedAt)
    const refused = await user.ask('POST', '/api/v1/conferences/400/commands/lock', {})
    assert.deepEqual([refused.status, refused.body.code], [403, 'CONFERENCE_MODERATORS_ONLY'])
    const locked = await administrator.ask('POST', '/api/v1/conferences/400/commands/lock', {})
    assert.equal(locked.body.isLocked, true)
    const silenced = await administrator.ask('POST', '/api/v1/conferences/400/commands/mute', { memberId: 'call-204' })
    assert.equal(silenced.body.members[0].isHeard, false)
    const alone = await user.ask('POST', '/api/v1/conferences/400/commands/unmute', {})
    assert.deepEqual([alone.status, alone.body.code], [409, 'CONFERENCE_SILENCED'])
    const gone = await administrator.ask('POST', '/api/v1/conferences/400/commands/mute', { memberId: 'x' })
    assert.deepEqual([gone.status, gone.body.code], [409, 'CONFERENCE_MEMBER_GONE'])
    assert.equal((await administrator.ask('POST', '/api/v1/conferences/400/commands/invite', {})).status, 400)
    await administrator.ask('POST', '/api/v1/conferences/400/commands/end', {})
    await leave204()
    await leave205()
    const over = await administrator.ask('POST', '/api/v1/conferences/400/commands/lock', {})
    assert.deepEqual([over.status, over.body.code], [409, 'CONFERENCE_NOT_RUNNING'])
    assert.equal((await administrator.ask('GET', '/api/v1/conferences/400')).body.isRunning, false)
  })

  it('tells the event stream’s screens how it goes', async () => {
    await platform.clock.advanceAsync(300)
    const told: string[] = []
    const stop = platform.notices.subscribe(({ kind, to }) => {
      if (kind === 'conference.changed') told.push([...(to ?? [])].join())
    })
    const leave = await enter('204', '400')
    await platform.clock.advanceAsync(300)
    await leave()
    await platform.clock.advanceAsync(300)
    stop()
    assert.deepEqual(told, [idOf('204'), idOf('204')])
  })

  it('removes a room with its number', async () => {
    assert.equal((await owner.ask('DELETE', '/api/v1/conference-rooms/455')).status, 403)
    assert.equal((await administrator.ask('DELETE', '/api/v1/conference-rooms/455')).status, 204)
    assert.equal((await administrator.ask('DELETE', '/api/v1/conference-rooms/455')).status, 404)
    assert.equal(platform.store.directory.number(companyId, '455'), undefined)
    assert.equal(platform.store.conferenceRooms.room(companyId, '455'), undefined)
  })

  it('keeps PINs sealed in the database', async () => {
    await administrator.ask('PUT', '/api/v1/conference-rooms/457', { name: 'Sealed', pin: '864209' })
    const { readFile } = await import('node:fs/promises')
    await platform.store.check()
    for (const file of ['vaxel.db', 'vaxel.db-wal']) {
      const bytes = await readFile(`${platform.folder}/${file}`).catch(() => Buffer.alloc(0))
      assert.ok(!bytes.includes('864209'), `${file} shows the PIN`)
    }
  })
})
