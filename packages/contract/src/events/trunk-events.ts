import Type from 'typebox'
import type { EventKind } from './event-kind.ts'

const trunk = { trunkId: Type.String(), name: Type.String() }
const fault = Type.Optional(
  Type.Object({
    kind: Type.String({ description: '`silent`, `unreachable` or `refused`' }),
    status: Type.Optional(Type.Number()),
    text: Type.Optional(Type.String()),
  }),
)

/** What becomes of trunks. */
export const trunkEvents: readonly EventKind[] = [
  {
    kind: 'trunk.targetFailed',
    summary:
      'A target of a trunk does not answer, cannot be reached or says that it is out of order; calls go to the next one.',
    audience: 'supervisor',
    data: Type.Object({ ...trunk, target: Type.String({ description: 'protocol:host:port' }), fault }),
  },
  {
    kind: 'trunk.targetRecovered',
    summary: 'A target of a trunk that was down is there again.',
    audience: 'supervisor',
    data: Type.Object({ ...trunk, target: Type.String(), downMs: Type.Number() }),
  },
  {
    kind: 'trunk.registered',
    summary: 'A trunk has registered at its carrier; refreshing it tells nothing.',
    audience: 'supervisor',
    data: Type.Object({ ...trunk, target: Type.String(), expiresAtMs: Type.Number() }),
  },
  {
    kind: 'trunk.unregistered',
    summary: "A trunk's registration could not be made or renewed: its carrier may not find us.",
    audience: 'supervisor',
    data: Type.Object({ ...trunk, fault }),
  },
]
