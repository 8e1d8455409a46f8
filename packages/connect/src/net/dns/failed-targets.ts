import type { Clock } from '@vaxel/base'
import { formatHost, type ResolvedTarget } from '@vaxel/sip'

const heldMs = 30_000
const held = 1_024

/**
 * Targets that failed lately. They are tried last, not never: with all of them down, the first one is as good as before.
 * Bounded; the one that failed longest ago goes first.
 */
export class FailedTargets {
  readonly #clock: Clock
  readonly #untilMs = new Map<string, number>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  failed(target: ResolvedTarget): void {
    const name = nameOf(target)
    this.#untilMs.delete(name)
    if (this.#untilMs.size >= held) this.#untilMs.delete(this.#untilMs.keys().next().value!)
    this.#untilMs.set(name, this.#clock.monotonicMs() + heldMs)
  }

  worked(target: ResolvedTarget): void {
    if (this.#untilMs.size > 0) this.#untilMs.delete(nameOf(target))
  }

  /** The same targets, those that failed in the last half minute behind the others. */
  lastOnes(targets: readonly ResolvedTarget[]): readonly ResolvedTarget[] {
    if (this.#untilMs.size === 0) return targets
    const now = this.#clock.monotonicMs()
    const isBad = (target: ResolvedTarget): boolean => (this.#untilMs.get(nameOf(target)) ?? 0) > now
    return [...targets.filter((target) => !isBad(target)), ...targets.filter(isBad)]
  }
}

const nameOf = ({ protocol, address, port }: ResolvedTarget): string => `${protocol} ${formatHost(address, port)}`
