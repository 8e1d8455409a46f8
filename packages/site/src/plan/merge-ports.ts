/** Ports from `from` to `to`, both included. */
export interface PortRange {
  readonly from: number
  readonly to: number
}

/** The same ports in the fewest ranges, rising. `mergePorts([{ from: 81, to: 90 }, { from: 80, to: 80 }]) // 80 to 90` */
export function mergePorts(ports: readonly PortRange[]): readonly PortRange[] {
  const merged: PortRange[] = []
  for (const { from, to } of ports.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    const last = merged.at(-1)
    if (last && from <= last.to + 1) merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, to) }
    else merged.push({ from, to })
  }
  return merged
}
