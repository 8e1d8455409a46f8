import type { Command } from '../command.ts'
import { acdReplayCommands } from './acd/replay.ts'
import { anyCommands } from './any.ts'
import { backupCommands } from './backup.ts'
import { benchCommands } from './bench.ts'
import { callCommands } from './calls.ts'
import { centreCommands } from './centre.ts'
import { deviceCommands } from './devices.ts'
import { eventCommands } from './events.ts'
import { flowCommands } from './flows/flows.ts'
import { flowTrialCommands } from './flows/trials.ts'
import { loginCommands } from './login.ts'
import { numberCommands } from './numbers.ts'
import { siteCatalogueCommands } from './site/diff.ts'
import { sitePlanCommands } from './site/plan.ts'
import { siteProbeCommands } from './site/probe.ts'
import { siteRuleCommands } from './site/rules.ts'
import { trunkCommands } from './trunks.ts'
import { upkeepCommands } from './upkeep.ts'
import { userCommands } from './users.ts'

/** In the order of the help. */
export const allCommands: readonly Command[] = [
  ...loginCommands,
  ...userCommands,
  ...deviceCommands,
  ...numberCommands,
  ...trunkCommands,
  ...flowCommands,
  ...flowTrialCommands,
  ...centreCommands,
  ...acdReplayCommands,
  ...callCommands,
  ...eventCommands,
  ...upkeepCommands,
  ...backupCommands,
  ...benchCommands,
  ...sitePlanCommands,
  ...siteCatalogueCommands,
  ...siteRuleCommands,
  ...siteProbeCommands,
  ...anyCommands,
]
