import type { CentreMailbox } from '../centre.ts'
import type { CentreSection } from '../centre-things.ts'

/** Everything that may be the matter with a centre. */
export type CentreFindingCode =
  | 'id-twice'
  | 'name-blank'
  | 'name-twice'
  | 'too-many'
  | 'no-channel'
  | 'skill-unknown'
  | 'skill-twice'
  | 'relax-order'
  | 'schedule-unknown'
  | 'code-unknown'
  | 'codes-missing'
  | 'code-without-time'
  | 'no-agents'
  | 'nobody-able'
  | 'nobody-has-room'
  | 'no-number'
  | 'number-left-over'
  | 'offer-short'
  | 'level-after-overflow'
  | 'too-long-when'
  | 'overflow-unknown'
  | 'overflow-itself'
  | 'overflow-circle'
  | 'overflow-to-and-fro'
  | 'number-unknown'
  | 'number-emergency'
  | 'number-comes-back'
  | 'message-without-mailbox'
  | 'mailbox-unknown'
  | 'sound-unknown'
  | 'key-taken'
  | 'call-backs-not-taken'
  | 'mail-without-account'
  | 'mail-account-unknown'
  | 'agent-gone'
  | 'agent-queue-unknown'
  | 'agent-queue-twice'
  | 'agent-no-queue'
  | 'agent-number-of-queue'
  | 'no-reasons'
  | 'never-open'
  | 'period-without-days'
  | 'country-missing'
  | 'country-unknown'
  | 'region-unknown'
  | 'day-impossible'
  | 'template-field'
  | 'template-subject'
  | 'queue-unknown'
  | 'alarm-to-nobody'
  | 'alarm-share'
  | 'alarm-never'
  | 'pop-address'
  | 'pop-host'
  | 'pop-field'
  | 'pop-without-field'
  | 'id-of-others'
  | 'mailbox-queue-unknown'
  | 'mailbox-queue-no-mail'
  | 'mailbox-pop3-after'
  | 'mailbox-move-missing'
  | 'mailbox-move-same'
  | 'mailbox-login-sign'
  | 'mailbox-token-address'
  | 'mailbox-member-gone'
  | 'mailbox-twice'
  | 'mailbox-read-elsewhere'
  | 'mailbox-no-password'
  | 'mailbox-no-token'
  | 'website-queue-unknown'
  | 'website-queue-no-chat'

/** Something that is the matter with a centre. One with an error is not published. */
export interface CentreFinding {
  readonly severity: 'error' | 'warning'
  readonly code: CentreFindingCode
  /** Where it is; absent: the whole centre. */
  readonly section?: CentreSection | 'screenPop'
  readonly id?: string
  /** Where it is in the thing, as a JSON pointer (RFC 6901): `/reading/moveTo`. Absent: the thing itself. */
  readonly at?: string
  /** What its sentence needs; `name` is what people call the thing. */
  readonly params: Readonly<Record<string, string | number>>
}

/** Where a number leads, as far as a check must know it. */
export interface NumberReach {
  readonly kind: 'people' | 'queue' | 'service' | 'outside' | 'emergency' | 'unknown'
  readonly queueId?: string
}

/** What there is in the company beside its centre. */
export interface CentreSurroundings {
  /** Display name; undefined: no user of the company. */
  userName(userId: string): string | undefined
  numberReach(number: string): NumberReach
  /** Name of an uploaded sound. */
  soundName(soundId: string): string | undefined
  /** Whether a shared mailbox takes messages at a number. */
  hasMessageBox(number: string): boolean
  /** Whether the secrets are known with which a mailbox can be opened at its servers. */
  hasSecrets(mailbox: CentreMailbox): boolean
  /** Whether another company reads the same mailbox. */
  isReadElsewhere(mailbox: CentreMailbox): boolean
  /** Whether an identifier belongs to a mailbox or website of another company. */
  isIdOfOthers(section: 'mailboxes' | 'websites', id: string): boolean
  /** Numbers that lead to queues by their identifiers. */
  readonly queueNumbers: readonly { readonly number: string; readonly queueId: string }[]
}

/** Makes findings about one thing. */
export interface Finder {
  error(code: CentreFindingCode, params?: CentreFinding['params'], at?: string): CentreFinding
  warning(code: CentreFindingCode, params?: CentreFinding['params'], at?: string): CentreFinding
}

export function finderAt(section: CentreSection | 'screenPop', id: string, name: string): Finder {
  const finding =
    (severity: CentreFinding['severity']) =>
    (code: CentreFindingCode, params: CentreFinding['params'] = {}, at?: string) => ({
      severity,
      code,
      section,
      id,
      ...(at === undefined ? {} : { at }),
      params: { name, ...params },
    })
  return { error: finding('error'), warning: finding('warning') }
}
