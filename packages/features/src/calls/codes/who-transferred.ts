import type { CallLeg, ServiceLine } from '@vaxel/core'
import type { CallService } from '../call-service.ts'

/** Who transferred this line here: of those who have left so, the last one; undefined when its own caller dialled. */
export function whoTransferred(service: Pick<CallService, 'owner'>, line: ServiceLine): CallLeg | undefined {
  const legs = service.owner(line.callId)?.state.call.legs ?? new Map<string, CallLeg>()
  return [...legs.values()]
    .filter(({ id, termination }) => id !== line.legId && termination?.reason === 'transferred')
    .toSorted((a, b) => (a.endedAtMs ?? 0) - (b.endedAtMs ?? 0))
    .at(-1)
}
