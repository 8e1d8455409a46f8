import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type CallId, type CompanyId, isRefusal, type LegId, type UserId } from '@vaxel/base'
import type { RecordingId } from '@vaxel/core'
import { sealWav } from '@vaxel/media'
import { type ApiPlatform, startApi } from './api-platform.ts'
import type { CheckedClient } from './checked-client.ts'

/** A second of stereo: loud on the left in its first half, on the right in its second. */
function stereoSecond(): Buffer {
  const wav = Buffer.alloc(44 + 32_000)
  wav.write('RIFF', 0, 'latin1')
  wav.writeUInt32LE(wav.length - 8, 4)
  wav.write('WAVEfmt ', 8, 'latin1')
  wav.writeUInt32LE(16, 16)
  wav.writeUInt16LE(1, 20)
  wav.writeUInt16LE(2, 22)
  wav.writeUInt32LE(8000, 24)
  wav.writeUInt32LE(32_000, 28)
  wav.writeUInt16LE(4, 32)
  wav.writeUInt16LE(16, 34)
  wav.write('data', 36, 'latin1')
  wav.writeUInt32LE(32_000, 40)
  for (let i = 0; i < 8000; i++) wav.writeInt16LE(i % 2 ? 20_000 : -20_000, 44 + 4 * i + (i < 4000 ? 0 : 2))
  return wav
}

describe('recordings', () => {
  let api: ApiPlatform
  let administrator: CheckedClient
  let supervisor: CheckedClient
  let anna: CheckedClient
  let stranger: CheckedClient
  let companyId: CompanyId
  let annaId: UserId
  let count = 0

  /** As a call would make one. */
  async function record(more: { trigger?: 'rule' | 'demand'; user?: string } = {}): Promise<RecordingId> {
    const user = api.store.directory.userByAddress('demo.vaxel.test', more.user ?? '210')!
    const leg = {
      callId: `call-${++count}` as CallId,
      companyId,
      legId: 'leg' as LegId,
      party: { number: user.extension ?? '', name: user.displayName, userId: user.id },
      other: { number: '+46701234567', name: 'Åsa Öst' },
      direction: 'inbound' as const,
      dialled: '+46846500410',
      called: { number: '210' },
      isTrunk: false,
    }
    await api.clock.advanceAsync(1000)
    const begun = await api.recording.desk.begin(leg, more.trigger ?? 'rule')
    assert.ok(!isRefusal(begun))
    await sealWav(begun.path, begun.options.seal!.key, stereoSecond())
    const sha256 = createHash('sha256')
      .update(await readFile(begun.path))
      .digest('hex')
    const ended = new Promise<void>((resolve) => {
      const stop = api.store.feed.subscribe((events) => {
        if (!events.some(({ kind, data }) => kind === 'recording.ended' && data.recording === begun.id)) return
        stop()
        resolve()
      })
    })
    const { id: recording, path } = begun
    api.engine.tell({ kind: 'recordingEnded', recording, path, durationMs: 1000, reason: 'gone', sha256 })
    await ended
    return begun.id
  }

  const sound = (client: CheckedClient, id: string, range: string, query = '') =>
    fetch(`${api.url}/api/v1/recordings/${id}/audio${query}`, {
      headers: { authorization: `Bearer ${client.token}`, range },
    })
  const told = async (kind: string) =>
    (await api.store.history.events({ after: 0, limit: 1000 })).filter((event) => event.kind === kind)
  const policy = async () => (await administrator.ask('GET', '/api/v1/recording-policy')).body.policy

  before(async () => {
    api = await startApi()
    administrator = await api.client.logIn('201@demo.vaxel.test', 'demo-201')
    supervisor = await api.client.logIn('202@demo.vaxel.test', 'demo-202')
    anna = await api.client.logIn('210@demo.vaxel.test', 'demo-210')
    stranger = await api.client.logIn('212@demo.vaxel.test', 'demo-212')
    const user = api.store.directory.userByAddress('demo.vaxel.test', '210')!
    companyId = user.companyId
    annaId = user.id
  })
  after(() => api.close())

  it('are found by their own people and by supervisors, in pages, by name, number and kind', async () => {
    const ids = [await record(), await record({ trigger: 'demand' }), await record({ user: '211' })]
    const list = async (client: CheckedClient, query = '') =>
      (await client.ask('GET', `/api/v1/recordings${query}`)).body.items.map(({ id }: { id: string }) => id)
    assert.deepEqual(await list(supervisor), ids.toReversed())
    assert.deepEqual(await list(anna), [ids[1], ids[0]])
    assert.deepEqual(await list(stranger), [])
    assert.deepEqual(await list(anna, `?userId=${annaId}&trigger=demand`), [ids[1]])
    assert.deepEqual(await list(supervisor, `?text=${encodeURIComponent('ÅSA')}&limit=1`), [ids[2]])
    const page = (await supervisor.ask('GET', '/api/v1/recordings?limit=2')).body
    assert.deepEqual(await list(supervisor, `?before=${page.next}`), [ids[0]])
    assert.equal((await stranger.ask('GET', `/api/v1/recordings/${ids[0]}`)).status, 404)
    const { body } = await anna.ask('GET', `/api/v1/recordings/${ids[0]}`)
    assert.deepEqual([body.durationMs, body.end, body.chain.index, body.other.name], [1000, 'gone', 1, 'Åsa Öst'])
  })

  it('are heard in ranges without being opened to the disk, and each listening and download is told first', async () => {
    const id = await record()
    const head = await sound(anna, id, 'bytes=0-3')
    assert.deepEqual([head.status, await head.text()], [206, 'RIFF'])
    const part = Buffer.from(await (await sound(anna, id, 'bytes=58-65')).arrayBuffer())
    assert.deepEqual([part.readInt16LE(0), part.readInt16LE(2)], [-20_000, 0])
    assert.equal((await sound(stranger, id, 'bytes=0-')).status, 404)
    const whole = await sound(supervisor, id, 'bytes=0-', '?download=yes')
    assert.equal((await whole.arrayBuffer()).byteLength, 58 + 32_000)
    assert.match(whole.headers.get('content-disposition') ?? '', /^attachment; .*\.wav/)
    assert.equal((await told('recording.played')).filter(({ data }) => data.recording === id).length, 1)
    assert.equal((await told('recording.downloaded')).filter(({ data }) => data.recording === id).length, 1)
  })

  it('are drawn from peaks that are measured once and kept', async () => {
    const id = await record()
    const { body } = await anna.ask('GET', `/api/v1/recordings/${id}/peaks`)
    const [left, right] = [body.left, body.right].map((line: string) => Buffer.from(line, 'base64'))
    assert.deepEqual([body.durationMs, left!.length, right!.length], [1000, 800, 800])
    assert.deepEqual([left![10], left![790], right![10], right![790]], [199, 0, 0, 199])
    const kept = await api.store.recordingStore.find(companyId, id)
    assert.equal(kept?.peaks?.left, body.left)
    assert.deepEqual((await anna.ask('GET', `/api/v1/recordings/${id}/peaks`)).body, body)
  })

  it('are deleted by administrators with a reason: key, file and sound are gone, the link in the chain stays', async () => {
    const id = await record()
    const kept = (await api.store.recordingStore.find(companyId, id))!
    const remove = (client: CheckedClient, reason?: string) =>
      client.ask('POST', `/api/v1/recordings/${id}/deletion`, reason === undefined ? {} : { reason })
    assert.equal((await remove(supervisor, 'x')).status, 403)
    assert.equal((await remove(administrator)).status, 400)
    assert.equal((await administrator.ask('PUT', `/api/v1/recordings/${id}/hold`, { reason: 'court' })).status, 200)
    assert.equal((await remove(administrator, 'customer asked')).body.code, 'RECORDING_HELD')
    assert.equal((await administrator.ask('DELETE', `/api/v1/recordings/${id}/hold`)).status, 204)
    const { body } = await remove(administrator, 'customer asked')
    assert.deepEqual([body.state, body.deletion.reason, body.chain], ['deleted', 'customer asked', kept.chain])
    assert.equal(await api.store.recordingStore.keyOf({ id }), undefined)
    await assert.rejects(readFile(join(api.folder, kept.file)), /ENOENT/)
    assert.equal((await sound(administrator, id, 'bytes=0-3')).status, 404)
    assert.equal((await remove(administrator, 'again')).status, 404)
    const [event] = (await told('recording.deleted')).filter(({ data }) => data.recording === id)
    assert.deepEqual([event?.data.sha256, event?.data.hash], [kept.sha256, kept.chain?.hash])
    assert.equal((await administrator.ask('GET', '/api/v1/recordings?deleted=yes&limit=1')).body.items[0].id, id)
  })

  it('are verified along their chain: says which file is missing, cut or changed, and goes on in parts', async () => {
    const verify = (body: object) => administrator.ask('POST', '/api/v1/recordings-verification', body)
    const { body: fine } = await verify({})
    assert.deepEqual(fine.faults, [])
    assert.ok(fine.intact > 0 && fine.deleted === 1)
    const changed = (await api.store.recordingStore.find(companyId, await record()))!
    const cut = (await api.store.recordingStore.find(companyId, await record()))!
    const exchanged = (await api.store.recordingStore.find(companyId, await record()))!
    const bytes = await readFile(join(api.folder, changed.file))
    bytes[5000]! ^= 1
    await writeFile(join(api.folder, changed.file), bytes)
    const whole = await readFile(join(api.folder, cut.file))
    await writeFile(join(api.folder, cut.file), whole.subarray(0, whole.length - 29))
    await api.store.recordingStore.put({ ...exchanged, sha256: 'f'.repeat(64) })
    const { body } = await verify({ after: fine.checked })
    const at = fine.checked
    assert.deepEqual(body.faults, [
      { recordingId: changed.id, index: at + 1, kind: 'changed' },
      { recordingId: cut.id, index: at + 2, kind: 'cut' },
      { recordingId: exchanged.id, index: at + 3, kind: 'chain' },
      { recordingId: exchanged.id, index: at + 3, kind: 'changed' },
    ])
    const part = (await verify({ limit: 2 })).body
    assert.deepEqual([part.checked, part.next], [2, 2])
    assert.equal((await sound(anna, changed.id, 'bytes=0-9')).status, 206)
    assert.equal((await supervisor.ask('POST', '/api/v1/recordings-verification', {})).status, 403)
  })

  it('get a new company key, with which all stay readable', async () => {
    const id = await record()
    const { body } = await administrator.ask('POST', '/api/v1/recording-policy/key')
    assert.ok(body.resealed > 5)
    assert.equal((await sound(anna, id, 'bytes=0-3')).status, 206)
    assert.equal((await told('recording.keyRenewed')).length, 1)
  })

  it('follow a policy that is checked, kept with its history, and says who is told', async () => {
    const { body: before } = await supervisor.ask('GET', '/api/v1/recording-policy')
    assert.deepEqual([before.policy.mode, before.told], ['onDemand', { tells: 'outside', tellsBy: 'sentence' }])
    const put = (policyWanted: object, client = administrator) =>
      client.ask('PUT', '/api/v1/recording-policy', policyWanted)
    assert.equal((await put(before.policy, supervisor)).status, 403)
    const twice = { subject: { kind: 'number', number: '600' }, mode: 'off' }
    const unknown = { subject: { kind: 'user', userId: 'nobody' }, mode: 'off' }
    const wrong = await put({ ...before.policy, exceptions: [twice, twice, unknown], mailTo: ['a@b.test'] })
    assert.equal(wrong.body.code, 'RECORDING_POLICY_WRONG')
    for (const sentence of [/two rules for 600/, /no person nobody/, /nothing is mailed/])
      assert.match(wrong.body.detail, sentence)
    const rule = (party: object, called = '210', isTrunk = false) =>
      api.recording.desk.ruleFor({
        companyId,
        party: { number: '210', ...party },
        called: { number: called },
        dialled: called,
        isTrunk,
      }).mode
    const exceptions = [
      { subject: { kind: 'user', userId: annaId }, mode: 'pausable' },
      { subject: { kind: 'number', number: '600' }, mode: 'off' },
    ]
    await put({ ...before.policy, mode: 'always', exceptions, keepDays: 30, keepDaysOnDemand: 2 })
    assert.deepEqual(
      [rule({ userId: annaId }), rule({ userId: annaId }, '600'), rule({ userId: 'another' }), rule({}, '210', true)],
      ['pausable', 'off', 'always', 'off'],
    )
    const kept = await api.store.recordingStore.find(companyId, await record({ trigger: 'demand' }))
    assert.equal(kept?.expiresAtMs, kept!.startedAtMs + 1000 + 2 * 86_400_000)
    await put({ ...(await policy()), ownMayListen: false })
    assert.deepEqual((await anna.ask('GET', '/api/v1/recordings')).body.items, [])
    assert.equal((await sound(anna, kept!.id, 'bytes=0-3')).status, 404)
    assert.equal((await sound(supervisor, kept!.id, 'bytes=0-3')).status, 206)
    await put({ ...(await policy()), ownMayListen: true })
  })

  it('are mailed to whom the policy says, with the sound or a link', async () => {
    const mailed = async (to: string) => {
      await api.clock.advanceAsync(1000)
      return api.mailed.filter((mail) => mail.to === to)
    }
    const set = async (more: object) =>
      administrator.ask('PUT', '/api/v1/recording-policy', { ...(await policy()), ...more })
    await set({ mail: 'attachment', mailTo: ['archive@demo.vaxel.test'] })
    const id = await record()
    await until(async () => (await mailed('archive@demo.vaxel.test')).length > 0)
    const [mail] = await mailed('archive@demo.vaxel.test')
    assert.match(mail!.text, new RegExp(`https://api.test/recordings/${id}`))
    const [attached] = mail!.attachments ?? []
    assert.equal((await api.recording.attachment(companyId, attached!.reference))?.length, 58 + 32_000)
    assert.equal(await api.recording.attachment('another' as CompanyId, attached!.reference), undefined)
    await set({ mail: 'none', mailTo: [] })
  })

  it('are held against the talk of a day: a minute without one is found, a paused one is none', async () => {
    const dayMs = Date.parse('2026-03-02T00:00:00Z')
    const user = api.store.directory.userByAddress('demo.vaxel.test', '211')!
    const versions = [{ fromMs: dayMs - 1000, mode: 'always' as const }]
    for (const { mode, fromMs } of versions) {
      const event = { kind: 'recording.policyChanged', atMs: fromMs, companyId, data: {} }
      await api.store.recordingStore.putPolicy(companyId, { ...(await policy()), mode, exceptions: [] }, fromMs, event)
    }
    const now = api.clock.now()
    const today = new Date(now).toISOString().slice(0, 10)
    const callId = 'talked' as CallId
    const leg = (id: string, party: object) => ({
      id: id as LegId,
      callId,
      companyId,
      role: 'caller' as const,
      party: { number: '1', ...party },
      startedAtMs: now,
      answeredAtMs: now,
      endedAtMs: now + 60_000,
    })
    await api.store.ledger.append({
      events: [],
      call: {
        id: callId,
        companyId,
        direction: 'inbound',
        startedAtMs: now,
        answeredAtMs: now,
        endedAtMs: now + 60_000,
        caller: { number: '+46701' },
        dialled: '211',
        called: { number: '211' },
      },
      legs: [leg('inside', { userId: user.id }), leg('outside', {})],
    })
    const make = (day: string) => supervisor.ask('POST', '/api/v1/recording-reports', { day })
    const { body } = await make(today)
    const gap = body.gaps.find((one: { callId: string }) => one.callId === callId)
    assert.deepEqual([gap.kind, gap.legId, Date.parse(gap.to) - Date.parse(gap.from)], ['none', 'inside', 60_000])
    assert.equal(body.missingMs, 60_000)
    assert.equal((await make('2026-02-31')).status, 400)
    assert.equal((await make('2999-01-01')).status, 400)
    assert.equal((await supervisor.ask('GET', '/api/v1/recording-reports')).body.items[0].day, today)
    assert.equal((await anna.ask('GET', '/api/v1/recording-reports')).status, 403)
  })

  it('are deleted when their time has come, but for what is held, and yesterday is reconciled by itself', async () => {
    const set = async (more: object) =>
      administrator.ask('PUT', '/api/v1/recording-policy', { ...(await policy()), mode: 'always', ...more })
    await set({ keepDays: 1 })
    const [old, held] = [await record(), await record()]
    await administrator.ask('PUT', `/api/v1/recordings/${held}/hold`, { reason: 'court' })
    await set({ keepDays: 30 })
    await api.clock.advanceAsync(86_400_000 + 5000)
    const young = await record()
    // Three in the morning, when the day before is over for everybody.
    await api.clock.advanceAsync(86_400_000 + 3 * 3_600_000 - (api.clock.now() % 86_400_000))
    await api.recording.start()
    const state = async (id: RecordingId) => (await api.store.recordingStore.find(companyId, id))?.state
    const yesterday = new Date(api.clock.now() - 86_400_000).toISOString().slice(0, 10)
    const isReconciled = async () => (await api.store.recordingStore.reports(companyId, 1))[0]?.day === yesterday
    await until(isReconciled)
    assert.deepEqual([await state(old), await state(held), await state(young)], ['deleted', 'ended', 'ended'])
    const [event] = (await told('recording.deleted')).filter(({ data }) => data.recording === old)
    assert.deepEqual([event?.data.reason, event?.data.userId], ['retention', undefined])
    await set({ mode: 'onDemand' })
  })

  it('say so when none can be written, and keep calls from being made where the company wants that', async () => {
    const id = (await api.recording.desk.begin(
      {
        callId: 'full' as CallId,
        companyId,
        legId: 'leg' as LegId,
        party: { number: '210', userId: annaId },
        other: { number: '211' },
        direction: 'internal',
        dialled: '211',
        called: { number: '211' },
        isTrunk: false,
      },
      'rule',
    )) as { id: RecordingId }
    assert.equal(api.recording.desk.whyNoCall(companyId), undefined)
    api.engine.tell({ kind: 'recordingTroubled', recording: id.id, reason: 'ENOSPC: no space left on device, write' })
    assert.match(api.recording.warnings()[0] ?? '', /disk of the data folder is full/)
    assert.equal(api.recording.desk.whyNoCall(companyId), undefined)
    await administrator.ask('PUT', '/api/v1/recording-policy', {
      ...(await policy()),
      mode: 'always',
      ifImpossible: 'refuse',
    })
    assert.equal(api.recording.desk.whyNoCall(companyId)?.code, 'RECORDING_NOT_POSSIBLE')
    assert.equal((await supervisor.ask('GET', '/api/v1/recording-policy')).body.isDiskFull, true)
    assert.equal((await told('recording.troubled')).length, 1)
  })
})

/** Until what is done in the background is there; rejects when it is not within half a minute. */
async function until(isThere: () => Promise<boolean>): Promise<void> {
  const endMs = performance.now() + 30_000
  while (!(await isThere())) {
    assert.ok(performance.now() < endMs, 'it never came')
    await new Promise(setImmediate)
  }
}
