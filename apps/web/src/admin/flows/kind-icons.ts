import type { IconName } from '../../look/index.ts'
import type { NodeKind } from './flow-draft.ts'

export const kindIcons: Readonly<Record<NodeKind, IconName>> = {
  time: 'clock',
  holiday: 'calendar',
  presence: 'activity',
  caller: 'call-in',
  language: 'globe',
  spend: 'signal',
  variable: 'filter',
  lookup: 'search',
  announce: 'speaker',
  menu: 'dialpad',
  collect: 'key',
  ring: 'bell',
  queue: 'people',
  voicemail: 'voicemail',
  forward: 'call-forward',
  set: 'edit',
  setLanguage: 'chat',
  callerName: 'person',
  record: 'record',
  mail: 'mail',
  webhook: 'server',
  hangUp: 'call-end',
}
