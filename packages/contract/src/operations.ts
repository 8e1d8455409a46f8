import type { Operation } from './operation.ts'
import * as bindings from './operations/bindings.ts'
import * as companies from './operations/companies.ts'
import * as configuration from './operations/configuration.ts'
import * as devices from './operations/devices.ts'
import * as health from './operations/health.ts'
import * as history from './operations/history.ts'
import * as liveCalls from './operations/live-calls.ts'
import * as numbers from './operations/numbers.ts'
import * as sessions from './operations/sessions.ts'
import * as trunks from './operations/trunks.ts'
import * as upkeep from './operations/upkeep.ts'
import * as users from './operations/users.ts'

const { callVerbs: _, ...liveCallOperations } = liveCalls

/** Everything that the API can do. */
export const operations: readonly Operation[] = [
  ...Object.values(sessions),
  ...Object.values(companies),
  ...Object.values(users),
  ...Object.values(devices),
  ...Object.values(numbers),
  ...Object.values(trunks),
  ...Object.values(bindings),
  ...Object.values(liveCallOperations),
  ...Object.values(history),
  ...Object.values(configuration),
  ...Object.values(upkeep),
  ...Object.values(health),
]
