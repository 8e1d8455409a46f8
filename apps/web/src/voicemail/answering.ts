import type { ReplyOf } from '../api/api.ts'

export type Rules = ReplyOf<'readMyForwarding'>['rules']

const usualSeconds = 20

/** Whether every call that is not taken goes to voicemail. */
export const isAnswering = ({ busy, noAnswer, unreachable }: Rules, number: string): boolean =>
  [busy, noAnswer, unreachable].every((rule) => rule?.to === number)

/** The rules with voicemail for all that is not taken; what else they say stays. */
export const answersAll = (rules: Rules, number: string): Rules => ({
  ...rules,
  busy: { to: number },
  noAnswer: { to: number, afterSeconds: rules.noAnswer?.afterSeconds ?? usualSeconds },
  unreachable: { to: number },
})

/** The rules without those that lead to voicemail. */
export function answersNothing(rules: Rules, number: string): Rules {
  const { busy, noAnswer, unreachable, ...rest } = rules
  return {
    ...rest,
    ...(busy && busy.to !== number ? { busy } : {}),
    ...(noAnswer && noAnswer.to !== number ? { noAnswer } : {}),
    ...(unreachable && unreachable.to !== number ? { unreachable } : {}),
  }
}
