import type { Centre, OverflowTarget, Queue } from '../centre.ts'
import { type CentreFinding, type CentreSurroundings, type Finder, finderAt } from './centre-finding.ts'

/** Ways on which nothing is waited for: a circle of them would never end. */
const atOnce = ({ overflow }: Queue): readonly (OverflowTarget | undefined)[] => [
  overflow.closed,
  overflow.full,
  overflow.noAgents,
]

/** Where work goes that is not to wait in its queue, and whether it comes back. */
export function checkOverflows(centre: Centre, around: CentreSurroundings): readonly CentreFinding[] {
  const queues = new Map<string, Queue>(centre.queues.map((queue) => [queue.id, queue]))
  const behind = (target: OverflowTarget | undefined): string[] => {
    if (target?.kind === 'queue') return queues.has(target.queueId) ? [target.queueId] : []
    const reach = target?.kind === 'number' ? around.numberReach(target.number) : undefined
    return reach?.queueId !== undefined && queues.has(reach.queueId) ? [reach.queueId] : []
  }
  const circling = inCircles(queues, (queue) => atOnce(queue).flatMap(behind))
  const toAndFro = inCircles(queues, (queue) => [...atOnce(queue), queue.overflow.tooLong?.to].flatMap(behind))
  return centre.queues.flatMap((queue) => {
    const finder = finderAt('queues', queue.id, queue.name)
    const { overflow, voice } = queue
    const targets = [...atOnce(queue), overflow.tooLong?.to, ...Object.values(voice.keys ?? {})]
    const found = targets.flatMap((target) => (target ? checkTarget(target, queue, queues, around, finder) : []))
    const comesBack = found.some(({ code }) => code === 'overflow-itself' || code === 'number-comes-back')
    return [
      ...distinct(found),
      ...checkTimes(queue, finder),
      ...(circling.has(queue.id) && !comesBack ? [finder.error('overflow-circle')] : []),
      ...(toAndFro.has(queue.id) && !circling.has(queue.id) && !comesBack
        ? [finder.warning('overflow-to-and-fro')]
        : []),
    ]
  })
}

function checkTimes({ overflow, serviceLevel }: Queue, { error, warning }: Finder): readonly CentreFinding[] {
  const { tooLong } = overflow
  if (!tooLong) return []
  if (tooLong.afterSeconds === undefined && tooLong.estimateSeconds === undefined) return [error('too-long-when')]
  return tooLong.afterSeconds !== undefined && tooLong.afterSeconds < serviceLevel.seconds
    ? [warning('level-after-overflow', { seconds: tooLong.afterSeconds, level: serviceLevel.seconds })]
    : []
}

function checkTarget(
  target: OverflowTarget,
  queue: Queue,
  queues: ReadonlyMap<string, Queue>,
  around: CentreSurroundings,
  { error }: Finder,
): readonly CentreFinding[] {
  switch (target.kind) {
    case 'queue':
      if (target.queueId === queue.id) return [error('overflow-itself')]
      return queues.has(target.queueId) ? [] : [error('overflow-unknown')]
    case 'number': {
      const { number } = target
      const reach = around.numberReach(number)
      if (reach.kind === 'unknown') return [error('number-unknown', { number })]
      if (reach.kind === 'emergency') return [error('number-emergency', { number })]
      return reach.queueId === queue.id ? [error('number-comes-back', { number })] : []
    }
    case 'message':
      return queue.mailboxNumber === undefined ? [error('message-without-mailbox')] : []
    case 'goodbye':
      return []
  }
}

/** One of each: a number may be at several places of a queue. */
const distinct = (findings: readonly CentreFinding[]): readonly CentreFinding[] => [
  ...new Map(findings.map((finding) => [`${finding.code} ${finding.params.number ?? ''}`, finding])).values(),
]

/** Queues from which one can come back to themselves, over at least one other. */
function inCircles(queues: ReadonlyMap<string, Queue>, next: (queue: Queue) => readonly string[]): ReadonlySet<string> {
  const ways = new Map([...queues].map(([id, queue]) => [id, next(queue).filter((to) => to !== id)]))
  const circling = new Set<string>()
  for (const [start, first] of ways) {
    const seen = new Set<string>()
    const left = [...first]
    for (let at = left.pop(); at !== undefined; at = left.pop()) {
      if (at === start) circling.add(start)
      if (seen.has(at)) continue
      seen.add(at)
      left.push(...(ways.get(at) ?? []))
    }
  }
  return circling
}
