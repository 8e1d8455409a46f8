import { createSocket } from 'node:dgram'
import { connect } from 'node:tls'

/** What carries the messages of a load to one server and back. */
export interface Line {
  /** As Via names it. */
  readonly transport: 'UDP' | 'TLS'
  readonly localPort: number
  send(message: string): void
  close(): Promise<void>
}

/** What the system keeps for the load while it is busy, so that nothing is lost on this side. */
const bufferBytes = 4 << 20

/** One UDP port on loopback. */
export async function openUdpLine(options: {
  localPort: number
  serverPort: number
  receive: (message: string) => void
}): Promise<Line> {
  const socket = createSocket({ type: 'udp4', recvBufferSize: bufferBytes, sendBufferSize: bufferBytes })
  socket.on('message', (bytes) => options.receive(bytes.toString('latin1')))
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject)
    socket.bind(options.localPort, '127.0.0.1', resolve)
  })
  // A server that is gone shows in what is not answered.
  socket.on('error', () => {})
  return {
    transport: 'UDP',
    localPort: options.localPort,
    send: (message) => socket.send(Buffer.from(message, 'latin1'), options.serverPort, '127.0.0.1'),
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  }
}

/** One TLS connection to a server on loopback; its certificate is not looked at, as it is a private server's. */
export async function openTlsLine(options: { serverPort: number; receive: (message: string) => void }): Promise<Line> {
  const socket = connect({ port: options.serverPort, host: '127.0.0.1', rejectUnauthorized: false })
  await new Promise<void>((resolve, reject) => {
    socket.once('secureConnect', resolve)
    socket.once('error', reject)
  })
  socket.on('error', () => {})
  socket.setNoDelay(true)
  let unread = ''
  socket.on('data', (bytes: Buffer) => {
    unread += bytes.toString('latin1')
    for (;;) {
      unread = unread.replace(/^(\r\n)+/, '')
      const end = unread.indexOf('\r\n\r\n')
      if (end < 0) return
      const length = Number(/\r\nContent-Length: *(\d+)/i.exec(unread.slice(0, end + 2))?.[1] ?? 0)
      if (unread.length < end + 4 + length) return
      const message = unread.slice(0, end + 4 + length)
      unread = unread.slice(end + 4 + length)
      options.receive(message)
    }
  })
  return {
    transport: 'TLS',
    localPort: socket.localPort!,
    send: (message) => void socket.write(message, 'latin1'),
    close: () =>
      new Promise((resolve) => {
        socket.once('close', () => resolve())
        socket.destroy()
      }),
  }
}
