// Run in a site's network: knocks at every address given, the closed ones first, and ends when the open ones have answered.
import { createSocket } from 'node:dgram'
import { connect } from 'node:net'

interface Way {
  readonly protocol: 'tcp' | 'udp'
  readonly host: string
  readonly port: number
}

const { closed, open } = JSON.parse(process.argv[2]!) as { closed: readonly Way[]; open: readonly Way[] }

/** Resolves with the echo. */
function knock({ protocol, host, port }: Way): Promise<string> {
  return new Promise((resolve, reject) => {
    if (protocol === 'tcp') {
      const socket = connect({ host, port }, () => socket.write(`tcp ${port}`))
      socket.on('data', (bytes) => resolve(bytes.toString()))
      socket.on('error', reject)
      return
    }
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
    socket.on('message', (bytes) => resolve(bytes.toString()))
    socket.on('error', reject)
    socket.send(`udp ${port}`, port, host)
  })
}

for (const way of closed)
  void knock(way).then(
    (echo) => process.stdout.write(`closed but answered: ${way.host} ${echo}\n`),
    () => {},
  )
for (const way of open) process.stdout.write(`${way.host} ${await knock(way)}\n`)
process.exit(0)
