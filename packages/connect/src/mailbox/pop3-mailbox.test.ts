import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterEach, describe, it } from 'node:test'
import { systemClock } from '@vaxel/base'
import type { MailAccess, MailboxFault } from '@vaxel/core'
import { Pop3Mailbox } from './pop3-mailbox.ts'

/** A server that answers by the first word, in pieces of a given length. */
async function serve(answers: Record<string, string>, pieceBytes = 1000): Promise<{ server: Server; asked: string[] }> {
  const asked: string[] = []
  const say = async (socket: Socket, text: string) => {
    for (let at = 0; at < text.length; at += pieceBytes) {
      socket.write(text.slice(at, at + pieceBytes))
      if (pieceBytes < 1000) await new Promise((resolve) => setImmediate(resolve))
    }
  }
  const server = createServer((socket) => {
    open.add(socket)
    socket.setNoDelay(true)
    void say(socket, '+OK ready\r\n')
    let rest = ''
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      rest += chunk.toString()
      for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end)
        rest = rest.slice(end + 2)
        asked.push(line)
        void say(socket, answers[line] ?? answers[line.split(' ')[0]!] ?? '+OK\r\n')
      }
    })
  })
  running.add(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, asked }
}

const access = {
  account: { reading: { login: 'anna', after: 'delete' }, login: { kind: 'password' } },
  secrets: { password: 'p' },
}
const running = new Set<Server>()
const open = new Set<Socket>()

describe('a mailbox by POP3', () => {
  afterEach(() => {
    for (const socket of open) socket.destroy()
    open.clear()
    for (const server of running) server.close()
    running.clear()
  })
  const openMailbox = async (answers: Record<string, string>, pieceBytes?: number) => {
    const { server, asked } = await serve(answers, pieceBytes)
    const place = {
      address: '127.0.0.1',
      port: (server.address() as AddressInfo).port,
      isSecure: false,
      isUpgraded: false,
      tls: {},
    }
    return { mailbox: await Pop3Mailbox.open(place, access as unknown as MailAccess, systemClock), asked }
  }
  const three = {
    LIST: '+OK\r\n1 30\r\n2 40\r\n3 9000\r\n.\r\n',
    UIDL: '+OK\r\n1 aa\r\n2 bb\r\n3 cc\r\n.\r\n',
    'RETR 2': '+OK 40 octets\r\nSubject: dots\r\n\r\n..one\r\n...\r\n.. end\r\n.\r\n',
    'TOP 3 200': '+OK\r\nSubject: large\r\n\r\nbeginning\r\n.\r\n',
  }

  for (const pieceBytes of [1, 2, 3, 5, 1000])
    it(`is read wherever the network cuts its answers: every ${pieceBytes} bytes`, async () => {
      const { mailbox, asked } = await openMailbox(three, pieceBytes)
      const mails = await mailbox.list()
      assert.deepEqual(mails, [
        { key: 'aa', sizeBytes: 30 },
        { key: 'bb', sizeBytes: 40 },
        { key: 'cc', sizeBytes: 9000 },
      ])
      const source = await mailbox.fetch(mails[1]!, 1000)
      assert.equal(Buffer.from(source!).toString(), 'Subject: dots\r\n\r\n.one\r\n..\r\n. end\r\n')
      assert.match(Buffer.from((await mailbox.fetch(mails[2]!, 1000))!).toString(), /beginning/)
      await mailbox.settle(['bb', 'gone'])
      assert.deepEqual(asked.slice(-2), ['DELE 2', 'QUIT'])
    })

  const fault = (trouble: string) => (error: MailboxFault) => error.trouble === trouble

  it('says what is wrong: another server, a wrong password, no names of mails', async () => {
    await assert.rejects(openMailbox({ USER: '* BAD what\r\n' }), fault('protocol'))
    await assert.rejects(openMailbox({ PASS: '-ERR no\r\n' }), fault('login'))
    const { mailbox } = await openMailbox({ ...three, UIDL: '-ERR unknown\r\n' })
    await assert.rejects(mailbox.list(), /use IMAP/)
  })

  it('believes no answer without an end', async () => {
    const { mailbox } = await openMailbox({ ...three, 'RETR 1': `+OK\r\n${'x'.repeat(10_000)}\r\n.\r\n` })
    const [first] = await mailbox.list()
    await assert.rejects(mailbox.fetch(first!, 1000), fault('protocol'))
  })

  it('copies a line of a whole mail a few times, not once for each piece in which it comes', async (t) => {
    const sizeBytes = 8_000_000
    const line = 'x'.repeat(sizeBytes)
    const { mailbox } = await openMailbox({
      LIST: `+OK\r\n1 ${sizeBytes}\r\n.\r\n`,
      UIDL: three.UIDL,
      RETR: `+OK\r\n${line}\r\n.\r\n`,
    })
    const [first] = await mailbox.list()
    let copiedBytes = 0
    const concat = Buffer.concat.bind(Buffer)
    t.mock.method(Buffer, 'concat', (list: readonly Uint8Array[], size?: number) => {
      const joined = concat(list, size)
      copiedBytes += joined.length
      return joined
    })
    const source = await mailbox.fetch(first!, sizeBytes)
    assert.equal(Buffer.from(source!).toString('latin1'), `${line}\r\n`)
    assert.ok(copiedBytes < 6 * sizeBytes, `${copiedBytes} bytes were copied`)
  })

  it('sends no second command hidden in a login', async () => {
    const evil = { ...access, secrets: { password: 'p\r\nDELE 1' } }
    const { server } = await serve(three)
    const place = {
      address: '127.0.0.1',
      port: (server.address() as AddressInfo).port,
      isSecure: false,
      isUpgraded: false,
      tls: {},
    }
    await assert.rejects(Pop3Mailbox.open(place, evil as unknown as MailAccess, systemClock), /end of a line/)
  })
})
