import type { QueueVoice, Spoken, WaitEstimate } from '@vaxel/core'

/** As callers are told: whole minutes (0: less than one), or `long` beyond half an hour. */
export type ToldWait = number | 'long'

const rank = (wait: ToldWait): number => (wait === 'long' ? Number.POSITIVE_INFINITY : wait)

/**
 * How an expected wait is said: minutes up to ten, then steps of five, then only that it is long. It is rounded up from a quarter of a minute
 * on, so that fewer people wait longer than they were told.
 * @example roundWait(130_000) // 2
 * @example roundWait(136_000) // 3
 */
export function roundWait(expectedMs: number): ToldWait {
  const minutes = expectedMs / 60_000
  if (minutes <= 1) return 0
  const whole = Math.ceil(minutes - 0.25)
  if (whole <= 10) return Math.max(1, whole)
  const fives = Math.ceil(minutes / 5) * 5
  return fives <= 30 ? fives : 'long'
}

/**
 * Where a caller stands and how long it will take, as far as the queue says it and anybody knows it. A wait that has become longer than the
 * caller was told is said to have.
 * @param before what the caller was told last
 */
export function sayStanding(
  { saysPosition, saysWait }: Pick<QueueVoice, 'saysPosition' | 'saysWait'>,
  estimate: WaitEstimate | undefined,
  before: ToldWait | undefined,
): { readonly spoken: readonly Spoken[]; readonly told: ToldWait | undefined } {
  if (!estimate) return { spoken: [], told: before }
  const place: Spoken[] = !saysPosition
    ? []
    : estimate.position <= 1
      ? [prompt('queue-next')]
      : [prompt('queue-place'), { kind: 'number', value: estimate.position }]
  if (!saysWait || estimate.expectedMs === undefined) return { spoken: place, told: before }
  const told = roundWait(estimate.expectedMs)
  const isLonger = before !== undefined && rank(told) > rank(before)
  const wait = [...(isLonger ? [prompt('queue-wait-longer')] : []), prompt(`queue-wait-${told}`)]
  return { spoken: [...place, ...wait], told }
}

/** What callers may choose by key now. */
export function sayChoices(
  { callBackAfterSeconds, messageAfterSeconds }: QueueVoice,
  waitedMs: number,
  hasMailbox: boolean,
): Spoken[] {
  const isDue = (seconds: number | undefined): boolean => seconds !== undefined && waitedMs >= seconds * 1000
  return [
    ...(isDue(callBackAfterSeconds) ? [prompt('queue-offer-call-back')] : []),
    ...(hasMailbox && isDue(messageAfterSeconds) ? [prompt('queue-offer-message')] : []),
  ]
}

export const prompt = (name: string): Spoken => ({ kind: 'prompt', name })
