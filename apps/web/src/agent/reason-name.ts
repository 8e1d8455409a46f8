import type { Words } from '../words/words.ts'
import type { AgentReason } from './work.ts'

/** What a reason is called: as the centre named it, else by what the platform itself means with it. */
export function reasonName({ id, name }: AgentReason, { agent }: Words): string {
  const own: Readonly<Record<string, string>> = agent.reasons
  return name ?? (Object.hasOwn(own, id) ? own[id]! : id)
}
