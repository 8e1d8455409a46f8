import Type from 'typebox'
import { Closed } from './common.ts'

const Prefix = Type.String({ minLength: 1, maxLength: 20, pattern: '^\\+[0-9]*$' })

/** Limits enforced at call set-up and during the call; an absent one does not limit. */
export const CallLimits = Closed(
  {
    callsAtOnce: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
    callsPerMinute: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
    allowedDestinations: Type.Optional(
      Type.Array(Prefix, { maxItems: 500, description: 'E.164 prefixes that may be called over trunks; absent: all.' }),
    ),
    blockedDestinations: Type.Optional(
      Type.Array(Prefix, { maxItems: 500, description: 'E.164 prefixes that may not be called over trunks.' }),
    ),
    spendPerDayMicros: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: Number.MAX_SAFE_INTEGER,
        description: "Money for trunk calls in a day (UTC), millionths of the company's currency.",
      }),
    ),
  },
  { title: 'CallLimits' },
)
