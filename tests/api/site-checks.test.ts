import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { after, before, describe, it } from 'node:test'
import { silentLogger, systemClock } from '@vaxel/base'
import { InvitationGone } from '@vaxel/contract'
import type { MediaEngine, SiteEcho } from '@vaxel/core'
import { createEmbeddedMedia } from '@vaxel/media'
import { hasRightMac, readEcho, writeEcho } from '@vaxel/site'
import { StreamClient } from '../../packages/media/src/echo/stream-client.fixture.ts'
import { FreePorts } from '../../packages/testkit/src/free-ports.ts'
import { type ApiPlatform, startApi } from './api-platform.ts'
import type { CheckedClient } from './checked-client.ts'

const checks = '/api/v1/site/checks'

let api: ApiPlatform
let ports: FreePorts
let engine: MediaEngine
let echo: SiteEcho
let busy: string | undefined
const kept: unknown[] = []

before(async () => {
  ports = await FreePorts.claim()
  const media = await createEmbeddedMedia({
    clock: systemClock,
    log: silentLogger,
    workers: 1,
    mediaPort: await ports.port(),
    portRange: await ports.range(200),
    bindAddresses: ['127.0.0.1'],
    advertise: () => '127.0.0.1',
    drainMs: 1,
  })
  engine = media.engine
  echo = media.siteEcho
  api = await startApi({
    demo: false,
    siteChecks: {
      echo,
      busyWith: () => busy,
      invitations: {
        siteOf: async (invitation) => (invitation === 'of-lund' ? { name: 'Lund' } : InvitationGone()),
        keep: async (invitation, report) => {
          kept.push([invitation, report])
          return { reportId: 'r1' }
        },
      },
    },
  })
})

after(async () => {
  await api.close()
  await echo.close()
  await engine.close()
  ports.release()
})

/** Begins a check; the client that comes with it shows its key. */
async function begin(body: object = {}) {
  const { status, body: check } = await api.client.ask('POST', checks, body)
  assert.equal(status, 201, JSON.stringify(check))
  const client = api.client.as(check.echo.key)
  return {
    check,
    client,
    path: `${checks}/${check.checkId}`,
    end: () => client.ask('DELETE', `${checks}/${check.checkId}`),
  }
}

/** What a port answers to a hello; undefined where it is silent until another port has answered. */
async function asks(check: { echo: { id: string; key: string } }, askedPorts: readonly number[]): Promise<number[]> {
  const key = Buffer.from(check.echo.key, 'base64url')
  const mac = (bytes: Uint8Array) => createHmac('sha256', key).update(bytes).digest()
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const answered: number[] = []
  for (const port of askedPorts)
    socket.send(
      writeEcho({ type: 'hello', checkId: check.echo.id, sequence: port, senderTimeUs: 0, lengthBytes: 88 }, mac),
      port,
      '127.0.0.1',
    )
  while (answered.at(-1) !== askedPorts.at(-1)) {
    const [bytes] = (await once(socket, 'message')) as [Buffer]
    const read = readEcho(bytes)
    assert.ok(read.ok && hasRightMac(bytes, mac) && read.packet.type === 'cookie')
    answered.push(read.packet.sequence)
  }
  socket.close()
  return answered
}

const refusalOf = async (answer: ReturnType<CheckedClient['ask']>) => {
  const { status, body } = await answer
  return [status, body?.code]
}

describe('checks of a site, without login', () => {
  it('tell what to try, open it, and close it at the end', async () => {
    const { check, client, path, end } = await begin()
    const { sample, mediaRange } = check.ports
    assert.deepEqual([sample[0], sample.at(-1)], [mediaRange.from, mediaRange.to])
    assert.equal(sample.length, 8)
    assert.equal(sample.includes(check.closedPort), false)
    assert.deepEqual(check.names, [])
    assert.equal(check.yourAddress, '127.0.0.1')
    assert.equal(check.catalogue.id, 'vaxel')
    assert.match(check.catalogue.version, /^\d{10}$/)
    assert.deepEqual(await asks(check, [check.closedPort, ...sample]), sample)
    const { body } = await client.ask('GET', `${path}/echo`)
    const byPort = (a: { port: number }, b: { port: number }) => a.port - b.port
    assert.deepEqual(
      body.heard.sort(byPort),
      sample.map((port: number) => ({ port, hellos: 1, probes: 0 })),
    )
    assert.equal((await end()).status, 204)
    assert.equal(echo.openPorts.size, 0)
    assert.deepEqual(await refusalOf(end()), [404, 'SITE_CHECK_GONE'])
  })

  it('are opened by their own key and nothing else, and say the same of those that never were', async () => {
    const { check, path, end } = await begin()
    const other = await begin()
    const wrong = [undefined, 'x', 'A'.repeat(43), other.check.echo.key, `${check.echo.key.slice(0, 42)}`]
    for (const token of wrong) {
      const client = api.client.as(token)
      assert.deepEqual(await refusalOf(client.ask('DELETE', path)), [404, 'SITE_CHECK_GONE'])
      assert.deepEqual(await refusalOf(client.ask('POST', `${path}/echo-ports`, { ports: [50_000] })), [
        404,
        'SITE_CHECK_GONE',
      ])
    }
    const never = await refusalOf(api.client.as(check.echo.key).ask('DELETE', `${checks}/${'0'.repeat(16)}`))
    assert.deepEqual(never, [404, 'SITE_CHECK_GONE'])
    await end()
    await other.end()
  })

  it('open further ports of the range, but not outside of it, nor the one that stays closed', async () => {
    const { check, client, path, end } = await begin()
    const { sample, mediaRange } = check.ports
    const free = [...Array(30).keys()]
      .map((step) => mediaRange.from + 40 + step)
      .find((port) => !sample.includes(port) && port !== check.closedPort)!
    const { body } = await client.ask('POST', `${path}/echo-ports`, {
      ports: [free, check.closedPort, mediaRange.from - 2, 22, sample[0]],
    })
    assert.deepEqual(
      body.open,
      [...sample, free].sort((a: number, b: number) => a - b),
    )
    assert.deepEqual(body.refused, [
      { port: check.closedPort, why: 'kept-closed' },
      { port: mediaRange.from - 2, why: 'outside-range' },
      { port: 22, why: 'outside-range' },
    ])
    assert.deepEqual(await asks(check, [free]), [free])
    await end()
  })

  it('give audio back on exactly one port, and tell what the server measured', async () => {
    const { check, client, path, end } = await begin()
    const port = check.ports.sample[3]
    const peer = await StreamClient.open()
    const opened = await client.ask('POST', `${path}/streams`, { port, offer: peer.offer() })
    assert.deepEqual([opened.status, opened.body.port], [201, port])
    assert.equal(peer.take(opened.body.answer), port)
    const stream = `${path}/streams/${opened.body.streamId}`
    assert.deepEqual(
      (({ state, heard, packets }) => ({ state, heard, packets }))((await client.ask('GET', stream)).body),
      { state: 'waiting', heard: false, packets: 0 },
    )
    peer.check()
    await peer.until(() => peer.isChecked)
    peer.start()
    await peer.until(() => peer.isKeyed)
    for (let index = 0; index < 30; index += 1) peer.speak(index % 10 === 4)
    await peer.until(() => peer.heard >= 10)
    const { body } = await client.ask('GET', stream)
    assert.deepEqual([body.state, body.packets, body.lost, body.codec], ['running', 27, 3, 'PCMA'])
    assert.equal((await client.ask('DELETE', stream)).status, 204)
    assert.equal((await client.ask('GET', stream)).body.state, 'ended')
    assert.deepEqual(await refusalOf(client.ask('GET', `${path}/streams/check-other-1`)), [404, 'API_NOT_FOUND'])
    peer.close()
    await end()
  })

  it('refuse streams on a port that is not open, with an offer that is none, and beyond what one check may have', async () => {
    const { check, client, path, end } = await begin()
    const peer = await StreamClient.open()
    const [port] = check.ports.sample
    const open = (wish: object) => client.ask('POST', `${path}/streams`, wish)
    assert.deepEqual(await refusalOf(open({ port: check.closedPort, offer: peer.offer() })), [
      409,
      'SITE_PORT_NOT_OPEN',
    ])
    assert.deepEqual(await refusalOf(open({ port, offer: 'this is no offer' })), [422, 'SITE_OFFER_UNUSABLE'])
    assert.deepEqual(await refusalOf(open({ port: 'any', offer: peer.offer() })), [400, 'API_INVALID_REQUEST'])
    for (let index = 0; index < check.limits.streams; index += 1)
      assert.equal((await open({ port, offer: peer.offer() })).status, 201)
    assert.deepEqual(await refusalOf(open({ port, offer: peer.offer() })), [429, 'SITE_CHECK_LIMIT'])
    peer.close()
    await end()
  })

  it('keep a report for the site whose link they were begun with, and for nobody without', async () => {
    const report = { format: 'vaxel-site-report/1' }
    const without = await begin()
    assert.deepEqual(await refusalOf(without.client.ask('POST', `${without.path}/report`, report)), [
      409,
      'SITE_CHECK_WITHOUT_SITE',
    ])
    await without.end()
    const invited = await begin({ invitation: 'of-lund' })
    assert.deepEqual(invited.check.site, { name: 'Lund' })
    const { status, body } = await invited.client.ask('POST', `${invited.path}/report`, report)
    assert.deepEqual([status, body], [201, { reportId: 'r1' }])
    assert.deepEqual(kept, [['of-lund', report]])
    await invited.end()
    assert.deepEqual(await refusalOf(api.client.ask('POST', checks, { invitation: 'of-nobody' })), [
      404,
      'SITE_INVITATION_GONE',
    ])
  })

  it('wait for the calls: while the server is busy it says so, and when to come again', async () => {
    busy = 'The server carries nearly as many calls as it may.'
    const { status, body, headers } = await api.client.ask('POST', checks, {})
    busy = undefined
    assert.deepEqual(
      [status, body.code, body.detail, headers.get('retry-after')],
      [503, 'SITE_CHECKS_BUSY', 'The server carries nearly as many calls as it may.', '120'],
    )
  })

  it('end by themselves after a quarter of an hour', async () => {
    const { client, path } = await begin()
    await api.clock.advanceAsync(15 * 60_000)
    assert.deepEqual(await refusalOf(client.ask('DELETE', path)), [404, 'SITE_CHECK_GONE'])
  })

  it('are so many at once and no more, and an address begins them no faster than it may', async () => {
    const running = []
    for (;;) {
      const { status, body } = await api.client.ask('POST', checks, {})
      if (status === 503) break
      running.push(body)
    }
    assert.ok(running.length >= 2 && running.length <= 16, `${running.length}`)
    for (const check of running) await api.client.as(check.echo.key).ask('DELETE', `${checks}/${check.checkId}`)
    let refused: { status: number; headers: Headers } | undefined
    for (let asked = 0; asked < 500 && refused?.status !== 429; asked += 1) {
      busy = 'busy'
      refused = await api.client.ask('POST', checks, {})
    }
    busy = undefined
    assert.equal(refused?.status, 429)
    assert.ok(Number(refused.headers.get('retry-after')) >= 1)
  })
})
