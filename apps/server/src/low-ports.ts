import { createServer } from 'node:net'

/** Whether this process may bind ports below 1024, tried on loopback with the web's own port. */
export function mayBindLowPorts(): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer()
    server.once('error', () => done(false))
    server.listen(80, '127.0.0.1', () => server.close(() => done(true)))
  })
}
