import type { AgentDesk } from './agent-desk.ts'
import type { ChosenCodes } from './chosen-codes.ts'
import type { CrmTab } from './crm-tab.ts'
import type { CustomerRecords } from './customer-records.ts'
import type { TextTarget } from './text-target.ts'
import type { WorkNotes } from './work-notes.ts'
import type { WorkSounds } from './work-sounds.ts'

/** What the console's screens share, for as long as somebody is logged in. */
export interface AgentRuntime {
  readonly desk: AgentDesk
  readonly notes: WorkNotes
  readonly customers: CustomerRecords
  readonly sounds: WorkSounds
  readonly crm: CrmTab
  readonly texts: TextTarget
  readonly codes: ChosenCodes
}
