import Type from 'typebox'
import { NotReady } from '../errors.ts'
import { Closed, OneOf } from '../objects/common.ts'
import { operation } from '../operation.ts'

export const readHealth = operation({
  id: 'readHealth',
  method: 'GET',
  path: '/healthz',
  tag: 'health',
  summary: 'Whether every listener is up and the database answers',
  access: 'anyone',
  reply: Closed(
    {
      status: OneOf(['ok', 'draining'], 'Draining: it works, and takes no new calls before it ends.'),
      version: Type.String(),
      uptimeSeconds: Type.Number(),
      warnings: Type.Array(Type.String(), {
        description: 'What is wrong although calls go on, a sentence each; empty when all is well.',
      }),
    },
    { title: 'Health' },
  ),
  errors: [NotReady],
})
