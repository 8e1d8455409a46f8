import { join } from 'node:path'
import { randomFacts, SeededRandom, VirtualClock } from '@vaxel/testkit'
import Database from 'better-sqlite3'
import { testCallEraser } from './call-eraser-suite.ts'
import { testCustomerEraser } from './customer-eraser-suite.ts'
import { testPersonEraser } from './person-eraser-suite.ts'
import { testCallLedger } from './call-ledger-suite.ts'
import { testCentreStore } from './centre-store-suite.ts'
import { testOwedStore } from './owed-store-suite.ts'
import { testWorkStore } from './work-store-suite.ts'
import { testConferenceRooms } from './conference-store-suite.ts'
import { testFigureStore } from './figure-store-suite.ts'
import { testFlowStore } from './flow-store-suite.ts'
import { testIdentityStore } from './identity-suite.ts'
import { testOpenStore } from './open-store-suite.ts'
import { testPeople } from './people-suite.ts'
import { testPortalStore } from './portal-store-suite.ts'
import { testVoicemailStore } from './voicemail-store-suite.ts'
import { testRecordingStore } from './recording-store-suite.ts'
import { testMailChannelStore } from './mail-channel-suite.ts'
import { testSiteStore } from './site-store-suite.ts'
import { testChatStore } from './chat-store-suite.ts'
import type { StoreEngine } from './store-engine.ts'

const embedded: StoreEngine = {
  name: 'embedded',
  newClock: (startMs) => new VirtualClock(startMs),
  newDatabase: async () => undefined,
  execute: async (statement, folder) => {
    const database = new Database(join(folder, 'vaxel.db'))
    database.exec(statement)
    database.close()
  },
}

testOpenStore(embedded)
testCallLedger(embedded)
testCallEraser(embedded)
testCustomerEraser(embedded)
testPersonEraser(embedded)
testIdentityStore(embedded)
testPortalStore(embedded)
testVoicemailStore(embedded)
testRecordingStore(embedded)
testConferenceRooms(embedded)
testFlowStore(embedded)
testCentreStore(embedded)
testWorkStore(embedded)
testFigureStore(embedded, (fromMs, agentIds) => {
  const numbers = new SeededRandom(11)
  return randomFacts(() => numbers.next(), { fromMs, steps: 1200, agentIds, stepMs: 40_000 })
})
testOwedStore(embedded)
testMailChannelStore(embedded)
testSiteStore(embedded)
testChatStore(embedded)
testPeople(embedded)
