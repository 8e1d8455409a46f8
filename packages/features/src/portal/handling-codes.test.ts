import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ConfigurationReader, Feature, LedgerEvent, UserSettings, UserSettingKind } from '@vaxel/core'
import { type Deed, ScriptedLine } from '@vaxel/testkit/voicemail/scripted-line'
import { MemoryDirectory } from '@vaxel/testkit/calls/memory-directory'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { createHandlingCodes } from './feature.ts'

/** Anna (201), Bo (202) and their settings; Anna dials codes. */
function setUp() {
  const clock = new VirtualClock()
  const directory = new MemoryDirectory()
  const company = directory.addCompany('acme')
  const anna = directory.addUser(company, '201')
  const bo = directory.addUser(company, '202')
  directory.addTrunk(company, '10.0.0.9')
  const kept = new Map<string, unknown>()
  const events: LedgerEvent[] = []
  const settings = {
    get: (userId: string, kind: UserSettingKind) => kept.get(`${userId} ${kind}`),
    put: async ({ userId, kind, value, event }: Parameters<UserSettings['put']>[0]) => {
      kept.set(`${userId} ${kind}`, value)
      if (event) events.push(event)
    },
  } as unknown as UserSettings
  const current = directory as unknown as ConfigurationReader
  const configuration = { current, change: async () => undefined }
  const codes = createHandlingCodes({ configuration, settings, clock })
  const dial = async (
    feature: Feature,
    argument = '',
    script: readonly Deed[] = [],
    user: typeof anna | null = anna,
  ) => {
    const caller = { number: '201', userId: anna.id }
    const line = new ScriptedLine({ clock, company, caller, ...(user ? { user } : {}), script, write: () => {} })
    await codes.get(feature)?.(line, argument)
    return line.said
  }
  const of = (kind: UserSettingKind, user = anna) => kept.get(`${user.id} ${kind}`)
  return { clock, company, directory, anna, bo, dial, of, kept, events }
}

describe('codes for where calls go', () => {
  it('forward all calls to the number after the code, and no longer', async () => {
    const { dial, of, events, anna } = setUp()
    assert.deepEqual(await dial('forwardAlways', '0701740605'), ['en forward-set-to', 'digits 0701740605'])
    assert.deepEqual(of('handling'), { callWaiting: true, always: { to: '0701740605' } })
    assert.deepEqual(await dial('forwardAlwaysOff'), ['en forward-is-off'])
    assert.deepEqual(of('handling'), { callWaiting: true })
    assert.deepEqual([events[0]?.kind, events[0]?.data.by], ['callHandling.changed', `phone:${anna.id}`])
  })

  it('ask for the number when none was dialled, and say when it does not take calls', async () => {
    const { dial, of, clock } = setUp()
    const asked = dial('forwardNoAnswer', '', [{ keys: '202#' }])
    await clock.advanceAsync(30_000)
    assert.deepEqual(await asked, ['en forward-to-what', 'en forward-set-to', 'digits 202'])
    assert.deepEqual(of('handling'), { callWaiting: true, noAnswer: { to: '202', afterSeconds: 20 } })
    for (const wrong of ['299', '201', '112', '*21*203', '701'])
      assert.deepEqual(await dial('forwardBusy', wrong), ['en forward-nowhere'])
    assert.deepEqual(of('handling'), { callWaiting: true, noAnswer: { to: '202', afterSeconds: 20 } })
  })

  it('keep who may disturb when do not disturb is switched', async () => {
    const { dial, of, kept, anna } = setUp()
    kept.set(`${anna.id} handling`, { callWaiting: false, doNotDisturb: { exceptions: ['202'], usesBusyRule: true } })
    assert.deepEqual(await dial('doNotDisturb'), ['en disturb-on'])
    assert.deepEqual(of('handling'), { callWaiting: false, doNotDisturb: { exceptions: ['202'], usesBusyRule: true } })
    assert.deepEqual(await dial('doNotDisturbOff'), ['en disturb-off'])
    assert.deepEqual(of('handling'), { callWaiting: false })
  })
})

describe('codes for groups, assistants and profiles', () => {
  it('log out of all groups and in again', async () => {
    const { dial, of, directory, company, anna } = setUp()
    assert.deepEqual(await dial('groupLogout'), ['en group-none'])
    directory.addNumber(company, '230', { kind: 'group', name: 'Sales', userIds: [anna.id] })
    directory.addNumber(company, '240', { kind: 'shared', name: 'Desk', userIds: [anna.id] })
    assert.deepEqual(await dial('groupLogout'), ['en group-out'])
    assert.deepEqual(of('memberships'), { loggedOutOf: ['230', '240'] })
    assert.deepEqual(await dial('groupLogin'), ['en group-in'])
    assert.deepEqual(of('memberships'), { loggedOutOf: [] })
  })

  it("switch one's own filter, or that of those whom one assists", async () => {
    const { dial, of, kept, anna, bo } = setUp()
    assert.deepEqual(await dial('assistantsOn'), ['en filter-none'])
    const filter = { isOn: true, assistants: [anna.id], mode: 'first', seconds: 20, allowed: {} }
    kept.set(`${bo.id} filter`, filter)
    assert.deepEqual(await dial('assistantsOff'), ['en filter-off'])
    assert.deepEqual(of('filter', bo), { ...filter, isOn: false })
  })

  it('choose a profile by its place in the list, or none', async () => {
    const { dial, of, kept, anna, clock } = setUp()
    const list = ['office', 'home'].map((id) => ({ id, name: id, place: id }))
    kept.set(`${anna.id} profiles`, { list })
    assert.deepEqual(await dial('profile', '2'), ['en profile-number', 'number 2'])
    assert.deepEqual(of('profiles'), { list, active: { id: 'home' } })
    assert.deepEqual(await dial('profile', '3'), ['en profile-none'])
    const asked = dial('profile', '', [{ keys: '0' }])
    await clock.advanceAsync(10_000)
    assert.deepEqual(await asked, ['en profile-which', 'en profile-off'])
    assert.deepEqual(of('profiles'), { list })
  })

  it('are nothing for who is nobody of the company', async () => {
    const { dial } = setUp()
    assert.deepEqual(await dial('groupLogout', '', [], null), ['en feature-not-possible'])
  })
})
