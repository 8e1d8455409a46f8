import { createHash } from 'node:crypto'
import { createSocket, type Socket } from 'node:dgram'
import { eventLimitMs } from '@vaxel/testkit'

export interface RawRequest {
  readonly method: string
  /** Request-URI; the called number at the server unless said otherwise. */
  readonly uri?: string
  readonly to?: string
  readonly toTag?: string
  readonly callId?: string
  readonly cseq?: number
  readonly headers?: readonly string[]
  readonly contentType?: string
  readonly body?: string
}

export interface RawResponse {
  readonly status: number
  readonly text: string
}

/** What is signed with. */
export interface Signature {
  readonly username: string
  readonly password: string
  /** From a challenge; what is named here replaces it. */
  readonly nonce?: string
  readonly realm?: string
  readonly uri?: string
  readonly nonceCount?: number
}

/** A phone on UDP that says exactly what a test tells it to, right or wrong. */
export class RawPhone {
  readonly user: string
  readonly port: number
  readonly #socket: Socket
  readonly #serverPort: number
  readonly #received: string[] = []
  readonly #listeners = new Set<() => void>()
  #next = 0

  private constructor(socket: Socket, user: string, serverPort: number) {
    this.#socket = socket
    this.user = user
    this.port = socket.address().port
    this.#serverPort = serverPort
    socket.on('message', (bytes) => {
      this.#received.push(bytes.toString('latin1'))
      for (const listener of this.#listeners) listener()
    })
  }

  static async open(user: string, serverPort: number): Promise<RawPhone> {
    const socket = createSocket('udp4')
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', () => resolve()))
    return new RawPhone(socket, user, serverPort)
  }

  send(message: string | Uint8Array): void {
    this.#socket.send(
      typeof message === 'string' ? Buffer.from(message, 'latin1') : message,
      this.#serverPort,
      '127.0.0.1',
    )
  }

  /** The first message that matches, or undefined when none has come within the limit. */
  async received(pattern: RegExp, limitMs = eventLimitMs): Promise<string | undefined> {
    const find = () => this.#received.find((text) => pattern.test(text))
    return await new Promise((resolve) => {
      const finish = (text: string | undefined) => {
        clearTimeout(timer)
        this.#listeners.delete(look)
        resolve(text)
      }
      const look = () => {
        const text = find()
        if (text !== undefined) finish(text)
      }
      const timer = setTimeout(() => finish(undefined), limitMs)
      this.#listeners.add(look)
      look()
    })
  }

  /** A request with a branch of its own. */
  compose(request: RawRequest): { readonly text: string; readonly branch: string } {
    const branch = `z9hG4bKraw${this.port}x${this.#next++}`
    const { method, to = this.user, cseq = 1, headers = [], body = '', toTag } = request
    const text = [
      `${method} ${request.uri ?? `sip:${to}@127.0.0.1:${this.#serverPort}`} SIP/2.0`,
      `Via: SIP/2.0/UDP 127.0.0.1:${this.port};branch=${branch};rport`,
      'Max-Forwards: 70',
      `From: <sip:${this.user}@demo.vaxel.test>;tag=raw${this.port}`,
      `To: <sip:${to}@demo.vaxel.test>${toTag ? `;tag=${toTag}` : ''}`,
      `Call-ID: ${request.callId ?? `${branch}@127.0.0.1`}`,
      `CSeq: ${cseq} ${method}`,
      `Contact: <sip:${this.user}@127.0.0.1:${this.port}>`,
      ...headers,
      ...(body ? [`Content-Type: ${request.contentType ?? 'application/sdp'}`] : []),
      `Content-Length: ${Buffer.byteLength(body, 'latin1')}`,
      '',
      body,
    ].join('\r\n')
    return { text, branch }
  }

  /** Sends it and gives the final response, acknowledging the failure of an INVITE; undefined when none comes. */
  async ask(request: RawRequest, limitMs?: number): Promise<RawResponse | undefined> {
    const { text, branch } = this.compose(request)
    this.send(text)
    const answer = await this.received(new RegExp(`^SIP/2\\.0 [2-6]\\d\\d [^]*branch=${branch}[;\\r]`), limitMs)
    if (answer === undefined) return undefined
    const status = Number(answer.slice(8, 11))
    if (request.method === 'INVITE' && status >= 300) this.#acknowledge(text, answer)
    return { status, text: answer }
  }

  /** As `ask`, signed after the challenge. */
  async askSigned(request: RawRequest, signature: Partial<Signature> = {}): Promise<RawResponse | undefined> {
    const challenge = await this.ask(request)
    if (challenge === undefined || (challenge.status !== 401 && challenge.status !== 407)) return challenge
    return await this.ask(this.sign({ ...request, cseq: (request.cseq ?? 1) + 1 }, challenge.text, signature))
  }

  /** The request with an answer to the challenge (RFC 7616 §3.4, MD5 with qop auth). */
  sign(request: RawRequest, challenge: string, signature: Partial<Signature> = {}): RawRequest {
    const offered = (name: string) =>
      new RegExp(`^\\w+-Authenticate:.*${name}="([^"]*)"`, 'im').exec(challenge)?.[1] ?? ''
    const { username = this.user, password = `sip-${this.user}`, nonceCount = 1 } = signature
    const nonce = signature.nonce ?? offered('nonce')
    const realm = signature.realm ?? offered('realm')
    const uri = signature.uri ?? request.uri ?? `sip:${request.to ?? this.user}@127.0.0.1:${this.#serverPort}`
    const nc = nonceCount.toString(16).padStart(8, '0')
    const secret = md5(`${username}:${realm}:${password}`)
    const response = md5(`${secret}:${nonce}:${nc}:c0ffee:auth:${md5(`${request.method}:${uri}`)}`)
    const name = request.method === 'REGISTER' ? 'Authorization' : 'Proxy-Authorization'
    const value = `Digest username="${username}", realm="${realm}", nonce="${nonce}", uri="${uri}", response="${response}", algorithm=MD5, cnonce="c0ffee", qop=auth, nc=${nc}`
    return { ...request, headers: [...(request.headers ?? []), `${name}: ${value}`] }
  }

  close(): void {
    this.#socket.close()
  }

  #acknowledge(invite: string, answer: string): void {
    const to = /^To: .*$/m.exec(answer)?.[0].trim() ?? ''
    this.send(
      invite
        .slice(0, invite.indexOf('\r\n\r\n'))
        .split('\r\n')
        .map((line) => line.replace(/^INVITE /, 'ACK ').replace(/^(CSeq: \d+) INVITE/, '$1 ACK'))
        .map((line) => (line.startsWith('To: ') ? to : line.replace(/^Content-Length: .*/, 'Content-Length: 0')))
        .filter((line) => !/^(Content-Type|Proxy-Authorization):/.test(line))
        .concat('', '')
        .join('\r\n'),
    )
  }
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex')
}
