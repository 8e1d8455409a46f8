import Type from 'typebox'
import { Closed, OneOf, Text, Time } from './common.ts'
import { WeeklyPeriod } from './flow.ts'
import { PresenceState } from './presence.ts'

/** Where calls go, as one would dial it. */
export const To = Type.String({
  minLength: 1,
  maxLength: 64,
  pattern: '^[^\\s<>]+$',
  description: 'Where to, as one would dial it: extension, E.164 number, service.',
})

export const WeeklyTimes = Closed(
  {
    timeZone: Text(64, 'IANA name, `Europe/Stockholm`.'),
    periods: Type.Array(WeeklyPeriod, { minItems: 1, maxItems: 20 }),
  },
  { title: 'WeeklyTimes', description: 'Hours of the week, as the clocks of one place show them.' },
)

export const CallerList = Closed(
  {
    numbers: Type.Optional(
      Type.Array(Text(32, 'A number or extension, as people write it.'), { maxItems: 200, description: 'These.' }),
    ),
    prefixes: Type.Optional(
      Type.Array(
        Type.String({ maxLength: 16, pattern: '^\\+?\\d{1,15}$', description: '`+4611`, or `2` for extensions.' }),
        {
          maxItems: 50,
          description: 'Numbers that begin so.',
        },
      ),
    ),
    kinds: Type.Optional(
      Type.Array(
        OneOf(
          ['colleague', 'outside', 'contact', 'stranger', 'withheld'],
          'Of the company; everybody else; known by name; with a number nobody knows; without a number.',
        ),
        { maxItems: 5 },
      ),
    ),
  },
  { title: 'CallerList', description: 'Callers, by any of these; empty: nobody.' },
)

export const HandlingRule = Closed(
  {
    name: Text(60, 'What you call it.'),
    isOff: Type.Optional(Type.Literal(true, { description: 'It is kept and not followed.' })),
    until: Type.Optional(Time('The rule is over then.')),
    from: Type.Optional(CallerList),
    presence: Type.Optional(Type.Array(PresenceState, { minItems: 1, maxItems: 8, description: 'While you are so.' })),
    times: Type.Optional(WeeklyTimes),
    moment: OneOf(
      ['always', 'busy', 'noAnswer', 'unreachable'],
      'At once; when you are on the phone or decline; when nobody answers; when no device can be reached.',
    ),
    afterSeconds: Type.Optional(
      Type.Integer({ minimum: 5, maximum: 600, description: 'How long devices ring before, for `noAnswer`.' }),
    ),
    action: Type.Union([
      Closed({ kind: Type.Literal('forward'), to: To }),
      Closed({ kind: Type.Literal('ring') }, { description: 'The call gets through, whatever else is set.' }),
      Closed({ kind: Type.Literal('refuse') }, { description: 'The caller finds the line busy.' }),
    ]),
  },
  {
    title: 'HandlingRule',
    description: 'Fits when all its conditions do. Rules are looked through in order; the first that fits wins.',
  },
)
