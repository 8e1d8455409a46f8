import { type KeptSound, shortestMessageMs } from '@vaxel/core'
import { silenceMs } from './leave-message.ts'
import { prompt } from './say.ts'
import type { Visit } from './visit.ts'

/** Words of whoever is in: a comment, a greeting. @returns undefined when nothing was said */
export async function recordSound(
  { parts, line, box }: Visit,
  mostMs: number,
  ask: string,
): Promise<KeptSound | undefined> {
  await line.say([...prompt(ask), { kind: 'beep' }], { isUninterruptible: true })
  const { path, seal, ...sound } = await parts.files.begin(box.companyId)
  const recorded = await line.record({ path, ...(seal ? { seal } : {}), mostMs, silenceMs })
  const read = recorded.end === 'gone' ? undefined : await parts.messages.soundOf(sound)
  if (!read || read.durationMs < shortestMessageMs / 3) {
    await parts.files.remove(sound)
    return undefined
  }
  return { ...sound, durationMs: read.durationMs, sizeBytes: read.sizeBytes }
}
