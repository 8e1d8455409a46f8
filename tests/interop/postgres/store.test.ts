import { after, before, it } from 'node:test'
import { Kysely } from 'kysely'
import { Pool } from 'pg'
import { randomFacts, SeededRandom, VirtualClock } from '@vaxel/testkit'
import { testCallEraser } from '../../../packages/store/src/testing/call-eraser-suite.ts'
import { testCustomerEraser } from '../../../packages/store/src/testing/customer-eraser-suite.ts'
import { testPersonEraser } from '../../../packages/store/src/testing/person-eraser-suite.ts'
import { testCallLedger } from '../../../packages/store/src/testing/call-ledger-suite.ts'
import { testIdentityStore } from '../../../packages/store/src/testing/identity-suite.ts'
import { testOpenStore } from '../../../packages/store/src/testing/open-store-suite.ts'
import { testPeople } from '../../../packages/store/src/testing/people-suite.ts'
import { testPortalStore } from '../../../packages/store/src/testing/portal-store-suite.ts'
import { testVoicemailStore } from '../../../packages/store/src/testing/voicemail-store-suite.ts'
import { testRecordingStore } from '../../../packages/store/src/testing/recording-store-suite.ts'
import { testCentreStore } from '../../../packages/store/src/testing/centre-store-suite.ts'
import { testOwedStore } from '../../../packages/store/src/testing/owed-store-suite.ts'
import { testWorkStore } from '../../../packages/store/src/testing/work-store-suite.ts'
import { testConferenceRooms } from '../../../packages/store/src/testing/conference-store-suite.ts'
import { testFigureStore } from '../../../packages/store/src/testing/figure-store-suite.ts'
import { testFlowStore } from '../../../packages/store/src/testing/flow-store-suite.ts'
import { testMailChannelStore } from '../../../packages/store/src/testing/mail-channel-suite.ts'
import { testSiteStore } from '../../../packages/store/src/testing/site-store-suite.ts'
import { takeOverChannels } from '../../../packages/store/src/testing/take-over-channels.ts'
import { testChatStore } from '../../../packages/store/src/testing/chat-store-suite.ts'
import { BytewisePostgresDialect } from '../../../packages/store/src/postgres/dialect.ts'
import { connectionSettings } from '../../../packages/store/src/postgres/postgres-connection.ts'
import type { Schema } from '../../../packages/store/src/schema.ts'
import { PostgresServer } from './postgres-server.ts'

let server: PostgresServer
before(async () => {
  server = await PostgresServer.start()
})
after(() => server.end())

const engine = {
  name: 'PostgreSQL',
  newClock: (startMs?: number) => new VirtualClock(startMs),
  newDatabase: (from?: string) => server.newDatabase(from),
  execute: async (statement: string, _folder: string, databaseUrl: string | undefined) => {
    await server.execute(statement, databaseUrl!)
  },
}

testOpenStore(engine)
testCallLedger(engine)
testCallEraser(engine)
testCustomerEraser(engine)
testPersonEraser(engine)
testIdentityStore(engine)
testPortalStore(engine)
testVoicemailStore(engine)
testRecordingStore(engine)
testConferenceRooms(engine)
testFigureStore(engine, (fromMs, agentIds) => {
  const numbers = new SeededRandom(11)
  return randomFacts(() => numbers.next(), { fromMs, steps: 1200, agentIds, stepMs: 40_000 })
})
testFlowStore(engine)
testCentreStore(engine)
testWorkStore(engine)
testOwedStore(engine)
testMailChannelStore(engine)
testSiteStore(engine)
testChatStore(engine)
testPeople(engine)

it('mailboxes and websites of before stand in each version of their company’s centre (PostgreSQL)', async () => {
  const pool = new Pool({ ...connectionSettings(await server.newDatabase()), max: 1 })
  const db = new Kysely<Schema>({ dialect: new BytewisePostgresDialect({ pool }) })
  try {
    await takeOverChannels(db)
  } finally {
    await db.destroy()
  }
})
