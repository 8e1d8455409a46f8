import { createHash } from 'node:crypto'
import { createSocket, type Socket } from 'node:dgram'

const md5 = (text: string): string => createHash('md5').update(text).digest('hex')

/** Guesses SIP passwords as svcrack does, but under a name of its own and from any loopback address. */
export class Guesser {
  readonly #socket: Socket
  readonly #serverPort: number
  #next = 0
  #waiting: ((text: string | undefined) => void) | undefined

  private constructor(socket: Socket, serverPort: number) {
    this.#socket = socket
    this.#serverPort = serverPort
    socket.on('message', (bytes) => this.#waiting?.(bytes.toString('latin1')))
  }

  static async open(address: string, serverPort: number): Promise<Guesser> {
    const socket = createSocket('udp4')
    await new Promise<void>((resolve) => socket.bind(0, address, () => resolve()))
    return new Guesser(socket, serverPort)
  }

  /**
   * One challenge and one answer to it. @returns the status of each, `undefined` for silence
   * @param silentMs so long without a word is silence
   */
  async guess(username: string, password: string, silentMs = 300): Promise<readonly (number | undefined)[]> {
    const challenge = await this.#register(username, '', silentMs)
    if (challenge === undefined) return [undefined]
    const nonce = /nonce="([^"]+)"/.exec(challenge)![1]!
    const realm = /realm="([^"]+)"/.exec(challenge)![1]!
    const uri = 'sip:127.0.0.1'
    const response = md5(
      `${md5(`${username}:${realm}:${password}`)}:${nonce}:00000001:c:auth:${md5(`REGISTER:${uri}`)}`,
    )
    const answer = await this.#register(
      username,
      `Authorization: Digest username="${username}", realm="${realm}", nonce="${nonce}", uri="${uri}", response="${response}", algorithm=MD5, qop=auth, nc=00000001, cnonce="c"\r\n`,
      silentMs,
    )
    return [statusOf(challenge), answer === undefined ? undefined : statusOf(answer)]
  }

  close(): void {
    this.#socket.close()
  }

  async #register(username: string, credentials: string, silentMs: number): Promise<string | undefined> {
    const { address, port } = this.#socket.address()
    const once = `${port}-${++this.#next}`
    const text = [
      'REGISTER sip:127.0.0.1 SIP/2.0',
      `Via: SIP/2.0/UDP ${address}:${port};branch=z9hG4bK${once};rport`,
      'Max-Forwards: 70',
      `From: <sip:${username}@127.0.0.1>;tag=${once}`,
      `To: <sip:${username}@127.0.0.1>`,
      `Call-ID: ${once}@${address}`,
      'CSeq: 1 REGISTER',
      `Contact: <sip:${username}@${address}:${port}>`,
      'User-Agent: An ordinary phone 1.0',
      'Expires: 60',
      `${credentials}Content-Length: 0`,
      '',
      '',
    ].join('\r\n')
    const answer = new Promise<string | undefined>((resolve) => {
      this.#waiting = resolve
      setTimeout(resolve, silentMs, undefined).unref()
    })
    this.#socket.send(text, this.#serverPort, '127.0.0.1')
    return await answer
  }
}

const statusOf = (text: string): number => Number(text.slice(8, 11))
