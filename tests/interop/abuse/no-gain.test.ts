import assert from 'node:assert/strict'
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { after, before, describe, it } from 'node:test'
import { Baresip, FreePorts, Linphone, type Platform, startPlatform } from '@vaxel/testkit'
import { play, registerScenario, stopAll } from '../sipp/sipp-phone.ts'
import { askUntilAnswered } from './ask-until-answered.ts'

interface Exchange {
  readonly asked: Buffer
  readonly answered: Buffer[]
}

/** Between a phone and the server, under an address of its own, so that the server takes each phone for a stranger at first. */
class Tap {
  readonly exchanges: Exchange[] = []
  readonly port: number
  readonly #sockets: readonly Socket[]

  private constructor(near: Socket, far: Socket, serverPort: number) {
    this.#sockets = [near, far]
    this.port = near.address().port
    let phonePort = 0
    near.on('message', (asked, { port }) => {
      phonePort = port
      this.exchanges.push({ asked, answered: [] })
      far.send(asked, serverPort, '127.0.0.1')
    })
    far.on('message', (bytes) => {
      this.exchanges.at(-1)?.answered.push(bytes)
      near.send(bytes, phonePort, '127.0.0.1')
    })
  }

  static async open(address: string, serverPort: number): Promise<Tap> {
    const [near, far] = [createSocket('udp4'), createSocket('udp4')]
    near.bind(0, '127.0.0.1')
    far.bind(0, address)
    await Promise.all([once(near, 'listening'), once(far, 'listening')])
    return new Tap(near, far, serverPort)
  }

  /** The first REGISTER and all that came back for it. */
  firstRegister(): { askedBytes: number; answer: string; answeredBytes: number } {
    const { asked, answered } = this.exchanges.find(({ asked }) => asked.toString('latin1').startsWith('REGISTER'))!
    return {
      askedBytes: asked.length,
      answer: answered.join(''),
      answeredBytes: answered.reduce((sum, bytes) => sum + bytes.length, 0),
    }
  }

  close(): void {
    for (const socket of this.#sockets) socket.close()
  }
}

describe('strangers on UDP, where the address may be forged', () => {
  let platform: Platform
  const ends: (() => unknown)[] = []
  before(async () => {
    platform = await startPlatform({ environment: { VAXEL_LIMITS: 'loopbackLimited=1' } })
  })
  after(async () => {
    for (const end of ends) await end()
    await stopAll()
    await platform?.stop()
  })

  async function tap(address: string): Promise<Tap> {
    const opened = await Tap.open(address, platform.ports.sip)
    ends.push(() => opened.close())
    return opened
  }

  const phones: Record<string, (registrar: string) => Promise<unknown>> = {
    baresip: async (registrar) => {
      const phone = await Baresip.start({ user: '201', password: 'sip-201', registrar })
      ends.push(() => phone.stop())
    },
    linphone: async (registrar) => {
      const phone = await Linphone.start({ user: '202', password: 'sip-202', registrar })
      ends.push(() => phone.stop())
    },
  }

  for (const [index, [name, register]] of Object.entries(phones).entries())
    it(`a ${name} phone registers, and its first request brings no more bytes than it has`, async (t) => {
      const between = await tap(`127.0.7.${index + 1}`)
      await register(`127.0.0.1:${between.port}`)
      const { askedBytes, answeredBytes, answer } = between.firstRegister()
      t.diagnostic(`REGISTER ${askedBytes} bytes, challenge ${answeredBytes}`)
      assert.match(answer, /^SIP\/2\.0 401 [^]*Digest realm=/)
      assert.ok(answeredBytes <= askedBytes, `${answeredBytes} bytes for ${askedBytes}`)
    })

  it('the shortest REGISTER that a phone may send, by sipp, is challenged in as many bytes', async (t) => {
    const free = await FreePorts.claim()
    ends.push(() => free.release())
    const phone = { platform, user: '203', port: await free.port() }
    const { messages } = await play(phone, registerScenario('203'), {
      service: '203',
      more: ['-i', '127.0.7.3'],
    }).succeed()
    const sizes = [...messages.matchAll(/UDP message (?:sent|received) [([](\d+)/g)].map(([, bytes]) => Number(bytes))
    t.diagnostic(`REGISTER ${sizes[0]} bytes, challenge ${sizes[1]}`)
    assert.ok(sizes[1]! <= sizes[0]!, sizes.join())
  })

  it('what no phone sends gets at most as many bytes: each method, short and long, well and badly formed', async () => {
    const socket = createSocket('udp4')
    socket.bind(0, '127.0.8.1')
    await once(socket, 'listening')
    ends.push(() => socket.close())
    const got = new Map<string, number>()
    socket.on('message', (bytes) => {
      const id = /(?:Call-ID: |\r\ni:)(\S+)/.exec(bytes.toString('latin1'))?.[1] ?? ''
      got.set(id, (got.get(id) ?? 0) + bytes.length)
    })
    const sent = new Map<string, number>()
    const methods = [
      'REGISTER',
      'INVITE',
      'OPTIONS',
      'BYE',
      'CANCEL',
      'NOTIFY',
      'SUBSCRIBE',
      'MESSAGE',
      'INFO',
      'PUBLISH',
      'FLY',
    ]
    let last = ''
    for (const method of methods)
      for (const length of [0, 30, 60, 120, 400])
        for (const cseq of ['1', 'x', '1 OTHER'])
          for (const tag of ['', ';tag=1']) {
            if (sent.size % 150 === 149) await settled()
            last = `${method}-${length}-${cseq.replace(' ', '-')}${tag.replace(';', '-')}`
            const text = `${method} sip:201@127.0.0.1 SIP/2.0\r\nv:SIP/2.0/UDP 127.0.8.1;branch=z9hG4bK${last};rport\r\nf:<sip:a@127.0.0.1>;tag=1\r\nt:<sip:201@127.0.0.1>${tag}\r\ni:${last}\r\nCSeq:${cseq.includes(' ') ? cseq : `${cseq} ${method}`}\r\nm:<sip:a@127.0.8.1>\r\nX:${'x'.repeat(length)}\r\n\r\n`
            sent.set(last, text.length)
            socket.send(text, platform.ports.sip, '127.0.0.1')
          }
    await settled()
    assert.ok(got.size > 50, `${got.size} of ${sent.size} answered`)
    for (const [id, bytes] of got) assert.ok(bytes <= (sent.get(id) ?? 0), `${id}: ${bytes} bytes for ${sent.get(id)}`)

    /** The server answers in order, so the answer to a long OPTIONS of another source comes after all others. */
    async function settled(): Promise<void> {
      await askUntilAnswered(
        `OPTIONS sip:127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.8.2;branch=z9hG4bK${Math.random()};rport\r\nFrom: <sip:a@127.0.0.1>;tag=1\r\nTo: <sip:a@127.0.0.1>\r\nCall-ID: ${Math.random()}\r\nCSeq: 1 OPTIONS\r\nX: ${'x'.repeat(200)}\r\nContent-Length: 0\r\n\r\n`,
        platform.ports.sip,
        '127.0.8.2',
      )
    }
  })
})
