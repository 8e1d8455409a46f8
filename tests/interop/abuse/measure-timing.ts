// Whether the time to an answer tells a user that exists from one that does not. `node tests/interop/abuse/measure-timing.ts [pairs]`
// asks a real server over loopback, both in turn and in random order, and prints a line a method: medians and Mann-Whitney's z.
import { createHash } from 'node:crypto'
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { type Platform, SeededRandom, startPlatform } from '@vaxel/testkit'

const md5 = (text: string): string => createHash('md5').update(text).digest('hex')
const challenges = {
  REGISTER: 'WWW-Authenticate',
  INVITE: 'Proxy-Authenticate',
  MESSAGE: 'Proxy-Authenticate',
  SUBSCRIBE: 'Proxy-Authenticate',
}
type Method = keyof typeof challenges

class Asker {
  readonly #socket: Socket
  readonly #platform: Platform
  #next = 0

  constructor(socket: Socket, platform: Platform) {
    this.#socket = socket
    this.#platform = platform
  }

  async #ask(method: Method, user: string, more: string): Promise<{ text: string; us: number }> {
    const id = String(1_000_000 + ++this.#next)
    const { port } = this.#socket.address()
    const lines = (name: string, to: string): string =>
      `${name} sip:127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:${port};branch=z9hG4bK${id};rport\r\nMax-Forwards: 70\r\nFrom: <sip:${user}@127.0.0.1>;tag=${id}\r\nTo: ${to}\r\nCall-ID: ${id}\r\nCSeq: 1 ${name}\r\n`
    const to = `<sip:${user}@127.0.0.1>`
    const text = `${lines(method, to)}Contact: <sip:${user}@127.0.0.1:${port}>\r\nEvent: reg\r\n${more}Content-Length: 0\r\n\r\n`
    const answer = once(this.#socket, 'message')
    const began = process.hrtime.bigint()
    this.#socket.send(text, this.#platform.ports.sip, '127.0.0.1')
    let reply = String(((await answer) as [Buffer])[0])
    while (!reply.includes(`Call-ID: ${id}`) || reply.startsWith('SIP/2.0 100'))
      reply = String(((await once(this.#socket, 'message')) as [Buffer])[0])
    const us = Number(process.hrtime.bigint() - began) / 1000
    if (method === 'INVITE')
      this.#socket.send(
        `${lines('ACK', /^To: (.*)$/m.exec(reply)![1]!)}Content-Length: 0\r\n\r\n`,
        this.#platform.ports.sip,
        '127.0.0.1',
      )
    return { text: reply, us }
  }

  /** Challenge, then a wrong answer to it. @returns microseconds to the answer of each */
  async guess(method: Method, user: string): Promise<[number, number]> {
    const challenge = await this.#ask(method, user, '')
    const [, realm, nonce] = /Digest realm="([^"]+)", nonce="([^"]+)"/.exec(challenge.text)!
    const response = md5(`${md5(`${user}:${realm}:wrong`)}:${nonce}:00000001:c:auth:${md5(`${method}:sip:127.0.0.1`)}`)
    const name = challenges[method] === 'WWW-Authenticate' ? 'Authorization' : 'Proxy-Authorization'
    const header = `${name}: Digest username="${user}", realm="${realm}", nonce="${nonce}", uri="sip:127.0.0.1", response="${response}", algorithm=MD5, qop=auth, nc=00000001, cnonce="c"\r\n`
    return [challenge.us, (await this.#ask(method, user, header)).us]
  }
}

/** Mann-Whitney's U as a z score (normal approximation, no ties to speak of): beyond ±3.3 the two differ at 0.1 %. */
function mannWhitney(a: readonly number[], b: readonly number[]): number {
  const all = [...a.map((us) => ({ us, isA: true })), ...b.map((us) => ({ us, isA: false }))].sort(
    (x, y) => x.us - y.us,
  )
  const ranks = all.reduce((sum, { isA }, i) => sum + (isA ? i + 1 : 0), 0)
  const u = ranks - (a.length * (a.length + 1)) / 2
  return (u - (a.length * b.length) / 2) / Math.sqrt((a.length * b.length * (a.length + b.length + 1)) / 12)
}

const median = (values: readonly number[]): number => values.toSorted((x, y) => x - y)[values.length >> 1]!

const pairs = Number(process.argv[2] ?? 3000)
const many = 1_000_000_000
const platform = await startPlatform({
  environment: {
    VAXEL_LIMITS: [
      'requestsPerSecond',
      'requestsBurst',
      'sourceSlowedAfter',
      'sourceLockedAfter',
      'accountSlowedAfter',
      'accountLockedAfter',
    ]
      .map((name) => `${name}=${many}`)
      .join(),
  },
})
const socket = createSocket('udp4')
socket.bind(0, '127.0.0.1')
await once(socket, 'listening')
const asker = new Asker(socket, platform)
const random = new SeededRandom(1)
for (let i = 0; i < 500; i++) await asker.guess('REGISTER', i % 2 ? '201' : '998')
for (const method of Object.keys(challenges) as Method[]) {
  const times: Record<'201' | '999', [number[], number[]]> = { '201': [[], []], '999': [[], []] }
  for (let i = 0; i < pairs; i++) {
    const order = random.between(0, 1) === 0 ? (['201', '999'] as const) : (['999', '201'] as const)
    for (const user of order)
      for (const [step, us] of (await asker.guess(method, user)).entries()) times[user][step]!.push(us)
  }
  for (const [step, what] of ['challenge', 'wrong password'].entries()) {
    const [exists, missing] = [times['201'][step]!, times['999'][step]!]
    const z = mannWhitney(exists, missing).toFixed(2)
    process.stdout.write(
      `${method} ${what}: exists ${median(exists).toFixed(1)} us, missing ${median(missing).toFixed(1)} us, z ${z}\n`,
    )
  }
}
socket.close()
await platform.stop()
