import type { ScreenPop } from '../centre.ts'
import { type CentreFinding, finderAt } from './centre-finding.ts'
import { fieldsIn } from './check-template.ts'

const popFields: readonly string[] = ['number', 'name', 'queue', 'callId', 'itemId']

/** What is the matter with the address that is opened with a call. It is opened in a browser, so nothing but http and https. */
export function checkScreenPop({ url }: ScreenPop): readonly CentreFinding[] {
  const { error, warning } = finderAt('screenPop', 'screenPop', '')
  const fields = fieldsIn(url)
  const host = /^https?:\/\/([^/?#]*)/i.exec(url)?.[1]
  if (host === undefined || host === '' || !URL.canParse(url.replaceAll(/\{[A-Za-z]+\}/g, 'x')))
    return [error('pop-address')]
  return [
    ...(/[{}@]/.test(host) ? [error('pop-host')] : []),
    ...fields.filter((field) => !popFields.includes(field)).map((field) => warning('pop-field', { field })),
    ...(fields.length === 0 ? [warning('pop-without-field')] : []),
  ]
}
