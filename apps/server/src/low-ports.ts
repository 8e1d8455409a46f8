import { createServer } from 'node:net'

/**
 * Whether this process may bind ports below 1024, tried on loopback with the web's own port. Where another program has that port
 * it may: the system asks for the right first (EACCES), and only then whether the port is free (EADDRINUSE). The listener then
 * says which port is in use, instead of being at another one, where nobody looks for it.
 */
export function mayBindLowPorts(port = 80): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer()
    server.once('error', ({ code }: NodeJS.ErrnoException) => done(code === 'EADDRINUSE'))
    server.listen(port, '127.0.0.1', () => server.close(() => done(true)))
  })
}
