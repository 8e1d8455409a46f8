type Data = Readonly<Record<string, unknown>>

/**
 * What an entry of the ledger about work says, without who the customer was and what was noted of them: figures and replays are made of the rest.
 * @param data of a {@link CentreFact} as it is kept
 * @returns undefined where it tells nothing of a customer
 */
export function withoutCustomer(kind: string, data: Data): Data | undefined {
  switch (kind) {
    case 'work.arrived': {
      const { subject, customer, ...rest } = data
      const isTold = subject !== undefined || Object.keys(customer ?? {}).length > 0
      return isTold ? { ...rest, customer: {} } : undefined
    }
    case 'work.callBackWished':
      return data.number === '' ? undefined : { ...data, number: '' }
    case 'work.wrappedUp': {
      const { note, ...rest } = data
      return note === undefined ? undefined : rest
    }
    default:
      return undefined
  }
}
