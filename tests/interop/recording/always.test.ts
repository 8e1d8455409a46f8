import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import {
  type ApiClient,
  Baresip,
  eventually,
  FreePorts,
  hearRecording,
  type Platform,
  startPlatform,
  temporaryFolder,
} from '@vaxel/testkit'
import { NetPhone } from '@vaxel/testkit/peers/net-phone'
import { talk } from '../baresip/heard-tone.ts'
import { Exim } from '../mail/exim.ts'

interface Recording {
  readonly id: string
  readonly callId: string
  readonly state: string
  readonly durationMs?: number
  readonly end?: string
  readonly lostMs?: number
}
interface Event {
  readonly kind: string
  readonly data: { readonly reason?: string }
}

/** Recordings and messages lie on a disk of 70 MiB that the test fills; the database is elsewhere. */
const diskMiB = 70
/** The machine may have much else to do. */
const patienceMs = 20_000

describe('a company records every call', () => {
  const data = temporaryFolder('recorded')
  const disk = join(data, 'recordings')
  const voicemail = join(disk, 'voicemail')
  const ballast = join(disk, 'ballast')
  const phones: NetPhone[] = []
  let platform: Platform
  let api: ApiClient
  let exim: Exim
  let free: FreePorts
  let environment: Record<string, string>

  const fill = (part: Buffer) => {
    try {
      for (;;) writeFileSync(ballast, part, { flag: 'a' })
    } catch (error) {
      assert.equal((error as NodeJS.ErrnoException).code, 'ENOSPC')
    }
  }
  const call = async () => {
    const coming = phones[1]!.nextCall()
    const caller = await phones[0]!.call('205')
    const callee = await coming
    await Promise.all([caller.isAnswered(), callee.isAnswered()])
    return { caller, callee }
  }
  const latest = async () => (await api.get<{ items: Recording[] }>('/api/v1/recordings?limit=1')).items[0]
  /** Resolves when a second of the latest recording lies on the disk. */
  const grows = () =>
    eventually(
      'the recording grows',
      async () => {
        const found = await latest()
        const files = readdirSync(disk, { recursive: true, encoding: 'utf8' })
        const file = found?.state === 'running' && files.find((name) => name.includes(found.id))
        return file !== undefined && file !== false && statSync(join(disk, file)).size > 32_000 && found
      },
      patienceMs,
    )
  const ended = () =>
    eventually(
      'the recording has ended',
      async () => {
        const found = await latest()
        return found?.state === 'ended' && found
      },
      patienceMs,
    )
  /** Sounds of mailboxes. */
  const voices = () => {
    const names = readdirSync(voicemail, { recursive: true, encoding: 'utf8' })
    return names.filter((name) => name.endsWith('.sound')).map((name) => join(voicemail, name))
  }
  const events = async (kind: string) => {
    const { timeline } = await api.get<{ timeline: Event[] }>(`/api/v1/calls/${(await latest())!.callId}`)
    return timeline.filter((one) => one.kind === kind)
  }
  const faults = async () =>
    (await api.post<{ faults: unknown[]; intact: number }>('/api/v1/recordings-verification', {})).faults

  before(async () => {
    mkdirSync(disk)
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${diskMiB}m`, 'vaxel-recordings', disk])
    assert.equal(mounted.status, 0, String(mounted.stderr))
    mkdirSync(voicemail)
    symlinkSync(voicemail, join(data, 'voicemail'))
    free = await FreePorts.claim()
    exim = await Exim.start(await free.port())
    environment = { VAXEL_SMTP_URL: `smtp://127.0.0.1:${exim.port}`, VAXEL_MAIL_FROM: 'no-reply@demo.vaxel.test' }
    platform = await startPlatform({ data, environment })
    api = await platform.login()
    const { policy } = await api.get<{ policy: object }>('/api/v1/recording-policy')
    await api.put('/api/v1/recording-policy', {
      ...policy,
      mode: 'always',
      mail: 'attachment',
      mailTo: ['archive@example.com'],
    })
    for (const user of ['204', '205']) {
      const phone = await NetPhone.open({ user, port: platform.ports.sip })
      assert.equal(await phone.register(3600), 200)
      phones.push(phone)
    }
  })
  after(async () => {
    for (const phone of phones) await phone.close()
    await platform?.stop()
    await exim?.stop()
    free?.release()
    spawnSync('umount', ['-l', disk])
  })

  it('which begins by itself, and loses at most its last second when the server is killed', async () => {
    const { caller } = await call()
    const began = await grows()
    const runningSince = Date.now()
    await talk(3000)
    const ranMs = Date.now() - runningSince
    await platform.kill()
    platform = await startPlatform({ data, ports: platform.ports, environment })
    api = await platform.login()
    caller.hangUp()
    const cut = await ended()
    assert.deepEqual([cut.id, cut.end], [began.id, 'cut'])
    assert.ok(cut.durationMs! >= ranMs - 1000, `${cut.durationMs} ms of ${ranMs} ms`)
    const wav = await hearRecording(api, cut.id)
    assert.equal(wav.channels.length, 2)
    assert.ok(Math.abs(wav.durationMs - cut.durationMs!) < 1)
    assert.deepEqual(await faults(), [])
  })

  it('which is mailed from the no-reply address, with the sound', async () => {
    const box = await eventually('the mail', () => /^UklGR/m.test(exim.mails()) && exim.mails(), patienceMs)
    assert.match(box, /^From: .*no-reply@demo\.vaxel\.test/m)
    assert.match(box, /^Envelope-to: archive@example\.com$/m)
    assert.match(box, /filename="?recording-[\d-]+\.wav/)
    // The first letters of a WAV file, as base 64 has them.
    assert.match(box, /^UklGR[A-Za-z0-9+/]{70}/m)
  })

  it('which says so when the disk is full, lets the call go on, and has silence where it could not write', async () => {
    const { caller } = await call()
    await grows()
    for (const part of [Buffer.alloc(1 << 20, 1), Buffer.alloc(4096, 1)]) fill(part)
    await eventually(
      'the trouble is told',
      async () =>
        (await events('recording.troubled')).some(({ data: { reason } }) => /ENOSPC|no space/.test(reason ?? '')),
      patienceMs,
    )
    const { warnings } = await api.get<{ warnings: string[] }>('/healthz')
    assert.ok(warnings.some((sentence) => sentence.includes('calls are not recorded')))
    assert.ok(caller.isUp && !caller.end)
    rmSync(ballast)
    await talk(1200)
    caller.hangUp()
    const recording = await ended()
    assert.equal(recording.end, 'gone')
    assert.ok(recording.lostMs! > 0)
    const wav = await hearRecording(api, recording.id)
    assert.ok(wav.durationMs > 2400 && Math.abs(wav.durationMs - recording.durationMs!) < 1)
    assert.deepEqual(await faults(), [])
  })

  it('and can prove by night that no talked minute is without one, but for what the disk lost', async () => {
    const day = new Date().toISOString().slice(0, 10)
    const report = await api.post<{ calls: number; talkMs: number; missingMs: number }>('/api/v1/recording-reports', {
      day,
    })
    const { items } = await api.get<{ items: Recording[] }>('/api/v1/recordings?limit=10')
    assert.deepEqual([report.calls, items.length], [2, 2])
    // The call that the kill ended is closed where audio was last noted: how much that is, the machine decides.
    const [whole] = items
    assert.ok(report.talkMs > whole!.durationMs!, `${JSON.stringify(report)}, ${whole!.durationMs} ms of one call`)
    assert.ok(report.missingMs < report.talkMs / 2, JSON.stringify(report))
  })

  it('whoever leaves a message while the disk fills up is told, and let go; what was said until then is there', async () => {
    const owner = await platform.login('206')
    await owner.request('PUT', '/api/v1/me/forwarding', { callWaiting: true, always: { to: '700' } })
    const [box] = (await owner.get<{ items: { id: string }[] }>('/api/v1/me/voicemail')).items
    const messages = async () =>
      (await owner.get<{ items: { durationMs: number }[] }>(`/api/v1/voicemail/${box!.id}/messages`)).items
    const caller = await Baresip.start({ user: '207', password: 'sip-207', registrar: platform.sip, toneHz: 620 })
    try {
      await caller.dial('206')
      await caller.waitFor('CALL_ESTABLISHED')
      await caller.command('sndcode', '#')
      await eventually(
        'two seconds of the message lie on the disk',
        async () => voices().some((file) => statSync(file).size > 32_000),
        patienceMs,
      )
      for (const part of [Buffer.alloc(1 << 20, 1), Buffer.alloc(4096, 1)]) fill(part)
      await caller.waitFor('CALL_CLOSED', 20_000)
    } finally {
      rmSync(ballast, { force: true })
      await caller.stop()
    }
    const kept = await eventually('the message', async () => (await messages())[0], patienceMs)
    assert.ok(kept.durationMs >= 1500, `${kept.durationMs} ms are kept`)
    assert.deepEqual([(await messages()).length, voices().length], [1, 1])
  })
})
