import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { silentLogger, systemRandom, type UserId } from '@vaxel/base'
import { type Diversion, LineGone, type Mail, type MailboxId, type Notice, type Party, type User } from '@vaxel/core'
import { type Deed, ScriptedLine } from '@vaxel/testkit/voicemail/scripted-line'
import { MemoryDirectory } from '@vaxel/testkit/calls/memory-directory'
import { MemoryVoicemail, MemoryVoiceFiles, wavOf } from '@vaxel/testkit/voicemail/memory-voicemail'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { createVoicemail } from './feature.ts'

/** A company with Anna (201), Bo (202) and Cia (203), and people who call their voicemail. */
function world() {
  const clock = new VirtualClock()
  const directory = new MemoryDirectory()
  const company = directory.addCompany('acme')
  const people = Object.fromEntries(
    ['201', '202', '203'].map((name) => [name, directory.addUser(company, name)]),
  ) as Record<'201' | '202' | '203', User>
  const store = new MemoryVoicemail()
  const files = new MemoryVoiceFiles()
  const notices: Notice[] = []
  const mails: Mail[] = []
  const told: string[] = []
  let hashing = 0
  const feature = createVoicemail({
    store,
    files,
    directory,
    credentials: {
      hashPassword: async (pin) => `hash of ${pin}`,
      verifyPassword: async (pin, hash) => {
        hashing++
        return hash === `hash of ${pin}`
      },
    },
    notices: { publish: (notice) => notices.push(notice) },
    clock,
    random: systemRandom,
    log: silentLogger,
    mailer: () => ({ queue: async (_, mail) => void mails.push(mail) }),
    baseUrl: 'https://pbx.test',
    settings: { get: () => undefined },
    tell: ({ userId }, { title, path }) => told.push(`${userId} ${title} ${path}`),
  })
  const lit: UserId[] = []
  feature.onChange((userId) => lit.push(userId))
  const call = async (options: {
    script: readonly Deed[]
    user?: User
    caller?: Party
    diversions?: readonly Diversion[]
    number?: string
  }) => {
    const { user } = options
    const line = new ScriptedLine({
      ...options,
      clock,
      company,
      caller: options.caller ?? (user ? { number: user.name, userId: user.id } : { number: '+46701740605' }),
      write: (path, durationMs, isSilent) => files.files.set(path, wavOf(durationMs, !isSilent)),
    })
    await feature.service(line).catch((error: unknown) => {
      if (!(error instanceof LineGone)) throw error
    })
    clock.advance(1000)
    return line
  }
  /** Somebody from outside leaves a message for a user who does not answer. */
  const leave = (user: User, script: readonly Deed[] = [{ keys: '' }, { speaks: 4000, end: 'gone' }]) =>
    call({ script, diversions: [{ number: user.name, userId: user.id, reason: 'no-answer' }] })
  const boxOf = ({ id }: User) => id as string as MailboxId
  const counts = (user: User) => store.counts(boxOf(user))
  const set = (user: User, more: object) =>
    store.putMailbox({
      id: boxOf(user),
      companyId: company.id,
      userId: user.id,
      settings: {},
      greetings: [],
      ...store.mailbox(boxOf(user)),
      ...more,
    })
  return {
    clock,
    company,
    directory,
    people,
    store,
    files,
    notices,
    told,
    mails,
    feature,
    lit,
    call,
    leave,
    counts,
    set,
    boxOf,
    hashed: () => hashing,
  }
}

const after = (said: readonly string[], word: string) => said.slice(said.indexOf(word) + 1)

describe('leaving a message', () => {
  it('is for whom the caller wanted first; a caller who hangs up has left what was said', async () => {
    const { people, call, counts, store, lit, notices } = world()
    const anna = people['201']
    const line = await call({
      script: [{ keys: '' }, { speaks: 4000, end: 'gone' }],
      diversions: [
        { number: '201', userId: anna.id, reason: 'no-answer' },
        { number: '202', userId: people['202'].id, reason: 'user-busy' },
      ],
    })
    assert.deepEqual(line.said, [
      'en voicemail-extension',
      'digits 201',
      'en voicemail-no-answer',
      'en voicemail-leave-message',
      'beep',
    ])
    assert.deepEqual([counts(anna).newMessages, counts(people['202']).newMessages], [1, 0])
    const [message] = store.messages.values()
    assert.equal(message?.durationMs, 4000)
    assert.equal(message?.from.number, '+46701740605')
    assert.match(message?.peaks ?? '', /^[0-9a-f]{96}$/)
    assert.deepEqual(lit, [anna.id])
    assert.deepEqual(notices[0]?.to, [anna.id])
    assert.deepEqual(
      store.events.map(({ kind, callId }) => [kind, callId]),
      [['voicemail.received', 'call']],
    )
  })

  it('keeps no silence and no slip of the hand', async () => {
    const { people, leave, counts, files } = world()
    const anna = people['201']
    const short = await leave(anna, [{ keys: '' }, { speaks: 400, end: 'silence' }, { speaks: 300, end: 'gone' }])
    assert.ok(short.said.includes('en voicemail-too-short'))
    const silent = await leave(anna, [{ keys: '' }, { speaks: 6000, end: 'silence', isSilent: true }])
    assert.equal(silent.said.at(-1), 'en voicemail-nothing-heard')
    assert.equal(counts(anna).newMessages, 0)
    assert.equal(files.files.size, 0)
  })

  it('tells a caller when the disk takes no more: what was said until then is a message, or there is none', async () => {
    const { people, leave, counts, files } = world()
    const anna = people['201']
    const cut = await leave(anna, [{ keys: '' }, { speaks: 4000, end: 'failed' }])
    assert.equal(cut.said.at(-1), 'en voicemail-cut-short')
    assert.equal(counts(anna).newMessages, 1)
    const none = await leave(anna, [{ keys: '' }, { speaks: 0, end: 'failed' }])
    assert.equal(none.said.at(-1), 'en voicemail-not-kept')
    assert.deepEqual([counts(anna).newMessages, files.files.size], [1, 1], 'nothing half is left')
  })

  it('can be heard and said again before it is sent, and is sent when the caller hangs up at the question', async () => {
    const { people, leave, counts, store } = world()
    const anna = people['201']
    const line = await leave(anna, [
      { keys: '#' },
      { speaks: 3000, end: 'key' },
      { keys: '2' },
      { keys: '3' },
      { speaks: 5000, end: 'key' },
      'hangs up',
    ])
    assert.equal(line.left, 1)
    assert.equal(counts(anna).newMessages, 1)
    assert.equal([...store.messages.values()][0]?.durationMs, 5000)
    const sent = await leave(anna, [{ keys: '' }, { speaks: 3000, end: 'key' }, { keys: '1' }])
    assert.equal(sent.said.at(-1), 'en voicemail-sent')
  })

  it('ends where the mailbox is full, or takes none; the last message is no longer than the rest', async () => {
    const { people, leave, set, counts } = world()
    const anna = people['201']
    await set(anna, { settings: { mostMessages: 1 } })
    await leave(anna)
    const line = await leave(anna, [{ keys: '' }])
    assert.equal(line.said.at(-1), 'en voicemail-full')
    assert.deepEqual(line.notes, ['voicemail-greeting', 'voicemail-full'])
    assert.equal(counts(anna).newMessages, 1)
    await set(anna, { settings: { isOn: false } })
    assert.deepEqual((await leave(anna, [])).said, ['en voicemail-no-messages-taken'])
  })

  it('leads to the assistant by 0, in the rights of the mailbox’s person, and back when nobody answers', async () => {
    const { people, leave, set, counts } = world()
    const anna = people['201']
    await set(anna, { settings: { assistant: '203' } })
    const line = await leave(anna, [{ keys: '0' }, { speaks: 3000, end: 'gone' }])
    assert.equal(line.sentOn[0]?.to, '203')
    assert.deepEqual(line.sentOn[0]?.options.as, { kind: 'user', user: anna })
    assert.equal(counts(anna).newMessages, 1)
  })

  it('is not possible for a group that has no mailbox', async () => {
    const { call } = world()
    const line = await call({ script: [], diversions: [{ number: '230', reason: 'no-answer' }] })
    assert.deepEqual(line.said, ['en voicemail-no-messages-taken'])
  })

  it('has what was said before the process was killed', async () => {
    const { people, company, feature, store, files, counts, set, boxOf } = world()
    const anna = people['201']
    await set(anna, {})
    const begun = {
      boxId: boxOf(anna),
      companyId: company.id,
      state: 'recording' as const,
      atMs: 1,
      from: { number: '1' },
    }
    for (const [id, ms] of [
      ['a', 5000],
      ['b', 200],
    ] as const) {
      files.files.set(`/memory/${id}`, wavOf(ms).subarray(0, -500))
      await store.put({ ...begun, id: id as never, file: id, durationMs: 0, sizeBytes: 0 })
    }
    await feature.start()
    assert.equal(counts(anna).newMessages, 1)
    assert.ok([...store.messages.values()][0]!.durationMs > 4900)
    assert.equal(files.files.size, 1)
    await feature.close()
  })
})

describe('listening at the telephone', () => {
  it('goes through new messages, oldest first; heard ones are saved, and lamps hear of it', async () => {
    const { people, leave, call, counts, lit } = world()
    const anna = people['201']
    await leave(anna)
    await leave(anna, [{ keys: '' }, { speaks: 8000, end: 'gone' }])
    lit.length = 0
    const line = await call({
      user: anna,
      script: [{ keys: '1' }, { keys: '2' }, { keys: '' }, { keys: '*' }, { keys: '*' }],
    })
    assert.deepEqual(line.said.slice(0, 4), [
      'en voicemail-you-have',
      'number 2',
      'en voicemail-many-new',
      'en voicemail-main-menu',
    ])
    assert.deepEqual(line.said.filter((one) => one.startsWith('sound')).length, 2)
    assert.equal(line.said.at(-1), 'en voicemail-goodbye')
    assert.deepEqual([counts(anna).newMessages, counts(anna).savedMessages], [0, 2])
    assert.deepEqual(lit, [anna.id, anna.id])
  })

  it('goes five seconds back and forward from where it is', async () => {
    const { people, leave, call } = world()
    const anna = people['201']
    await leave(anna, [{ keys: '' }, { speaks: 20_000, end: 'gone' }])
    const line = await call({
      user: anna,
      script: [{ keys: '1' }, { keys: '9', afterMs: 4000 }, { keys: '7', afterMs: 2000 }, { keys: '*' }, { keys: '*' }],
    })
    assert.deepEqual(
      line.said.filter((one) => one.startsWith('sound')).map((one) => one.split('@')[1]),
      ['0', '9000', '6000'],
    )
  })

  it('deletes and takes back, forwards with a spoken comment, and calls the sender in the listener’s own rights', async () => {
    const { people, leave, call, counts, store, boxOf } = world()
    const { '201': anna, '202': bo } = people
    await leave(anna)
    const line = await call({
      user: anna,
      script: [
        { keys: '1' },
        { keys: '3' },
        { keys: '3' },
        { keys: '8' },
        { keys: '0' },
        { keys: '202#' },
        { keys: '1' },
        { speaks: 2000, end: 'silence' },
        { keys: '3' },
        { keys: '*' },
        { keys: '*' },
      ],
    })
    assert.equal(line.left, 0)
    assert.deepEqual(line.sentOn, [{ to: '+46701740605', options: {} }])
    assert.deepEqual([counts(anna).newMessages, counts(anna).savedMessages, counts(bo).newMessages], [0, 0, 1])
    const [forwarded] = await store.list({ boxId: boxOf(bo), states: ['new'], limit: 5 })
    assert.equal(forwarded?.forwardedBy?.number, '201')
    assert.equal(forwarded?.spokenComment?.durationMs, 2000)
    assert.deepEqual(
      store.events.map(({ kind }) => kind),
      ['voicemail.received', 'voicemail.deleted', 'voicemail.restored', 'voicemail.forwarded', 'voicemail.deleted'],
    )
  })

  it('lets in from elsewhere by number and PIN only, and from there calls nobody', async () => {
    const { people, leave, call, set } = world()
    const anna = people['201']
    await leave(anna)
    const without = await call({ script: [{ keys: '201#' }, { keys: '1234#' }] })
    assert.ok(without.said.includes('en voicemail-wrong'), 'a mailbox without a PIN is not open to strangers')
    await set(anna, { pinHash: 'hash of 7391' })
    const line = await call({
      script: [
        { keys: '201#' },
        { keys: '1111#' },
        { keys: '201#' },
        { keys: '7391#' },
        { keys: '1' },
        { keys: '8' },
        { keys: '*' },
        { keys: '*' },
      ],
    })
    assert.ok(line.said.includes('en voicemail-cannot-call'))
    assert.deepEqual(line.sentOn, [])
  })

  it('locks a mailbox after wrong PINs from elsewhere, but not for its own devices; looks as long where there is none', async () => {
    const { people, call, set, hashed } = world()
    const anna = people['201']
    await set(anna, { pinHash: 'hash of 7391' })
    const guess = { keys: '0000#' }
    for (let calls = 0; calls < 4; calls++)
      await call({ script: [{ keys: '201#' }, guess, { keys: '201#' }, guess, { keys: '201#' }, guess] })
    const locked = await call({ script: [{ keys: '201#' }, { keys: '7391#' }] })
    assert.equal(locked.said.at(-1), 'en voicemail-locked')
    const own = await call({ user: anna, script: [{ keys: '7391#' }, { keys: '*' }] })
    assert.ok(own.said.includes('en voicemail-no-messages'))
    const before = hashed()
    await call({ script: [{ keys: '999#' }, guess] })
    assert.equal(hashed(), before + 1)
  })

  it('locks it as soon for many calls that guess at the same moment', async () => {
    const { people, call, set } = world()
    await set(people['201'], { pinHash: 'hash of 7391' })
    const guesses = ['0000#', ...Array.from({ length: 20 }, (_, n) => `${1000 + n}#`), '7391#']
    const lines = await Promise.all(guesses.map((keys) => call({ script: [{ keys: '201#' }, { keys }] })))
    assert.ok(!lines.at(-1)!.said.includes('en voicemail-no-messages'), 'the right one came too late')
  })

  it('says colleagues by the name that they have recorded, others digit by digit', async () => {
    const { people, leave, call, set } = world()
    const { '201': anna, '202': bo } = people
    await set(bo, { greetings: [{ kind: 'name', file: 'bo', durationMs: 900, sizeBytes: 1, atMs: 0, by: 'phone' }] })
    await leave(anna)
    await call({
      user: bo,
      diversions: [{ number: '201', userId: anna.id, reason: 'no-answer' }],
      script: [{ keys: '' }, { speaks: 4000, end: 'gone' }],
    })
    const { said } = await call({ user: anna, script: [{ keys: '1' }, { keys: '6' }, { keys: '*' }, { keys: '*' }] })
    const froms = said.flatMap((one, i) => (one === 'en voicemail-from' ? [said[i + 1]] : []))
    assert.deepEqual(froms, ['digits 46701740605', 'sound /memory/bo@0'])
  })

  it('needs no PIN at a device of one’s own where that is wished', async () => {
    const { people, call, set } = world()
    const anna = people['201']
    await set(anna, { pinHash: 'hash of 7391', settings: { skipsPin: true } })
    assert.equal((await call({ user: anna, script: [{ keys: '*' }] })).said[0], 'en voicemail-no-messages')
  })

  it('speaks the language of the mailbox’s person', async () => {
    const { people, directory, call } = world()
    directory.addUser(directory.company(people['201'].companyId)!, '204', { language: 'sv' })
    const user = [...directory.usersOf(people['201'].companyId)].find(({ name }) => name === '204')!
    assert.equal((await call({ user, script: [{ keys: '*' }] })).said[0], 'sv voicemail-no-messages')
  })

  it('records greetings, which callers then hear by state; changes the PIN, and takes no weak one', async () => {
    const { people, call, leave, store, boxOf } = world()
    const anna = people['201']
    const line = await call({
      user: anna,
      script: [
        { keys: '3' },
        { keys: '3' },
        { keys: '2' },
        { speaks: 3000, end: 'key' },
        { keys: '1' },
        { keys: '*' },
        { keys: '4' },
        { keys: '1234#' },
        { keys: '1234#' },
        { keys: '7391#' },
        { keys: '7391#' },
        { keys: '*' },
      ],
    })
    assert.ok(after(line.said, 'en voicemail-new-pin').includes('en voicemail-pin-weak'))
    const box = store.mailbox(boxOf(anna))
    assert.equal(box?.pinHash, 'hash of 7391')
    const [greeting] = box?.greetings ?? []
    assert.equal(greeting?.kind, 'noAnswer')
    const caller = await leave(anna, [{ keys: '' }, { speaks: 3000, end: 'gone' }])
    assert.equal(caller.said[0], `sound /memory/${greeting?.file}@0`)
  })
})

describe('browsers', () => {
  it('are told of a new message, with the way to it', async () => {
    const { people, leave, told, store } = world()
    const anna = people['201']
    await leave(anna)
    const [id] = store.messages.keys()
    assert.deepEqual(told, [`${anna.id} Voice message from +46701740605 (0:04) /voicemail/${anna.id}/${id}`])
  })
})

describe('mails about messages', () => {
  it('go out at once, in the language of the mailbox’s person, with a link and the sound if wished', async () => {
    const { people, leave, set, mails, feature, company } = world()
    const anna = people['201']
    await set(anna, { settings: { mail: 'attachment', mailTo: 'anna@acme.test' } })
    await leave(anna)
    const [mail] = mails
    assert.equal(mail?.to, 'anna@acme.test')
    assert.match(mail?.subject ?? '', /^Voice message from \+46701740605 \(0:04\)$/)
    assert.match(mail?.text ?? '', /https:\/\/pbx\.test\/voicemail\/\S+\/\w+/)
    const [attachment] = mail?.attachments ?? []
    const bytes = await feature.attachment(company.id, attachment?.reference ?? '')
    assert.equal(Buffer.from(bytes ?? []).toString('latin1', 0, 4), 'RIFF')
    await set(anna, { settings: { mail: 'link', mailTo: 'anna@acme.test' } })
    await leave(anna)
    assert.equal(mails[1]?.attachments, undefined)
  })
})
