import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { eventually } from '@vaxel/testkit'

const againMs = 1000

/**
 * Sends a request over UDP, and again each second, until something comes back: a socket's buffer that is full of what was sent before drops it.
 * @param from a loopback address to send from
 * @returns the first answer
 */
export async function askUntilAnswered(text: string, port: number, from = '127.0.0.1'): Promise<string> {
  const socket = createSocket('udp4')
  socket.bind(0, from)
  await once(socket, 'listening')
  let answer: string | undefined
  let sentAtMs = -againMs
  socket.once('message', (bytes) => (answer = bytes.toString('latin1')))
  try {
    return await eventually('an answer to the request', () => {
      if (answer === undefined && performance.now() - sentAtMs >= againMs) {
        sentAtMs = performance.now()
        socket.send(text, port, '127.0.0.1')
      }
      return answer
    })
  } finally {
    socket.close()
  }
}
