import type { CheckSession } from '../check-session.ts'
import type { PeerOptions, VerifyPorts } from '../ports.ts'
import { endStream, type OpenStream, reachPort } from './reach-port.ts'
import { type Quality, watchStream } from './watch-stream.ts'

/** What several calls at once went through. */
export interface Several {
  readonly asked: number
  /** Heard themselves. */
  readonly heard: number
  /** The server would not have more at once. */
  readonly refused: number
  readonly qualities: readonly Quality[]
}

/** So many streams at once for so long. */
export async function severalCalls(
  ports: VerifyPorts,
  session: CheckSession,
  options: { readonly count: number; readonly lengthMs: number; readonly peer?: PeerOptions },
): Promise<Several> {
  const streams: OpenStream[] = []
  try {
    const reached = await Promise.all(
      Array.from({ length: options.count }, () =>
        reachPort(ports, session, {
          port: 'shared',
          keep: (stream) => streams.push(stream),
          ...(options.peer ? { peer: options.peer } : {}),
        }),
      ),
    )
    const qualities = await Promise.all(streams.map((stream) => watchStream(ports, session, stream, options.lengthMs)))
    return {
      asked: options.count,
      heard: reached.filter(({ kind }) => kind === 'echo').length,
      refused: reached.filter(({ kind }) => kind === 'refused').length,
      qualities,
    }
  } finally {
    for (const stream of streams) endStream(ports, session, stream)
  }
}
