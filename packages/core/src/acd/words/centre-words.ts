import type { CentreFindingCode } from '../check/centre-finding.ts'
import type { CentreSection } from '../centre-things.ts'
import type { Channel } from '../channel.ts'
import type { AfterReading, MailLogin, MailReading } from '../../ports/mail-channel.ts'
import type { Alarm, Selection, Template, CentreWebsite } from '../centre.ts'

/** What a sentence is about. */
export type CentreWordParams = Readonly<Record<string, string | number>>
export type SayCentre = (params: CentreWordParams) => string

/** Properties of things, as a comparison names them. */
export type CentreField =
  | 'name'
  | 'channels'
  | 'selection'
  | 'need'
  | 'priority'
  | 'ageing'
  | 'sticky'
  | 'offer'
  | 'missed'
  | 'wrapUp'
  | 'needsCode'
  | 'codes'
  | 'serviceLevel'
  | 'shortAbandon'
  | 'hours'
  | 'mostWaiting'
  | 'closed'
  | 'full'
  | 'noAgents'
  | 'tooLong'
  | 'language'
  | 'greeting'
  | 'music'
  | 'comment'
  | 'position'
  | 'wait'
  | 'every'
  | 'callBack'
  | 'message'
  | 'key'
  | 'recording'
  | 'mailbox'
  | 'mailAccount'
  | 'skill'
  | 'queue'
  | 'capacity'
  | 'speaksBeside'
  | 'line'
  | 'open'
  | 'holidays'
  | 'ownDay'
  | 'mostMinutes'
  | 'isWork'
  | 'kind'
  | 'subject'
  | 'text'
  | 'queues'
  | 'figure'
  | 'limit'
  | 'lasting'
  | 'tells'
  | 'address'
  | 'moment'
  | 'sender'
  | 'aliases'
  | 'isRead'
  | 'readFrom'
  | 'login'
  | 'folder'
  | 'afterReading'
  | 'moveTo'
  | 'first'
  | 'poll'
  | 'mostSize'
  | 'sendVia'
  | 'sendLogin'
  | 'how'
  | 'tokenUrl'
  | 'client'
  | 'scope'
  | 'trusted'
  | 'inQueue'
  | 'members'
  | 'signature'
  | 'autoReply'
  | 'pages'
  | 'asks'
  | 'consent'
  | 'privacy'
  | 'voice'
  | 'offline'
  | 'keepDays'

/** Everything that is said about the configuration of a contact centre in one language. */
export interface CentreWords {
  readonly sections: Readonly<Record<CentreSection | 'screenPop', string>>
  /** One thing of a section. */
  readonly things: Readonly<Record<CentreSection | 'screenPop', string>>
  readonly fields: Readonly<Record<CentreField, SayCentre>>
  readonly channels: Readonly<Record<Channel, string>>
  readonly selections: Readonly<Record<Selection, string>>
  readonly recordings: Readonly<Record<'always' | 'onDemand' | 'never', string>>
  readonly languages: Readonly<Record<'en' | 'sv' | 'fr', string>>
  readonly templates: Readonly<Record<Template['kind'], string>>
  readonly figures: Readonly<Record<Alarm['figure'], string>>
  readonly holidays: Readonly<Record<'public' | 'bank' | 'school' | 'optional' | 'observance', string>>
  readonly afterReading: Readonly<Record<AfterReading, string>>
  readonly firstReading: Readonly<Record<MailReading['first'], string>>
  readonly logins: Readonly<Record<MailLogin['kind'], string>>
  readonly visitorAsks: Readonly<Record<CentreWebsite['asks'], string>>
  readonly megabytes: SayCentre
  /** From Monday, short. */
  readonly weekdays: readonly string[]
  readonly yes: string
  readonly no: string
  readonly seconds: SayCentre
  readonly minutes: SayCentre
  readonly inLevel: SayCentre
  readonly needs: SayCentre
  readonly relaxes: SayCentre
  readonly isIn: string
  readonly inPlace: SayCentre
  readonly goodbye: string
  readonly toMessage: string
  readonly toQueue: SayCentre
  readonly toNumber: SayCentre
  readonly tooLongAfter: SayCentre
  readonly tooLongEstimate: SayCentre
  readonly ownDevices: string
  readonly keptLine: SayCentre
  readonly calledLine: SayCentre
  readonly room: SayCentre
  readonly over: SayCentre
  readonly under: SayCentre
  readonly push: string
  readonly allCodes: string
  readonly moments: Readonly<Record<'alerting' | 'answered', string>>
  readonly added: SayCentre
  readonly removed: SayCentre
  readonly changed: SayCentre
  readonly findings: Readonly<Record<CentreFindingCode, SayCentre>>
}
