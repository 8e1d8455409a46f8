/**
 * What asks a phone to answer by itself: Answer-Mode (RFC 5373 §3), and what phones knew before it, `answer-after` of Call-Info and
 * `alert-autoanswer` of Alert-Info. A phone that knows none of them rings.
 * @param domain of the person
 */
export function autoAnswerHeaders(domain: string): (readonly [name: string, value: string])[] {
  return [
    ['Answer-Mode', 'Auto'],
    ['Call-Info', `<sip:${domain}>;answer-after=0`],
    ['Alert-Info', `<http://${domain}>;info=alert-autoanswer;delay=0`],
  ]
}

/**
 * Whether an Alert-Info asks a phone to answer by itself. Nobody may ask that of somebody else's phone by a header: who could listen in
 * would be everybody.
 */
export const asksForAnswer = (alertInfo: string): boolean =>
  /auto[-_ ]?answer|answer[-_ ]?after|intercom|;\s*delay\s*=/i.test(alertInfo)
