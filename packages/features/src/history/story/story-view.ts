import type { OperationReply, readCallStory } from '@vaxel/contract'
import type { Story } from './story.ts'

const at = (ms: number): string => new Date(ms).toISOString()
const optional = <Name extends string>(name: Name, ms: number | undefined): { [K in Name]?: string } =>
  (ms === undefined ? {} : { [name]: at(ms) }) as { [K in Name]?: string }

/** A story as the API shows it. */
export function toStoryView({ call, steps, verdict, lanes }: Story): OperationReply<typeof readCallStory> {
  return {
    callId: call.id,
    direction: call.direction,
    caller: call.caller,
    called: call.called,
    dialled: call.dialled,
    startedAt: at(call.startedAtMs),
    ...optional('answeredAt', call.answeredAtMs),
    ...optional('endedAt', call.endedAtMs),
    steps: steps.map(({ atMs, code, params, legId }) => ({
      at: at(atMs),
      code,
      params: { ...params },
      ...(legId ? { legId } : {}),
    })),
    verdict: { ...verdict, params: { ...verdict.params } },
    lanes: lanes.map(({ leg, device, spans }) => ({
      legId: leg.id,
      role: leg.role,
      party: leg.party,
      ...(device ? { device } : {}),
      startedAt: at(leg.startedAtMs),
      ...optional('answeredAt', leg.answeredAtMs),
      ...optional('endedAt', leg.endedAtMs),
      spans: spans.map(({ kind, fromMs, toMs }) => ({ kind, from: at(fromMs), ...optional('to', toMs) })),
      ...(leg.quality ? { quality: leg.quality } : {}),
      ...(leg.keying ? { keying: leg.keying } : {}),
      ...(leg.codec ? { codec: leg.codec } : {}),
    })),
  }
}
