import type { ServiceLine } from '@vaxel/core'
import { withheldNumber } from '@vaxel/core'
import type { QueueVoiceParts } from './parts.ts'
import { prompt } from './spoken.ts'

const mostTries = 3
const mostDigits = 20

/**
 * Agrees with a caller on the number at which they are called back: their own, or one that they type. Typed numbers outside are those of the
 * company's country alone, so that nobody makes the company call numbers that are paid for at the other end of the world.
 * @param isStopped something else is to be done with the caller, for which the line was cut
 * @returns undefined when they would rather wait
 */
export async function askCallBackNumber(
  { calls }: Pick<QueueVoiceParts, 'calls'>,
  line: ServiceLine,
  isStopped: () => boolean,
): Promise<string | undefined> {
  const { number: known } = line.caller
  let number = known !== withheldNumber && !calls.whyNot(line.companyId, known) ? known : undefined
  for (let tries = 0; tries < mostTries && !isStopped(); tries++) {
    number ??= await askNumber(calls, line)
    if (number === undefined) continue
    const say = [prompt('queue-call-back-at'), { kind: 'digits', digits: number } as const]
    const { keys } = await line.readKeys({ say: [...say, prompt('queue-call-back-confirm')], most: 1, firstMs: 6000 })
    if (keys === '1') return number
    if (keys === '*' || keys === '') return undefined
    number = undefined
  }
  return undefined
}

async function askNumber(calls: QueueVoiceParts['calls'], line: ServiceLine): Promise<string | undefined> {
  const say = [prompt('queue-call-back-number')]
  const { keys } = await line.readKeys({ say, most: mostDigits, endOn: '#', firstMs: 8000 })
  if (/^\d{2,20}$/.test(keys) && !isAbroad(line, keys) && !calls.whyNot(line.companyId, keys)) return keys
  if (keys !== '') await line.say([prompt('queue-call-back-not-possible')])
  return undefined
}

/** Written with the prefix for other countries, of which most use `00` and some others `011`. */
function isAbroad({ company }: ServiceLine, keys: string): boolean {
  return keys.startsWith('00') || (keys.startsWith('011') && ['us', 'ca'].includes(company.country.toLowerCase()))
}
