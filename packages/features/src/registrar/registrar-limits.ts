/** What the registrar grants. Seconds are those of RFC 3261 §10.3 step 7. */
export interface RegistrarLimits {
  /** Shorter lifetimes are refused with 423 (never for more than an hour, RFC 3261 §10.3). */
  readonly minExpiresSeconds: number
  /** Longer ones are cut to this. */
  readonly maxExpiresSeconds: number
  /** For a contact that names none. */
  readonly defaultExpiresSeconds: number
  readonly bindingsPerUser: number
  /** How often a flow must be kept alive (Flow-Timer, RFC 5626 §10). */
  readonly flowTimerSeconds: number
}

export const defaultLimits: RegistrarLimits = {
  minExpiresSeconds: 60,
  maxExpiresSeconds: 3_600,
  defaultExpiresSeconds: 3_600,
  bindingsPerUser: 16,
  flowTimerSeconds: 120,
}
