import type { TrunkTarget } from '../ports/trunk.ts'

/**
 * The order in which targets are asked: those that are up or not known to be down by priority, among equals by weight at random
 * (RFC 2782), then those that are down in the same order, for they may be back. Pure but for `random`.
 * @param random a number from 0 up to, not including, 1
 */
export function orderTargets(
  targets: readonly TrunkTarget[],
  isDown: (target: TrunkTarget) => boolean,
  random: () => number,
): TrunkTarget[] {
  const ordered = byPriority(targets, random)
  return [...ordered.filter((target) => !isDown(target)), ...ordered.filter(isDown)]
}

function byPriority(targets: readonly TrunkTarget[], random: () => number): TrunkTarget[] {
  const groups = new Map<number, TrunkTarget[]>()
  targets.forEach((target, place) => {
    const priority = target.priority ?? place
    const group = groups.get(priority)
    if (group) group.push(target)
    else groups.set(priority, [target])
  })
  return [...groups].toSorted(([a], [b]) => a - b).flatMap(([, group]) => byWeight(group, random))
}

function byWeight(group: readonly TrunkTarget[], random: () => number): TrunkTarget[] {
  const left = [...group]
  const ordered: TrunkTarget[] = []
  while (left.length > 1) {
    const total = left.reduce((sum, target) => sum + (target.weight ?? 1), 0)
    let point = random() * total
    let chosen = left.findIndex((target) => (point -= target.weight ?? 1) < 0)
    if (chosen < 0) chosen = 0
    ordered.push(...left.splice(chosen, 1))
  }
  return [...ordered, ...left]
}

/** What a target is told apart by: `tls:sip.carrier.example:5061`. */
export function targetName({ protocol, host, port }: TrunkTarget): string {
  return `${protocol}:${host.includes(':') ? `[${host}]` : host}${port === undefined ? '' : `:${port}`}`
}
