import Type from 'typebox'
import { Closed, NumberText, Time } from './common.ts'
import { HandlingRule, To, WeeklyTimes } from './handling-rule.ts'

const until = Type.Optional(Time('The rule is over then; absent: until it is taken away.'))
const rule = { to: To, until, times: Type.Optional(WeeklyTimes) }

/** What a user wants done with calls that come. A rule that is not there is off. */
export const CallHandling = Closed(
  {
    rules: Type.Optional(
      Type.Array(HandlingRule, { maxItems: 50, description: 'Looked through before all others, in order.' }),
    ),
    always: Type.Optional(Closed(rule, { description: 'Every call goes there; no device rings.' })),
    busy: Type.Optional(Closed(rule, { description: 'On the phone without call waiting, or the call is declined.' })),
    noAnswer: Type.Optional(
      Closed({
        ...rule,
        afterSeconds: Type.Integer({ minimum: 5, maximum: 600, description: 'How long devices ring before.' }),
      }),
    ),
    unreachable: Type.Optional(Closed(rule, { description: 'No device is registered, or none can be reached.' })),
    callWaiting: Type.Boolean({ description: 'A second call rings too while the user is on the phone.' }),
    doNotDisturb: Type.Optional(
      Closed({
        until,
        exceptions: Type.Array(NumberText('Who rings all the same.'), { maxItems: 50 }),
        usesBusyRule: Type.Boolean({ description: 'Calls go where they go when busy, if there is such a rule.' }),
      }),
    ),
  },
  { title: 'CallHandling' },
)

/** Rules with the names of those whom they lead to. */
export const CallHandlingWithNames = Closed(
  {
    rules: CallHandling,
    names: Type.Record(Type.String(), Type.String(), { description: 'Who a number of a rule reaches, where known.' }),
  },
  { title: 'CallHandlingWithNames' },
)
