import { type Language, type Queue, sayableName, type Spoken } from '@vaxel/core'
import { numbersOf, type QueueVoiceParts } from './parts.ts'

/** A name that is not there by then is left for the number: nobody waits for a voice. */
const patienceMs = 1500

type Parts = Pick<QueueVoiceParts, 'clock' | 'directory' | 'nameSound'>

/**
 * A queue as an agent hears it named: by its name, which a voice reads (made when it is first needed), or digit by digit where the name is a
 * number. A name that no voice can say, or not soon, is replaced by the queue's number.
 */
export async function sayQueue(
  parts: Parts,
  companyId: Parameters<typeof numbersOf>[1],
  queue: Queue,
  language: Language,
): Promise<Spoken[]> {
  const name = sayableName(queue.name, language)
  if (name?.kind === 'digits') return [{ kind: 'digits', digits: name.digits }]
  const path = name && (await soon(parts, queue.name, language))
  if (path !== undefined) return [{ kind: 'sound', source: { kind: 'file', path } }]
  return [{ kind: 'digits', digits: numbersOf(parts, companyId, queue).inner }]
}

/** Has the name read while a telephone still rings, so that it is there when somebody answers. */
export function prepareName({ nameSound }: Pick<Parts, 'nameSound'>, queue: Queue, language: Language): void {
  nameSound(queue.name, language).catch(() => {})
}

async function soon({ clock, nameSound }: Parts, name: string, language: Language): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>()
  const timer = clock.startTimer(patienceMs, () => resolve(undefined))
  nameSound(name, language).then(resolve, () => resolve(undefined))
  const path = await promise
  timer.stop()
  return path
}
