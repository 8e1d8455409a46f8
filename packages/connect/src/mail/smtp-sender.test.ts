import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { afterEach, describe, it } from 'node:test'
import type { CompanyId } from '@vaxel/base'
import type { ComposedMail, MailAccess } from '@vaxel/core'
import { submit } from '../mailbox/submission.ts'
import { outcomeOf, smtpMistakes, SmtpSender } from './smtp-sender.ts'

const running = new Set<Server>()
const open = new Set<Socket>()

/** A server that takes every command; `end` says what it does with a connection once it has the text of a mail, or at a command. */
async function serve(end: (socket: Socket) => void, at: 'text' | 'MAIL' | 'DATA' = 'text'): Promise<number> {
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('error', () => {})
    socket.write('220 mail.test\r\n')
    let rest = ''
    let isText = false
    socket.on('data', (chunk) => {
      rest += chunk.toString('latin1')
      for (;;) {
        const mark = isText ? '\r\n.\r\n' : '\r\n'
        const to = rest.indexOf(mark)
        if (to < 0) return
        const line = rest.slice(0, to)
        rest = rest.slice(to + mark.length)
        if (isText || line.startsWith(at)) return end(socket)
        isText = line === 'DATA'
        socket.write(isText ? '354 go on\r\n' : '250 yes\r\n')
      }
    })
  })
  running.add(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

const own = (port: number) =>
  new SmtpSender({ url: `smtp://127.0.0.1:${port}`, from: 'vaxel@pbx.test' }).send({
    id: '1',
    companyId: 'c' as CompanyId,
    to: 'anna@customer.test',
    subject: 'Voicemail',
    text: 'Hello',
    messageId: '<1@pbx.test>',
    atMs: 0,
  })

const ofMailbox = (...ports: number[]) => {
  const account = { id: 'a', login: { kind: 'password' }, sending: { login: '' } }
  const mail: ComposedMail = {
    from: { address: 'support@shop.test' },
    to: [{ address: 'anna@customer.test' }],
    cc: [],
    subject: 'Invoice',
    text: 'Hello',
    messageId: '<2@shop.test>',
    references: [],
    atMs: 0,
    isAutomatic: false,
    attachments: [],
  }
  const places = ports.map((port) => ({ address: '127.0.0.1', port, isSecure: false, isUpgraded: false, tls: {} }))
  return submit(places, { account, secrets: {} } as unknown as MailAccess, mail)
}

describe('sending mails', () => {
  afterEach(() => {
    for (const socket of open) socket.destroy()
    open.clear()
    for (const server of running) server.close()
    running.clear()
  })

  for (const [name, send] of [
    ['its own', own],
    ["a mailbox's", ofMailbox],
  ] as const) {
    it(`does not know of ${name} mail whether it was taken when the server ends after its text without an answer`, async () => {
      const outcome = await send(await serve((socket) => socket.destroy()))
      assert.equal(outcome.kind, 'unknown')
    })

    it(`tries ${name} mail later when the server ends before its text`, async () => {
      for (const at of ['MAIL', 'DATA'] as const) {
        const outcome = await send(await serve((socket) => socket.destroy(), at))
        assert.equal(outcome.kind, 'later')
      }
    })

    it(`takes the server's word about ${name} mail, also when it ends with it`, async () => {
      const says = (text: string) => serve((socket) => socket.end(text))
      assert.equal((await send(await says('250 kept\r\n'))).kind, 'sent')
      assert.equal((await send(await says('451 come again\r\n'))).kind, 'later')
      assert.equal((await send(await says('554 no\r\n'))).kind, 'refused')
    })
  }

  it('goes to another address of the server where the first ones do not answer, and to no other where one does', async () => {
    const gone = await serve(() => {})
    for (const server of running) server.close()
    running.clear()
    const says = (text: string) => serve((socket) => socket.end(text))
    assert.equal((await ofMailbox(gone, gone, await says('250 kept\r\n'))).kind, 'sent')
    assert.equal((await ofMailbox(gone, gone)).kind, 'later')
    const kept = await says('250 kept\r\n')
    assert.equal((await ofMailbox(await says('451 come again\r\n'), kept)).kind, 'later')
    assert.equal((await ofMailbox(await serve((socket) => socket.destroy()), kept)).kind, 'unknown')
    assert.equal((await ofMailbox()).kind, 'later')
  })

  it('says what is wrong with an address of a server whose password was not written for an address', () => {
    assert.deepEqual(smtpMistakes('smtp://vaxel:10%25@mail.test:587', 'vaxel@pbx.test'), [])
    assert.equal(smtpMistakes('smtp://vaxel:10%@mail.test:587', 'vaxel@pbx.test').length, 1)
  })
})

describe('a login that a mail server refuses', () => {
  it('is told apart from what passes, and from a mail that is refused', () => {
    const of = (code: string, responseCode: number) => {
      const outcome = outcomeOf({ code, responseCode, message: 'no' } as Parameters<typeof outcomeOf>[0], false)
      return [outcome.kind, 'isLoginRefused' in outcome]
    }
    assert.deepEqual(of('EAUTH', 535), ['later', true])
    assert.deepEqual(of('EAUTH', 454), ['later', false])
    assert.deepEqual(of('EENVELOPE', 550), ['refused', false])
  })
})
