import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type CompanyId, type DeviceId, silentLogger, type UserId } from '@vaxel/base'
import type { LedgerEvent, ServiceLine, Spoken, UserSettingKinds, UserSettings } from '@vaxel/core'
import { MemoryDirectory } from '@vaxel/testkit/calls/memory-directory'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { deskCode } from './desk-code.ts'
import { DeskService } from './desk-service.ts'

/** A company with the people 201 and 202, and two desks with a phone each. */
function office(deskLogoutHour?: number) {
  const clock = new VirtualClock()
  const directory = new MemoryDirectory()
  const company = directory.addCompany('acme', {
    ...(deskLogoutHour === undefined ? {} : { deskLogoutHour }),
    timeZone: 'Europe/Stockholm',
  })
  for (const name of ['201', '202']) directory.addUser(company, name)
  const phones = ['301', '302'].map((name) => {
    directory.addUser(company, name)
    const home = directory.userByAddress('acme.test', name)!
    Object.assign(home, { isDesk: true })
    return directory.addDevice(home, `10.0.0.${name}`)
  })
  const kept = new Map<string, unknown>()
  const events: LedgerEvent[] = []
  const settings: UserSettings = {
    get: (userId, kind) => kept.get(`${userId} ${kind}`) as UserSettingKinds[typeof kind] | undefined,
    put: async ({ userId, kind, value, event }) => {
      if (value === undefined) kept.delete(`${userId} ${kind}`)
      else kept.set(`${userId} ${kind}`, value)
      if (event) events.push(event)
    },
  }
  const reseated: DeviceId[] = []
  const options = {
    clock,
    directory,
    settings,
    log: silentLogger,
    notices: { publish: () => {} },
    credentials: {
      hashPassword: async (pin: string) => `hash of ${pin}`,
      verifyPassword: async (pin: string, hash: string | undefined) => hash === `hash of ${pin}`,
    },
    reseat: async (deviceId: DeviceId) => void reseated.push(deviceId),
  }
  const desks = new DeskService(options)
  desks.start()
  const userOf = (name: string) => directory.userByAddress('acme.test', name)!
  const told = () => events.map(({ kind, data }) => `${kind} ${data.name} ${data.reason ?? ''}`.trim())
  return { clock, company, desks, options, phones: phones.map(({ id }) => id), reseated, told, userOf }
}

/** A call to the code from a phone: what is typed, and what is said. */
async function dial(desks: DeskService, company: ServiceLine['company'], deviceId: DeviceId, typed: readonly string[]) {
  const said: string[] = []
  const keys = [...typed]
  const hear = (spoken: readonly Spoken[] = []) => {
    for (const one of spoken) if (one.kind === 'prompt') said.push(one.name.replace('desk-', ''))
  }
  const line = {
    companyId: company.id,
    company,
    language: 'en',
    say: async (spoken: readonly Spoken[]) => hear(spoken),
    readKeys: async ({ say }: { say?: readonly Spoken[] }) => {
      hear(say)
      return { keys: keys.shift() ?? '', end: 'ended' as const }
    },
    note: () => {},
  } as unknown as ServiceLine
  await deskCode(desks, () => deviceId)(line)
  return said
}

describe('desk sharing', () => {
  it('logs a person in by extension and PIN, and out again by the same code', async () => {
    const { desks, company, phones, userOf, reseated, told } = office()
    const anna = userOf('201')
    assert.equal(await desks.setPin(anna, '4711'), undefined)
    const phone = phones[0]!
    assert.deepEqual(await dial(desks, company, phone, ['201', '4711']), ['enter-extension', 'enter-pin', 'logged-in'])
    assert.equal(desks.personAt(phone)?.id, anna.id)
    assert.equal(desks.deskOf(anna.id)?.home.name, '301')
    assert.deepEqual(await dial(desks, company, phone, []), ['logged-out'])
    assert.equal(desks.personAt(phone), undefined)
    assert.deepEqual(reseated, [phone, phone])
    assert.deepEqual(told(), [`desk.loggedIn ${anna.displayName}`, `desk.loggedOut ${anna.displayName} code`])
    desks.close()
  })

  it('has one phone for a person and one person at a phone', async () => {
    const { desks, phones, userOf, told } = office()
    const [anna, bo] = [userOf('201'), userOf('202')]
    await desks.logIn(anna, phones[0]!)
    await desks.logIn(anna, phones[1]!)
    assert.deepEqual([desks.personAt(phones[0]!), desks.personAt(phones[1]!)?.id], [undefined, anna.id])
    await desks.logIn(bo, phones[1]!)
    assert.deepEqual([desks.deskOf(anna.id), desks.personAt(phones[1]!)?.id], [undefined, bo.id])
    assert.deepEqual(
      told().map((line) => line.split(' ').at(-1)),
      [anna.displayName, 'elsewhere', anna.displayName, 'replaced', bo.displayName].map((text) =>
        text.split(' ').at(-1),
      ),
    )
    desks.close()
  })

  it('has one person at a phone also when two come in the same moment, and one phone for who comes to two', async () => {
    const { desks, options, phones, userOf } = office()
    const [anna, bo] = [userOf('201'), userOf('202')]
    await Promise.all([desks.logIn(anna, phones[0]!), desks.logIn(bo, phones[0]!)])
    const at = (service: DeskService, phone = phones[0]!) => service.personAt(phone)?.id
    assert.deepEqual([at(desks), desks.deskOf(anna.id), desks.deskOf(bo.id)?.device.id], [bo.id, undefined, phones[0]])
    assert.equal(options.settings.get(anna.id, 'desk'), undefined)
    await Promise.all([desks.logIn(anna, phones[0]!), desks.logIn(anna, phones[1]!), desks.logOut(bo.id, 'code')])
    assert.deepEqual([at(desks), at(desks, phones[1])], [undefined, anna.id])
    desks.close()
    const later = new DeskService(options)
    later.start()
    assert.deepEqual([at(later), at(later, phones[1])], [undefined, anna.id])
    later.close()
  })

  it('takes no guesses: five are enough, for a person and for a phone, and nobody learns which extensions there are', async () => {
    const { clock, desks, company, phones, userOf } = office()
    await desks.setPin(userOf('201'), '4711')
    const phone = phones[0]!
    assert.deepEqual(await dial(desks, company, phone, ['201', '1', '999', '1', '202', '1']), [
      'enter-extension',
      'enter-pin',
      'wrong',
      'enter-extension',
      'enter-pin',
      'wrong',
      'enter-extension',
      'enter-pin',
      'wrong',
    ])
    for (let i = 0; i < 2; i++) assert.equal(await desks.check(company.id, phone, '999', '1'), 'wrong')
    assert.deepEqual((await dial(desks, company, phone, ['201', '4711'])).at(-1), 'locked')
    for (let i = 0; i < 4; i++) assert.equal(await desks.check(company.id, `x${i}` as DeviceId, '201', '1'), 'wrong')
    assert.equal(await desks.check(company.id, phones[1]!, '201', '4711'), 'locked')
    await clock.advanceAsync(15 * 60_000)
    assert.equal(await desks.check(company.id, phones[1]!, '201', '4711').then((user) => typeof user), 'object')
    desks.close()
  })

  it('counts guesses of several calls at the same moment one by one', async () => {
    const { desks, company, phones, userOf } = office()
    await desks.setPin(userOf('201'), '4711')
    const guesses = ['1', '2', '3', '4', '5', '4711']
    const found = await Promise.all(guesses.map((pin) => desks.check(company.id, phones[0]!, '201', pin)))
    assert.deepEqual(found, ['wrong', 'wrong', 'wrong', 'wrong', 'wrong', 'locked'])
    desks.close()
  })

  it('refuses weak PINs, phones that are not shared, and people of other companies', async () => {
    const { desks, company, phones, userOf, options } = office()
    for (const weak of ['1234', '0000', '2011']) assert.ok(await desks.setPin(userOf('201'), weak), weak)
    const own = options.directory.addDevice(userOf('202'), '10.0.1.1')
    assert.deepEqual(await dial(desks, company, own.id, []), ['not-shared'])
    assert.ok(await desks.logIn(userOf('201'), own.id))
    const beta = options.directory.addCompany('beta')
    options.directory.addUser(beta, '201')
    assert.ok(await desks.logIn(options.directory.userByAddress('beta.test', '201')!, phones[0]!))
    desks.close()
  })

  it('is as it was after a restart', async () => {
    const { desks, phones, userOf, options } = office()
    await desks.logIn(userOf('201'), phones[0]!)
    desks.close()
    const again = new DeskService(options)
    again.start()
    assert.equal(again.personAt(phones[0]!)?.id, userOf('201').id)
    again.close()
  })

  it('frees the desks in the night, at the hour of the company', async () => {
    const { clock, desks, phones, userOf, told } = office(3)
    await desks.logIn(userOf('201'), phones[0]!)
    // The clock begins at midnight UTC, which is one o'clock in Stockholm in winter.
    await clock.advanceAsync(60 * 60_000)
    assert.ok(desks.personAt(phones[0]!))
    await clock.advanceAsync(60 * 60_000)
    assert.equal(desks.personAt(phones[0]!), undefined)
    assert.match(told().at(-1) ?? '', /night$/)
    assert.equal(await desks.logOut('nobody' as UserId, 'command'), false)
    assert.deepEqual(desks.desks('nobody' as CompanyId), [])
    desks.close()
  })

  it('frees at its start the desks of a night in which the server was down, and none of whoever came after it', async () => {
    const { clock, desks, options, phones, userOf, told } = office(3)
    await desks.logIn(userOf('201'), phones[0]!)
    desks.close()
    // From one o'clock in Stockholm to four, past the hour; then somebody else comes.
    clock.advance(3 * 60 * 60_000)
    await desks.logIn(userOf('202'), phones[1]!)
    clock.advance(20 * 60_000)
    const again = new DeskService(options)
    again.start()
    await clock.advanceAsync(60_000)
    assert.equal(again.personAt(phones[0]!), undefined)
    assert.match(told().at(-1) ?? '', /201 night$/)
    assert.equal(again.personAt(phones[1]!)?.name, '202')
    await clock.advanceAsync(20 * 60 * 60_000)
    assert.equal(again.personAt(phones[1]!)?.name, '202')
    await clock.advanceAsync(4 * 60 * 60_000)
    assert.equal(again.personAt(phones[1]!), undefined)
    again.close()
  })

  it('frees no desk in the day because an hour was set that is over', async () => {
    const { clock, company, desks, phones, userOf } = office()
    await desks.logIn(userOf('201'), phones[0]!)
    await clock.advanceAsync(10 * 60 * 60_000)
    Object.assign(company, { deskLogoutHour: 3 })
    await clock.advanceAsync(2 * 60 * 60_000)
    assert.equal(desks.personAt(phones[0]!)?.name, '201')
    await clock.advanceAsync(15 * 60 * 60_000)
    assert.equal(desks.personAt(phones[0]!), undefined)
    desks.close()
  })

  it('frees the desks of tonight also when its clock was years ahead until this morning', async () => {
    const { clock, desks, phones, userOf } = office(3)
    clock.setWallClock(5 * 365 * 24 * 60 * 60_000)
    await desks.logIn(userOf('201'), phones[0]!)
    await clock.advanceAsync(60_000)
    clock.setWallClock(-5 * 365 * 24 * 60 * 60_000)
    await clock.advanceAsync(24 * 60 * 60_000)
    assert.equal(desks.personAt(phones[0]!), undefined)
    desks.close()
  })
})
