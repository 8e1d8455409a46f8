import type { CompanyId, Refusal, UserId } from '@vaxel/base'
import type { Centre } from '../acd/centre.ts'

/** Small changes of a contact centre that hold at once, as a supervisor makes them: somebody's skills, a queue's agents. */
export interface CentreEditor {
  /**
   * Publishes what `edit` makes of the published centre, as a version of its own with who did it. Changes of one company come one after
   * another, each on what the one before left. Somebody's open draft stays, with this change put into it; where both changed the same
   * thing, the draft keeps its own and says so.
   * @param note what was done, in words, as the list of versions shows it
   * @param edit pure; may be told a centre that an administrator has just published
   * @returns the refusal of `edit`, or that what came out is not sound
   */
  change(
    companyId: CompanyId,
    by: UserId,
    note: string,
    edit: (centre: Centre) => Centre | Refusal,
  ): Promise<Refusal | undefined>
}
