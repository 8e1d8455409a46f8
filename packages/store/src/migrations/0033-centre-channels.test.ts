import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { it } from 'node:test'
import { Scope } from '@vaxel/base'
import { Kysely } from 'kysely'
import type { Schema } from '../schema.ts'
import { DatabaseThread } from '../sqlite/database-thread.ts'
import { sqliteThreadDialect } from '../sqlite/dialect.ts'
import { takeOverChannels } from '../testing/take-over-channels.ts'

it('mailboxes and websites of before stand in each version of their company’s centre and in its draft, without secrets', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vaxel-channels-'))
  const scope = new Scope(() => {})
  const thread = new DatabaseThread()
  scope.add(() => thread.close())
  try {
    await thread.open(join(folder, 'vaxel.db'), join(folder, 'vaxel.lock'))
    await takeOverChannels(new Kysely<Schema>({ dialect: sqliteThreadDialect(thread) }))
  } finally {
    await scope.close('done')
    await rm(folder, { recursive: true, force: true })
  }
})
