import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { KeyedCertificate } from '@vaxel/connect'
import { Program, temporaryFolder } from '@vaxel/testkit'

/** One end of TLS that stunnel takes over for a peer that speaks plain TCP. */
export interface TunnelEnd {
  readonly accept: number
  readonly connect: number
  /** Shown to the other side. */
  readonly certificate: KeyedCertificate
  /** Whoever is at the other side must come from this authority and be called so, PEM; nobody is looked at if absent. */
  readonly requires?: { readonly authority: string; readonly name: string }
  /** `client`: plain TCP in, TLS out. `server`: TLS in, plain TCP out. */
  readonly side: 'client' | 'server'
}

/** stunnel4 with these tunnels, until it is stopped. */
export async function startStunnel(ends: readonly TunnelEnd[]): Promise<Program> {
  const folder = temporaryFolder('stunnel')
  const file = join(folder, 'stunnel.conf')
  const services = ends.map(({ accept, connect: to, certificate, requires, side }, i) => {
    const pem = join(folder, `certificate-${i}.pem`)
    writeFileSync(pem, certificate.certPem + certificate.keyPem, { mode: 0o600 })
    const authority = join(folder, `authority-${i}.pem`)
    if (requires) writeFileSync(authority, requires.authority)
    return [
      `[tunnel-${i}]`,
      `client = ${side === 'client' ? 'yes' : 'no'}`,
      `accept = 127.0.0.1:${accept}`,
      `connect = 127.0.0.1:${to}`,
      `cert = ${pem}`,
      ...(requires
        ? [`CAfile = ${authority}`, 'verifyChain = yes', 'requireCert = yes', `checkHost = ${requires.name}`]
        : ['verifyChain = no']),
    ].join('\n')
  })
  writeFileSync(file, ['foreground = yes', 'pid =', 'debug = 7', 'syslog = no', ...services].join('\n'))
  const program = Program.start('stunnel4', [file], { cwd: folder })
  try {
    await program.waitForOutput(new RegExp(`bound to 127.0.0.1:${ends.at(-1)!.accept}`))
  } catch (error) {
    await program.stop('SIGKILL')
    throw error
  }
  return program
}
