import type { CheckSession } from '../check-session.ts'
import type { VerifyPorts } from '../ports.ts'
import { reachPort } from './reach-port.ts'

/** The same answer, naming another port. */
export function atPort(answer: string, port: number): string {
  return answer
    .replace(/^(m=audio )\d+/gm, `$1${port}`)
    .replace(/^(a=candidate:\S+ \d+ \S+ \d+ \S+ )\d+/gm, `$1${port}`)
}

/** How long a port that should be silent may take to answer. */
const silenceMs = 3000

/**
 * The counter-check: a port of the range where the server is silent. A browser or a box on the way that calls it open says
 * nothing true of the others either.
 */
export async function closedPort(ports: VerifyPorts, session: CheckSession): Promise<boolean | 'not-tested'> {
  const { closedPort: port } = session
  if (port === undefined) return 'not-tested'
  const reached = await reachPort(ports, session, {
    port: 'shared',
    rewrite: (answer) => atPort(answer, port),
    limits: { pairMs: silenceMs, keysMs: 0, echoMs: 0 },
  })
  if (reached.kind === 'refused' || reached.kind === 'browser') return 'not-tested'
  return reached.kind === 'nothing'
}
