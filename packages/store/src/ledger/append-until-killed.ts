import { type CallId, type CompanyId, silentLogger, systemClock } from '@vaxel/base'
import { openStore } from '../open-store.ts'

/** Started by a test: appends calls to the store of a folder (and database) and prints each number that was acknowledged, until it is killed. */
const [folder, databaseUrl] = process.argv.slice(2)
const store = await openStore({
  folder: folder!,
  ...(databaseUrl === undefined ? {} : { databaseUrl }),
  clock: systemClock,
  log: silentLogger,
})
const companyId = 'company-1' as CompanyId
for (let i = 0; ; i++) {
  const id = `killed-${i}` as CallId
  const number = await store.ledger.append({
    call: {
      id,
      companyId,
      direction: 'internal',
      startedAtMs: i,
      caller: { number: '201' },
      dialled: '202',
      called: { number: '202' },
    },
    events: [{ kind: 'call.originated', atMs: i, companyId, callId: id, data: {} }],
  })
  process.stdout.write(`${number}\n`)
}
