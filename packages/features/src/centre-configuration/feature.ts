import type { OperationHandler } from '@vaxel/contract'
import type { CentreEditor } from '@vaxel/core'
import { centreHandlers } from './api.ts'
import type { CentreDependencies } from './dependencies.ts'
import { DraftService } from './draft-service.ts'
import { CentrePublisher } from './publisher.ts'
import { QueueService } from './queue-service.ts'

export type { CentreDependencies } from './dependencies.ts'

/** The configuration of contact centres: drafted, checked, compared, published, undone. */
export interface CentreConfiguration {
  readonly handlers: readonly OperationHandler[]
  /** Small changes that hold at once. */
  readonly editor: CentreEditor
}

/** Whoever works by a centre hears of it by the event `centre.published`. */
export function createCentreConfiguration(dependencies: CentreDependencies): CentreConfiguration {
  const publisher = new CentrePublisher(dependencies)
  const drafts = new DraftService(dependencies, publisher)
  return {
    handlers: centreHandlers(dependencies, drafts, new QueueService(dependencies, publisher)),
    editor: publisher,
  }
}
