import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { afterEach, describe, it } from 'node:test'
import type { MailAccess } from '@vaxel/core'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { ImapMailbox } from './imap-mailbox.ts'

const running = new Set<Server>()
const open = new Set<Socket>()
const capabilities = 'IMAP4rev1 IDLE UIDPLUS'

/** A server with one mailbox. `says` is told with the next answer to a command of that kind, before its end. */
async function serve() {
  let mails = 1
  const says = new Map<string, string>()
  const idling = Promise.withResolvers<(text: string) => void>()
  const fetched = (from: number) =>
    Array.from({ length: mails }, (_, i) => i + 1)
      .filter((uid) => uid >= from || uid === mails)
      .map((uid) => `* ${uid} FETCH (UID ${uid} RFC822.SIZE 3 FLAGS () INTERNALDATE "01-Jan-2026 00:00:00 +0000")\r\n`)
      .join('')
  const answer = (command: string, words: string): string => {
    if (command === 'CAPABILITY') return `* CAPABILITY ${capabilities}\r\n`
    if (command === 'LIST') return '* LIST () "/" INBOX\r\n'
    if (command === 'SELECT')
      return `* FLAGS ()\r\n* ${mails} EXISTS\r\n* OK [UIDVALIDITY 7] v\r\n* OK [UIDNEXT 9] n\r\n`
    if (command !== 'UID') return ''
    if (words.includes('BODY')) return '* 1 FETCH (UID 1 BODY[] {3}\r\nabc)\r\n'
    return fetched(Number(/FETCH (\d+)/i.exec(words)?.[1] ?? 1))
  }
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('error', () => {})
    socket.write(`* OK [CAPABILITY ${capabilities}] ready\r\n`)
    let rest = ''
    let idleTag = ''
    socket.on('data', (chunk) => {
      rest += chunk.toString()
      for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end)
        rest = rest.slice(end + 2)
        if (line === 'DONE') socket.write(`${idleTag} OK done\r\n`)
        const [tag = '', command = '', ...words] = line.split(' ')
        if (command === 'IDLE') {
          idleTag = tag
          socket.write('+ idling\r\n', () => idling.resolve((text) => void socket.write(text)))
        } else if (command !== '') {
          const kind = words.join(' ').includes('BODY') ? 'BODY' : command
          socket.write(`${answer(command, words.join(' '))}${says.get(kind) ?? ''}${tag} OK done\r\n`)
          says.delete(kind)
        }
      }
    })
  })
  running.add(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const place = {
    address: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    isSecure: false,
    isUpgraded: false,
    tls: {},
  }
  const access = {
    account: {
      reading: { login: 'anna', folder: 'INBOX', after: 'keep', mostBytes: 1000 },
      login: { kind: 'password' },
    },
    secrets: { password: 'p' },
  } as unknown as MailAccess
  const mailbox = await ImapMailbox.open(place, access, new VirtualClock())
  const comes = () => `* ${++mails} EXISTS\r\n`
  return { comes, idling: idling.promise, mailbox, says }
}

/** Whether something is done when all that waits for nothing from outside is done. */
async function isDone(work: Promise<unknown>): Promise<boolean> {
  let isOver = false
  void work.then(() => (isOver = true))
  await new Promise((resolve) => setImmediate(resolve))
  return isOver
}

describe('a mailbox by IMAP', () => {
  afterEach(() => {
    for (const socket of open) socket.destroy()
    open.clear()
    for (const server of running) server.close()
    running.clear()
  })

  it('does not wait for a mail that the server told of while another one was fetched (RFC 9051 §5.2)', async () => {
    const { comes, mailbox, says } = await serve()
    const ending = new AbortController()
    const [first] = await mailbox.list()
    says.set('BODY', comes())
    assert.equal(Buffer.from((await mailbox.fetch(first!, 1000))!).toString(), 'abc')
    assert.equal(await isDone(mailbox.wait(60_000, ending.signal)), true)
    assert.deepEqual(
      (await mailbox.list()).map(({ key }) => key),
      ['7.2'],
    )
    await mailbox.close()
  })

  it('waits when everything that it was told of is read, until the next one comes', async () => {
    const { comes, idling, mailbox, says } = await serve()
    const ending = new AbortController()
    says.set('NOOP', comes())
    assert.equal((await mailbox.list()).length, 2)
    const wait = mailbox.wait(60_000, ending.signal)
    const tell = await idling
    assert.equal(await isDone(wait), false)
    tell(comes())
    await wait
    assert.deepEqual(
      (await mailbox.list()).map(({ key }) => key),
      ['7.3'],
    )
    await mailbox.close()
  })
})
