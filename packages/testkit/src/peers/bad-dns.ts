import { createSocket, type Socket } from 'node:dgram'

/** What a DNS server can do wrong with a question. */
export type DnsFailing = 'SERVFAIL' | 'REFUSED' | 'silent'

const codes = { SERVFAIL: 2, REFUSED: 5 } as const

/** A DNS server over UDP that answers each question with a failure, after a while or never. */
export class BadDns {
  questions = 0
  readonly #socket: Socket

  private constructor(socket: Socket, how: DnsFailing, afterMs: number) {
    this.#socket = socket
    socket.on('message', (question, from) => {
      this.questions++
      if (how === 'silent') return
      const answer = Buffer.from(question)
      // QR and RD set, RA and the code (RFC 1035 §4.1.1); the question stands in it as it came.
      answer[2] = 0x80 | (answer[2]! & 0x79)
      answer[3] = 0x80 | codes[how]
      setTimeout(() => this.#isOpen && socket.send(answer, from.port, from.address), afterMs)
    })
  }

  #isOpen = true

  static async start(port: number, how: DnsFailing, afterMs = 0): Promise<BadDns> {
    const socket = createSocket('udp4')
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject)
      socket.bind(port, '127.0.0.1', resolve)
    })
    return new BadDns(socket, how, afterMs)
  }

  async stop(): Promise<void> {
    this.#isOpen = false
    await new Promise<void>((resolve) => this.#socket.close(resolve))
  }
}
