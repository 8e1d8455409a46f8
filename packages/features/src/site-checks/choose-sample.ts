/** One place of the sample: the ports that stand for it, the best one first. */
export type SamplePlace = readonly number[]

const alternatives = 8

/**
 * Where to look into a range of ports: at both ends, in the middle and at random, each place with neighbours for when a call has the port.
 * The same seed gives the same.
 * @param seed 8 hexadecimal digits
 * @returns at most `randomPorts + 3` places
 */
export function chooseSample(
  { from, to }: { readonly from: number; readonly to: number },
  randomPorts: number,
  seed: string,
): readonly SamplePlace[] {
  const count = to - from + 1
  const next = seededNumbers(Number.parseInt(seed, 16))
  const upwards = (port: number): SamplePlace =>
    Array.from({ length: Math.min(alternatives, to - port + 1) }, (_, step) => port + step)
  const downwards = (port: number): SamplePlace =>
    Array.from({ length: Math.min(alternatives, port - from + 1) }, (_, step) => port - step)
  const random = (): SamplePlace => Array.from({ length: alternatives }, () => from + Math.floor(next() * count))
  return [
    upwards(from),
    downwards(to),
    upwards(from + Math.floor(count / 2)),
    ...Array.from({ length: randomPorts }, random),
  ]
}

/** Numbers from 0 to below 1, by a linear congruential step and a mix of its bits: for spread, not for secrets. */
function seededNumbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d)
    mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39)
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 0x1_0000_0000
  }
}
