import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { gzipSync } from 'node:zlib'
import { systemClock } from '@vaxel/base'
import type { CalendarAnswer, CalendarQuestion } from '@vaxel/core'
import { mostCalendarBytes } from './fetch-calendar.ts'
import { NetworkCalendars } from './network-calendars.ts'

const calendar = [
  'BEGIN:VCALENDAR',
  'BEGIN:VEVENT',
  'UID:1',
  'DTSTART:20261120T090000Z',
  'DTEND:20261120T100000Z',
  'END:VEVENT',
  'END:VCALENDAR',
  '',
].join('\r\n')
const whole: Omit<CalendarQuestion, 'access'> = {
  protocol: 'feed',
  fromMs: Date.UTC(2026, 10, 19),
  toMs: Date.UTC(2026, 10, 21),
  timeZone: 'UTC',
  owner: [],
}

describe('calendars at servers of others', () => {
  let server: Server
  let url: string
  let port: number
  const seen: IncomingMessage[] = []
  const held: ServerResponse[] = []
  const open = new NetworkCalendars({ clock: systemClock, allowedNetworks: ['127.0.0.0/8', '::1'], limitMs: 30_000 })
  const guarded = new NetworkCalendars({ clock: systemClock, allowedNetworks: [] })
  const hasty = new NetworkCalendars({ clock: systemClock, allowedNetworks: ['127.0.0.0/8'], limitMs: 100 })
  const bomb = gzipSync(Buffer.alloc(mostCalendarBytes + 1, 'BEGIN:VCALENDAR\r\n'))

  const answers: Readonly<Record<string, (response: ServerResponse) => void>> = {
    '/ok': (response) => response.writeHead(200, { etag: '"7"', 'last-modified': 'Fri' }).end(calendar),
    '/packed': (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(calendar)),
    '/damaged': (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip'),
    '/bomb': (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
    '/page': (response) => response.writeHead(200).end('<html></html>'),
    '/moved': (response) => response.writeHead(302, { location: '/ok' }).end(),
    '/round': (response) => response.writeHead(302, { location: '/round' }).end(),
    '/away': (response) => response.writeHead(302, { location: `http://localhost:${port}/ok` }).end(),
    '/inwards': (response) => response.writeHead(302, { location: `http://10.1.2.3:${port}/ok` }).end(),
    '/login': (response) => response.writeHead(401).end(),
    '/gone': (response) => response.writeHead(404).end(),
    '/down': (response) => response.writeHead(503).end(),
    '/silent': (response) => void held.push(response),
    '/half': (response) => {
      held.push(response)
      response.write('BEGIN:VCAL')
    },
  }

  before(async () => {
    server = createServer((request, response) => {
      seen.push(request)
      if (request.headers['if-none-match'] === '"7"') response.writeHead(304).end()
      else answers[request.url ?? '']?.(response)
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    port = (server.address() as AddressInfo).port
    url = `http://127.0.0.1:${port}`
  })
  after(async () => {
    for (const response of held) response.destroy()
    await Promise.all([open.close(), guarded.close(), hasty.close()])
    server.closeAllConnections()
    server.close()
  })
  const ask = (path: string, more: Partial<CalendarQuestion> = {}, door = open): Promise<CalendarAnswer> =>
    door.read({ ...whole, access: { address: `${url}${path}` }, ...more }, new AbortController().signal)
  const trouble = async (...asked: Parameters<typeof ask>) => {
    const answer = await ask(...asked)
    return answer.kind === 'failed' ? answer.trouble : answer.kind
  }

  it('are read, also packed and where they have moved to', async () => {
    for (const path of ['/ok', '/packed', '/moved']) {
      const answer = await ask(path)
      assert.ok(answer.kind === 'read' && answer.entries.length === 1, path)
    }
  })

  it('are not read again when nothing has changed', async () => {
    const answer = await ask('/ok')
    assert.ok(answer.kind === 'read' && answer.version)
    assert.deepEqual(answer.version, { etag: '"7"', modified: 'Fri' })
    assert.equal(await trouble('/ok', { known: answer.version }), 'unchanged')
    assert.equal(seen.at(-1)?.headers['if-modified-since'], 'Fri')
  })

  it('get the password, and no other server does', async () => {
    const access = { address: `${url}/away`, login: 'anna', password: 'pässword' }
    assert.equal(await trouble('', { access }), 'read')
    const [first, second] = seen.slice(-2).map(({ headers }) => headers.authorization)
    assert.deepEqual([first, second], [`Basic ${Buffer.from('anna:pässword').toString('base64')}`, undefined])
  })

  it('that cannot be read say why', async () => {
    const expected = {
      '/damaged': 'notCalendar',
      '/page': 'notCalendar',
      '/bomb': 'tooLarge',
      '/round': 'redirects',
      '/inwards': 'network',
      '/login': 'login',
      '/gone': 'notFound',
      '/down': 'server',
    }
    for (const [path, why] of Object.entries(expected)) assert.equal(await trouble(path), why, path)
    assert.equal(await trouble('/page', { protocol: 'caldav' }), 'notCalendar')
    for (const path of ['/silent', '/half']) assert.equal(await trouble(path, {}, hasty), 'timeOut', path)
    const at = (address: string) => trouble('', { access: { address } })
    assert.equal(await at('file:///etc/passwd'), 'address')
    assert.equal(await at('http://anna:secret@127.0.0.1/'), 'address')
    assert.equal(await at('https://nobody.invalid/'), 'address')
    assert.equal(await at(`https://127.0.0.1:${port}/ok`), 'certificate')
  })

  it('are never looked for in our own networks, and without TLS only there, where the operator allows it', async () => {
    const before = seen.length
    for (const host of ['127.0.0.1', 'localhost', '2130706433', '[::1]', '[::ffff:127.0.0.1]', '10.0.0.1'])
      assert.equal(await trouble('', { access: { address: `http://${host}:${port}/ok` } }, guarded), 'network', host)
    assert.equal(seen.length, before)
    assert.equal(await trouble('', { access: { address: 'http://8.8.8.8/x.ics' } }), 'insecure')
    assert.equal(await trouble('', { access: { address: 'webcal://127.0.0.1/x.ics' } }, guarded), 'network')
  })
})
