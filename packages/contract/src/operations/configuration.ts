import Type from 'typebox'
import { CannotUndo, ChangedSince, Conflict, StillInUse } from '../errors.ts'
import { Closed, OneOf } from '../objects/common.ts'
import { ConfigurationChangeSet } from '../objects/configuration-change.ts'
import { Event } from '../objects/event.ts'
import { operation } from '../operation.ts'

const tag = 'configuration'
const before = Type.Optional(
  Type.Integer({ minimum: 1, description: 'Only what came before this number: `next` of the page before.' }),
)
const limit = Type.Optional(
  Type.Integer({ minimum: 1, maximum: 200, description: 'Entries of one page; 50 by default.' }),
)
const next = Type.Optional(Type.Integer({ description: 'Send as `before` for the next page.' }))

export const listConfigurationChanges = operation({
  id: 'listConfigurationChanges',
  method: 'GET',
  path: '/api/v1/configuration/changes',
  tag,
  summary: 'Who changed what of the configuration, latest first, with what was there before',
  access: 'administrator',
  query: { before, limit },
  reply: Closed({ items: Type.Array(ConfigurationChangeSet), next }, { title: 'ConfigurationChanges' }),
})

export const undoConfigurationChange = operation({
  id: 'undoConfigurationChange',
  method: 'POST',
  path: '/api/v1/configuration/changes/{number}/undo',
  tag,
  summary: 'Take a change back, as a change of its own',
  description:
    'All of it or nothing. Refused when one of its things was changed again since. Secrets and passwords do not come back: a removed device cannot be undone, and a removed user comes back without a password.',
  access: 'administrator',
  proof: 'in browsers',
  params: { number: Type.String({ pattern: '^[1-9][0-9]{0,14}$', description: 'The change.' }) },
  errors: [CannotUndo, ChangedSince, Conflict, StillInUse],
})

export const listAudit = operation({
  id: 'listAudit',
  method: 'GET',
  path: '/api/v1/audit',
  tag,
  summary: 'What happened besides calls, latest first: changes, logins, lock-outs, registrations',
  access: 'administrator',
  query: {
    before,
    limit,
    about: Type.Optional(
      OneOf(['configuration', 'sessions', 'security', 'registrations'], 'Only this; everything by default.'),
    ),
  },
  reply: Closed({ items: Type.Array(Event), next }, { title: 'Audit' }),
})
