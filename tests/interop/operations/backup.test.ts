import assert from 'node:assert/strict'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import {
  type ApiClient,
  Baresip,
  eventually,
  FreePorts,
  levelDbov,
  type Platform,
  hearRecording,
  startPlatform,
  temporaryFolder,
} from '@vaxel/testkit'
import { talk } from '../baresip/heard-tone.ts'
import { PostgresServer } from '../postgres/postgres-server.ts'
import {
  inDialog,
  inviteSteps,
  pause,
  play,
  register,
  response,
  scenario,
  type SippPhone,
  stopAll,
} from '../sipp/sipp-phone.ts'
import { vaxel } from './command-line.ts'

interface Part {
  readonly name: string
  readonly rows?: number
}
interface Listed<T> {
  readonly items: readonly T[]
}
interface Call {
  readonly id: string
  readonly endedAt?: string
  readonly termination?: { readonly reason: string }
}
interface Told {
  readonly kind: string
  readonly data: { readonly recording?: string; readonly durationMs?: number }
}
interface LiveCall {
  readonly id: string
  readonly connections: readonly { readonly legId: string; readonly party: { readonly number: string } }[]
}

const passphrase = 'correct horse battery staple'
const callsOfSipp = 40

/** Calls the echo, stays a while and hangs up. */
const callEcho = scenario(
  inviteSteps('201', '600'),
  response(200, 'rrs="true"'),
  inDialog('ACK', '201', '600', 2),
  pause(4000),
  inDialog('BYE', '201', '600', 3),
  response(200),
)

for (const from of ['SQLite', 'PostgreSQL'] as const)
  describe(`a backup of a server on ${from}, made while calls go on`, () => {
    let postgres: PostgresServer
    let platform: Platform
    let api: ApiClient
    let free: FreePorts
    let users: number
    let bindings: number
    let recorded: string
    let parts: readonly Part[]
    const folder = temporaryFolder('backups')
    const file = join(folder, 'night.backup')
    const phones: Baresip[] = []
    const environment: Record<string, string> = {}
    const rowsOf = (table: string) => parts.find(({ name }) => name === `tables/${table}`)!.rows!
    const countOf = async (client: ApiClient, path: string) => (await client.get<Listed<unknown>>(path)).items.length

    before(async () => {
      postgres = await PostgresServer.start()
      if (from === 'PostgreSQL') environment['VAXEL_DATABASE_URL'] = await postgres.newDatabase()
      platform = await startPlatform({ environment, mediaPortCount: 300 })
      api = await platform.login()
      free = await FreePorts.claim()
    })
    after(async () => {
      await stopAll()
      for (const phone of phones) await phone.stop()
      await platform?.stop()
      await postgres?.end()
      free?.release()
    })

    it('disturbs no call, and is one file for its owner alone that says what is in it', async () => {
      for (const [user, toneHz] of [
        ['202', 440],
        ['203', 620],
      ] as const)
        phones.push(await Baresip.start({ user, password: `sip-${user}`, registrar: platform.sip, toneHz }))
      await phones[0]!.dial('203')
      await Promise.all(phones.map((phone) => phone.waitFor('CALL_ESTABLISHED')))
      const live = await api.get<Listed<LiveCall>>('/api/v1/live-calls')
      const { id, connections } = live.items[0]!
      recorded = id
      const legId = connections.find(({ party }) => party.number === '202')!.legId
      await api.post(`/api/v1/live-calls/${id}/commands/startRecording`, { legId })
      await talk(2000)
      users = await countOf(api, '/api/v1/users?limit=1000')
      bindings = await countOf(api, '/api/v1/bindings?limit=1000')
      const phone: SippPhone = { platform, user: '201', port: await free.port() }
      const calling = play(phone, callEcho, { service: '600', calls: callsOfSipp, rate: 20, limitMs: 40_000 })
      await eventually(
        'many calls go on',
        async () => (await countOf(api, '/api/v1/live-calls')) > callsOfSipp / 2,
        20_000,
      )
      const { code, output } = await vaxel(['backup', file, '--encrypt', '--json'], {
        VAXEL_DATA: platform.data,
        VAXEL_BACKUP_PASSPHRASE: passphrase,
        ...environment,
      })
      assert.equal(code, 0, output)
      const told = JSON.parse(output) as { manifest: { parts: Part[]; database: string }; isEncrypted: boolean }
      parts = told.manifest.parts
      assert.equal(told.manifest.database, from)
      assert.equal(told.isEncrypted, true)
      assert.equal(statSync(file).mode & 0o777, 0o600)
      await calling.succeed()
      assert.ok(phones.every(({ events }) => !events.some(({ type }) => type === 'CALL_CLOSED')))
    })

    it('is found whole by --verify; a wrong passphrase and an occupied place are told in a sentence', async () => {
      const right = { VAXEL_BACKUP_PASSPHRASE: passphrase }
      const whole = await vaxel(['backup', '--verify', file], right)
      assert.deepEqual([whole.code, /^whole/.test(whole.output)], [0, true], whole.output)
      const wrong = await vaxel(['backup', '--verify', file], { VAXEL_BACKUP_PASSPHRASE: 'something else' })
      assert.equal(wrong.code, 1)
      assert.match(wrong.output, /The passphrase is not the one/)
      const occupied = await vaxel(['restore', file, '--into', platform.data], right)
      assert.equal(occupied.code, 1)
      assert.match(occupied.output, /is not empty/)
      const inUse = environment['VAXEL_DATABASE_URL']
      if (inUse === undefined) return
      const into = join(folder, 'nowhere')
      const taken = await vaxel(['restore', file, '--into', into, '--database', inUse], right)
      assert.match(taken.output, /A Vaxel server uses the database/)
      assert.equal(existsSync(into), false)
    })

    for (const to of ['SQLite', 'PostgreSQL'] as const)
      it(`is restored to ${to}: history, users, registrations and the recording are there, and a call works`, async () => {
        const into = join(folder, `on-${to}`)
        const target = to === 'PostgreSQL' ? await postgres.newDatabase() : undefined
        const database = target === undefined ? [] : ['--database', target]
        const restored = await vaxel(['restore', file, '--into', into, ...database], {
          VAXEL_BACKUP_PASSPHRASE: passphrase,
        })
        assert.equal(restored.code, 0, restored.output)
        assert.deepEqual(
          readdirSync(folder).filter((name) => name.includes('.restoring-')),
          [],
        )
        const again = await startPlatform({
          data: into,
          environment: target === undefined ? {} : { VAXEL_DATABASE_URL: target },
        })
        try {
          const client = await again.login()
          assert.equal(await countOf(client, '/api/v1/users?limit=1000'), users)
          assert.equal(await countOf(client, '/api/v1/bindings?limit=1000'), bindings)
          const { items: calls } = await client.get<Listed<Call>>('/api/v1/calls?limit=500')
          assert.equal(calls.length, rowsOf('calls'))
          assert.ok(calls.length > callsOfSipp / 2)
          assert.ok(calls.every(({ endedAt }) => endedAt !== undefined))
          assert.equal(calls.find(({ id }) => id === recorded)?.termination?.reason, 'restarted')
          const { timeline } = await client.get<{ timeline: Told[] }>(`/api/v1/calls/${recorded}`)
          const ended = timeline.find(({ kind }) => kind === 'recording.ended')
          assert.ok(ended, 'the end of the recording is told')
          assert.ok(ended.data.durationMs! > 1000, `${ended.data.durationMs} ms of sound`)
          const { channels, rateHz } = await hearRecording(client, ended.data.recording!)
          assert.ok(channels.some((samples) => levelDbov(samples.subarray(rateHz >> 1)) > -40))
          const phone: SippPhone = { platform: again, user: '201', port: await free.port() }
          await register(phone)
          await play(phone, callEcho.replace('"4000"', '"300"'), { service: '600' }).succeed()
          const { items } = await client.get<Listed<Call>>('/api/v1/calls?limit=500')
          assert.equal(items.length, calls.length + 1)
        } finally {
          await again.stop()
        }
      })
  })
