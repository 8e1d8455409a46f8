/** What `--cpu-prof` writes, as far as it is read here (Chrome DevTools Protocol, Profiler.Profile). */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number }
  }[]
  readonly samples: readonly number[]
  /** Microseconds since the sample before. */
  readonly timeDeltas: readonly number[]
}

export interface OwnTime {
  /** All but idling. */
  readonly busySeconds: number
  /** Largest first, with their share of the busy time; natives are counted as files of their own. */
  readonly byFile: readonly (readonly [name: string, share: number])[]
  readonly byFunction: readonly (readonly [name: string, share: number])[]
}

/** Time spent in functions themselves, without those that they call, over the last seconds of a profile. */
export function ownTime(profile: CpuProfile, lastSeconds: number): OwnTime {
  const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]))
  const byFile = new Map<string, number>()
  const byFunction = new Map<string, number>()
  const add = (to: Map<string, number>, key: string, us: number) => to.set(key, (to.get(key) ?? 0) + us)
  let leftUs = lastSeconds * 1e6
  let busyUs = 0
  for (let i = profile.samples.length - 1; i >= 0 && leftUs > 0; i--) {
    const us = profile.timeDeltas[i] ?? 0
    leftUs -= us
    const frame = frames.get(profile.samples[i]!)
    if (!frame || frame.functionName === '(idle)') continue
    busyUs += us
    const file = frame.url.replace(/^.*\/(?=(?:packages|apps|node_modules)\/)/, '') || frame.functionName
    add(byFile, file, us)
    add(byFunction, `${frame.functionName || '(anonymous)'} ${file}:${frame.lineNumber + 1}`, us)
  }
  const ranked = (of: Map<string, number>) =>
    [...of].map(([name, us]) => [name, us / Math.max(1, busyUs)] as const).toSorted((a, b) => b[1] - a[1])
  return { busySeconds: busyUs / 1e6, byFile: ranked(byFile), byFunction: ranked(byFunction) }
}
