import type { CompanyId, Refusal } from '@vaxel/base'
import { NumberForEmergencies } from '@vaxel/contract'
import type { ConfigurationReader } from '@vaxel/core'

/** Why nobody is given a number: whoever dials it reaches the emergency centre, and never who has it here. */
export const refuseEmergency = (
  current: Pick<ConfigurationReader, 'company'>,
  companyId: CompanyId,
  number: string,
): Refusal | undefined =>
  current.company(companyId)?.emergencyNumbers.includes(number)
    ? NumberForEmergencies(
        `${number} is an emergency number of your company: whoever dials it reaches the emergency centre.`,
      )
    : undefined
